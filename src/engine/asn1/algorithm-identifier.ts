import { equalBytes } from "../bytes/equal.ts";
import { Tag } from "./tag.ts";
import type { Asn1Reader } from "./reader.ts";
import type { Tlv } from "./tlv.ts";
import { type Der, encoded, nullValue, oid, sequence } from "./writer.ts";

/**
 * `AlgorithmIdentifier ::= SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY DEFINED BY algorithm OPTIONAL }`
 * (RFC 5280 section 4.1.1.2)
 */
export interface AlgorithmIdentifier {
  readonly oid: string;
  /** `null` where absent; an encoded NULL is a value. */
  readonly parameters: Tlv | null;
}

/** Reads an AlgorithmIdentifier, under another identifier octet where it is tagged IMPLICIT. */
export function readAlgorithmIdentifier(reader: Asn1Reader, tag: number = Tag.Sequence): AlgorithmIdentifier {
  const fields = reader.sequence(tag);
  const algorithm = fields.oid();
  const parameters = fields.atEnd ? null : fields.any();
  fields.end();
  return { oid: algorithm, parameters };
}

/** Writes an AlgorithmIdentifier; `"null"` writes the NULL that RSA and older algorithms demand. */
export function algorithmIdentifier(algorithm: string, parameters: Der | "null" | "absent"): Der {
  if (parameters === "absent") return sequence(oid(algorithm));
  return sequence(oid(algorithm), parameters === "null" ? nullValue() : parameters);
}

/** Writes an AlgorithmIdentifier that was read. */
export function encodeAlgorithmIdentifier({ oid: algorithm, parameters }: AlgorithmIdentifier): Der {
  return sequence(oid(algorithm), parameters && encoded(parameters.bytes));
}

/** Whether the parameters are absent or NULL, which most algorithms take for the same (RFC 5754 section 2). */
export function hasNoParameters({ parameters }: AlgorithmIdentifier): boolean {
  return parameters === null || (parameters.tag === Tag.Null && parameters.content.length === 0);
}

/** Same algorithm with the same parameters, where absent and NULL count as one. */
export function sameAlgorithm(a: AlgorithmIdentifier, b: AlgorithmIdentifier): boolean {
  if (a.oid !== b.oid) return false;
  if (hasNoParameters(a) || hasNoParameters(b)) return hasNoParameters(a) && hasNoParameters(b);
  return a.parameters !== null && b.parameters !== null && equalBytes(a.parameters.bytes, b.parameters.bytes);
}
