import type { Asn1Reader } from "../asn1/reader.ts";
import { contextConstructed, contextPrimitive } from "../asn1/tag.ts";
import type { Tlv } from "../asn1/tlv.ts";
import { equalBytes } from "../bytes/equal.ts";
import { latin1Text } from "../bytes/text.ts";
import { SmimeError } from "../errors.ts";
import { type Name, readName, sameName } from "./name.ts";

/**
 * `GeneralName ::= CHOICE` (RFC 5280 section 4.2.1.6). The IA5String forms are given one character an octet, as they
 * came: who uses one has to refuse what is no such name.
 */
export type GeneralName =
  | { readonly kind: "rfc822Name"; readonly value: string }
  | { readonly kind: "dNSName"; readonly value: string }
  | { readonly kind: "uniformResourceIdentifier"; readonly value: string }
  | { readonly kind: "directoryName"; readonly value: Name }
  /** 4 or 16 octets; with a mask, 8 or 32, in name constraints. */
  | { readonly kind: "iPAddress"; readonly value: Uint8Array }
  | { readonly kind: "otherName"; readonly typeId: string; readonly value: Tlv }
  | { readonly kind: "x400Address" | "ediPartyName" | "registeredID" };

/** Names in one list; a certificate of a busy TLS host has some hundreds. */
const MAX_GENERAL_NAMES = 10_000;

export function readGeneralName(reader: Asn1Reader): GeneralName {
  const tlv = reader.any();
  switch (tlv.tag) {
    case contextConstructed(0):
      return readOtherName(reader.inside(tlv));
    case contextPrimitive(1):
      return { kind: "rfc822Name", value: latin1Text(tlv.content) };
    case contextPrimitive(2):
      return { kind: "dNSName", value: latin1Text(tlv.content) };
    case contextConstructed(3):
      return { kind: "x400Address" };
    case contextConstructed(4): {
      // A CHOICE cannot be tagged IMPLICIT, so this tag is around the Name (X.680 section 31.2.7).
      const inside = reader.inside(tlv);
      const value = readName(inside);
      inside.end();
      return { kind: "directoryName", value };
    }
    case contextConstructed(5):
      return { kind: "ediPartyName" };
    case contextPrimitive(6):
      return { kind: "uniformResourceIdentifier", value: latin1Text(tlv.content) };
    case contextPrimitive(7):
      return { kind: "iPAddress", value: tlv.content };
    case contextPrimitive(8):
      return { kind: "registeredID" };
    default:
      throw new SmimeError("malformed.asn1", { reason: "general-name", tag: tlv.tag });
  }
}

/** `OtherName ::= SEQUENCE { type-id OBJECT IDENTIFIER, value [0] EXPLICIT ANY DEFINED BY type-id }` */
function readOtherName(fields: Asn1Reader): GeneralName {
  const typeId = fields.oid();
  const explicit = fields.sequence(contextConstructed(0));
  const value = explicit.any();
  explicit.end();
  fields.end();
  return { kind: "otherName", typeId, value };
}

/** `GeneralNames ::= SEQUENCE SIZE (1..MAX) OF GeneralName`, given the reader inside it. */
export function readGeneralNames(list: Asn1Reader): readonly GeneralName[] {
  const names: GeneralName[] = [];
  while (!list.atEnd && names.length < MAX_GENERAL_NAMES) names.push(readGeneralName(list));
  list.end();
  if (names.length === 0) throw new SmimeError("malformed.asn1", { reason: "no-general-name" });
  return names;
}

/** Whether two names are equal; forms of which the value is not read are equal to nothing. */
export function sameGeneralName(a: GeneralName, b: GeneralName): boolean {
  switch (a.kind) {
    case "directoryName":
      return b.kind === a.kind && sameName(a.value, b.value);
    case "iPAddress":
      return b.kind === a.kind && equalBytes(a.value, b.value);
    case "otherName":
      return b.kind === a.kind && a.typeId === b.typeId && equalBytes(a.value.bytes, b.value.bytes);
    case "rfc822Name":
    case "dNSName":
    case "uniformResourceIdentifier":
      return b.kind === a.kind && a.value === b.value;
    default:
      return false;
  }
}
