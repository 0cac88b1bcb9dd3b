import type { Asn1Reader } from "../../asn1/reader.ts";
import { Tag } from "../../asn1/tag.ts";
import { type Der, implicitPrimitive, sequence } from "../../asn1/writer.ts";
import { latin1Bytes } from "../../bytes/text.ts";
import { SmimeError } from "../../errors.ts";
import { readGeneralNames } from "../../x509/general-name.ts";

/** `SEQUENCE OF GeneralNames`: people, each by one or several names. RFC 2634's own limit for receiptsTo is 16. */
const MAX_PEOPLE = 1_000;

/** The mail addresses of the people in the list; who is named in another way only cannot be written to. */
export function readAddresses(list: Asn1Reader): readonly string[] {
  const people = list.rest(MAX_PEOPLE).map((tlv) => {
    if (tlv.tag !== Tag.Sequence) throw new SmimeError("malformed.cms", { reason: "general-names" });
    return readGeneralNames(list.inside(tlv));
  });
  return people.flat().flatMap((name) => (name.kind === "rfc822Name" ? [name.value] : []));
}

/** GeneralNames of a person with this one address. @throws {SmimeError} `malformed.address` for what IA5String lacks */
export function generalNames(address: string): Der {
  if (/[^\x21-\x7e]/.test(address)) throw new SmimeError("malformed.address", { reason: "not-ascii" });
  return sequence(implicitPrimitive(1, latin1Bytes(address)));
}
