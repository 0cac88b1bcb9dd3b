import { Asn1Reader } from "../../asn1/reader.ts";
import { Tag, contextConstructed, contextPrimitive } from "../../asn1/tag.ts";
import { toHex } from "../../bytes/hex.ts";
import { type Attribute, singleValue, whereReadable } from "../../cms/attribute.ts";
import { readIssuerAndSerialNumber } from "../../cms/certificate-identifier.ts";
import { SmimeError } from "../../errors.ts";
import type { MailingListExpansion } from "../../claims.ts";
import { nameToString } from "../../x509/name.ts";
import { readAddresses } from "./addressed-names.ts";
import { Ess } from "./oids.ts";

/** RFC 2634 section 4.4: ub-ml-expansion-history. */
const MAX_EXPANSIONS = 64;

/**
 * `MLExpansionHistory ::= SEQUENCE SIZE (1..64) OF MLData` (RFC 2634 section 4.4): lists that took the message apart
 * and signed it anew for their members.
 */
export function readMailingLists(attributes: readonly Attribute[]): readonly MailingListExpansion[] {
  const found = singleValue(attributes, Ess.mlExpansionHistory);
  if (found.status !== "present") return [];
  const lists = whereReadable(() => {
    const history = new Asn1Reader(found.value.bytes, "ber").sequence();
    return history.rest(MAX_EXPANSIONS).map((tlv) => {
      if (tlv.tag !== Tag.Sequence) throw new SmimeError("malformed.cms", { reason: "ml-data" });
      return readExpansion(history.inside(tlv));
    });
  });
  return lists ?? [];
}

/**
 * `MLData ::= SEQUENCE { mailListIdentifier CHOICE { IssuerAndSerialNumber, SubjectKeyIdentifier }, expansionTime
 * GeneralizedTime, mlReceiptPolicy CHOICE { none [0] NULL, insteadOf [1] SEQUENCE OF GeneralNames, inAdditionTo [2]
 * SEQUENCE OF GeneralNames } OPTIONAL }`
 */
function readExpansion(fields: Asn1Reader): MailingListExpansion {
  const list = fields.nextTag === Tag.Sequence ? readIssuer(fields) : toHex(fields.octetString());
  const at = fields.time();
  const receipts = fields.atEnd ? null : readReceiptPolicy(fields);
  fields.end();
  return { list, at, receipts };
}

function readIssuer(fields: Asn1Reader): string {
  const { issuer, serialNumber } = readIssuerAndSerialNumber(fields);
  return `${nameToString(issuer)}, ${toHex(serialNumber)}`;
}

function readReceiptPolicy(fields: Asn1Reader): MailingListExpansion["receipts"] {
  if (fields.optional(contextPrimitive(0))) return { kind: "none", to: [] };
  const insteadOf = fields.optionalSequence(contextConstructed(1));
  if (insteadOf) return { kind: "instead-of", to: readAddresses(insteadOf) };
  return { kind: "in-addition-to", to: readAddresses(fields.sequence(contextConstructed(2))) };
}
