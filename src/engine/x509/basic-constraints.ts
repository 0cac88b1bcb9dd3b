import type { Asn1Reader } from "../asn1/reader.ts";
import { Tag } from "../asn1/tag.ts";
import type { Certificate } from "./certificate.ts";
import { ExtensionId, readExtension } from "./extension.ts";

/** `BasicConstraints ::= SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER (0..MAX) OPTIONAL }` */
export interface BasicConstraints {
  readonly cA: boolean;
  /** `null` where absent: any number of intermediate certificates may follow. */
  readonly pathLenConstraint: number | null;
}

/**
 * The basic constraints of a certificate (RFC 5280 section 4.2.1.9); `null` where it has none.
 *
 * @throws {SmimeError} `malformed.certificate`
 */
export function basicConstraints(certificate: Certificate): BasicConstraints | null {
  return readExtension(certificate, ExtensionId.basicConstraints, readBasicConstraints);
}

function readBasicConstraints(reader: Asn1Reader): BasicConstraints {
  const fields = reader.sequence();
  const cA = fields.nextTag === Tag.Boolean && fields.boolean();
  const pathLenConstraint = fields.atEnd ? null : fields.smallInteger();
  fields.end();
  return { cA, pathLenConstraint };
}
