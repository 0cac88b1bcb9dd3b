import type { Asn1Reader } from "../asn1/reader.ts";
import { contextConstructed, contextPrimitive } from "../asn1/tag.ts";
import { SmimeError } from "../errors.ts";
import { MAX_NAME_COMPARISONS } from "../limits.ts";
import type { Certificate } from "./certificate.ts";
import { ExtensionId, readExtension } from "./extension.ts";
import { type GeneralName, readGeneralName } from "./general-name.ts";

/** `GeneralSubtree ::= SEQUENCE { base GeneralName, minimum [0] DEFAULT 0, maximum [1] OPTIONAL }` */
export interface GeneralSubtree {
  readonly base: GeneralName;
  /** `minimum` is 0 and `maximum` absent, as RFC 5280 demands; what another value means is defined nowhere. */
  readonly isWhole: boolean;
}

/** `NameConstraints ::= SEQUENCE { permittedSubtrees [0] OPTIONAL, excludedSubtrees [1] OPTIONAL }` */
export interface NameConstraints {
  readonly permittedSubtrees: readonly GeneralSubtree[];
  readonly excludedSubtrees: readonly GeneralSubtree[];
}

/**
 * The name constraints of a certificate (RFC 5280 section 4.2.1.10); `null` where it has none.
 *
 * @throws {SmimeError} `malformed.certificate`
 */
export function nameConstraints(certificate: Certificate): NameConstraints | null {
  return readExtension(certificate, ExtensionId.nameConstraints, readNameConstraints);
}

function readNameConstraints(reader: Asn1Reader): NameConstraints {
  const fields = reader.sequence();
  const permitted = fields.optionalSequence(contextConstructed(0));
  const excluded = fields.optionalSequence(contextConstructed(1));
  fields.end();
  if (!permitted && !excluded) throw new SmimeError("malformed.asn1", { reason: "empty-name-constraints" });
  return {
    permittedSubtrees: permitted ? readSubtrees(permitted) : [],
    excludedSubtrees: excluded ? readSubtrees(excluded) : [],
  };
}

function readSubtrees(list: Asn1Reader): readonly GeneralSubtree[] {
  const subtrees: GeneralSubtree[] = [];
  while (!list.atEnd && subtrees.length < MAX_NAME_COMPARISONS) {
    const fields = list.sequence();
    const base = readGeneralName(fields);
    const minimum = fields.nextTag === contextPrimitive(0) ? fields.smallInteger(contextPrimitive(0)) : 0;
    const maximum = fields.optional(contextPrimitive(1));
    fields.end();
    subtrees.push({ base, isWhole: minimum === 0 && maximum === null });
  }
  list.end();
  if (subtrees.length === 0) throw new SmimeError("malformed.asn1", { reason: "empty-name-constraints" });
  return subtrees;
}
