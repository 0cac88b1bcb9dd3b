import { Tag } from "../asn1/tag.ts";
import type { Tlv } from "../asn1/tlv.ts";
import type { Asn1Reader } from "../asn1/reader.ts";
import { encode, encoded, oid, sequence, setOf } from "../asn1/writer.ts";
import { equalBytes } from "../bytes/equal.ts";
import { toHex } from "../bytes/hex.ts";
import { utf8Bytes } from "../bytes/text.ts";
import { SmimeError } from "../errors.ts";
import { decodeString } from "./directory-string.ts";

/** `AttributeTypeAndValue ::= SEQUENCE { type OBJECT IDENTIFIER, value ANY }` (RFC 5280 section 4.1.2.4) */
export interface NameAttribute {
  readonly type: string;
  readonly value: Tlv;
}

/** `RelativeDistinguishedName ::= SET SIZE (1..MAX) OF AttributeTypeAndValue` */
export type Rdn = readonly NameAttribute[];

/** `Name ::= CHOICE { rdnSequence SEQUENCE OF RelativeDistinguishedName }` (RFC 5280 section 4.1.2.4) */
export interface Name {
  /** The encoding as it was received. */
  readonly der: Uint8Array;
  /** In the order of the encoding: country first, as a rule. */
  readonly rdns: readonly Rdn[];
}

export const EMAIL_ADDRESS = "1.2.840.113549.1.9.1";

/** Attribute types with their short names: RFC 4514 section 3, RFC 4519, RFC 2985 section 5.2.1, ETSI EN 319 412-1. */
const ATTRIBUTE_NAMES: ReadonlyMap<string, string> = new Map([
  ["2.5.4.3", "CN"],
  ["2.5.4.7", "L"],
  ["2.5.4.8", "ST"],
  ["2.5.4.10", "O"],
  ["2.5.4.11", "OU"],
  ["2.5.4.6", "C"],
  ["2.5.4.9", "STREET"],
  ["0.9.2342.19200300.100.1.25", "DC"],
  ["0.9.2342.19200300.100.1.1", "UID"],
  [EMAIL_ADDRESS, "emailAddress"],
  ["2.5.4.4", "SN"],
  ["2.5.4.42", "GN"],
  ["2.5.4.43", "initials"],
  ["2.5.4.5", "serialNumber"],
  ["2.5.4.12", "title"],
  ["2.5.4.13", "description"],
  ["2.5.4.17", "postalCode"],
  ["2.5.4.44", "generationQualifier"],
  ["2.5.4.46", "dnQualifier"],
  ["2.5.4.65", "pseudonym"],
  ["2.5.4.97", "organizationIdentifier"],
]);

/** Reads a Name; order inside the SETs is not demanded, since old issuers did not sort. */
export function readName(reader: Asn1Reader): Name {
  const tlv = reader.any(Tag.Sequence);
  const sets = reader.inside(tlv);
  const rdns: Rdn[] = [];
  while (!sets.atEnd) rdns.push(readRdn(sets.set()));
  return { der: tlv.bytes, rdns };
}

/** Reads a RelativeDistinguishedName, given the reader inside its SET. */
export function readRdn(set: Asn1Reader): Rdn {
  const rdn: NameAttribute[] = [];
  while (!set.atEnd) {
    const attribute = set.sequence();
    rdn.push({ type: attribute.oid(), value: attribute.any() });
    attribute.end();
  }
  if (rdn.length === 0) throw new SmimeError("malformed.asn1", { reason: "empty-rdn" });
  return rdn;
}

/** The name with one more RDN at its end, as distribution points are named relative to an issuer. */
export function nameBelow(name: Name, rdn: Rdn): Name {
  const rdns = [...name.rdns, rdn];
  const attribute = ({ type, value }: NameAttribute) => sequence(oid(type), encoded(value.bytes));
  return { der: encode(sequence(...rdns.map((set) => setOf(set.map(attribute))))), rdns };
}

/** RFC 4514: last RDN first, `,` between RDNs, `+` inside them; types without a short name in dotted form. */
export function nameToString(name: Name): string {
  return name.rdns
    .map((rdn) => rdn.map(attributeToString).join("+"))
    .reverse()
    .join(",");
}

function attributeToString({ type, value }: NameAttribute): string {
  const short = ATTRIBUTE_NAMES.get(type);
  const text = short === undefined ? null : decodeString(value);
  // RFC 4514 section 2.4: a value without a string form is `#` and its encoding in hexadecimal.
  if (short === undefined || text === null) return `${short ?? type}=#${toHex(value.bytes)}`;
  return `${short}=${escapeValue(text)}`;
}

/** RFC 4514 section 2.4. Control characters go as hexadecimal too: what is shown is one line. */
function escapeValue(text: string): string {
  return text
    .replace(/[,+"\\<>;]/g, String.raw`\$&`)
    .replace(/(?<=.) $/s, String.raw`\ `)
    .replace(/^[ #]/, String.raw`\$&`)
    .replace(/\p{Cc}|\u2028|\u2029/gu, (character) =>
      Array.from(utf8Bytes(character), (octet) => `\\${toHex(Uint8Array.of(octet))}`).join(""),
    );
}

/** Whether two names are the same (RFC 5280 section 7.1). */
export function sameName(a: Name, b: Name): boolean {
  return equalBytes(a.der, b.der) || (a.rdns.length === b.rdns.length && nameKey(a) === nameKey(b));
}

/** Whether `name` lies in the subtree whose root is `base` (RFC 5280 section 7.1, last paragraph). */
export function isWithinSubtree(name: Name, base: Name): boolean {
  const { rdns } = keysOf(name);
  return keysOf(base).rdns.every((key, i) => rdns[i] === key);
}

/** A key that is the same for names that are the same, for look-ups by name. */
export function nameKey(name: Name): string {
  return keysOf(name).whole;
}

interface NameKeys {
  readonly rdns: readonly string[];
  readonly whole: string;
}

/** Keys that were made: an anchor's name is looked up with every message, a long one compared with many subtrees. */
const knownKeys = new WeakMap<Name, NameKeys>();

function keysOf(name: Name): NameKeys {
  const known = knownKeys.get(name);
  if (known) return known;
  const rdns = name.rdns.map(rdnKey);
  const keys = { rdns, whole: rdns.join("\u0001") };
  knownKeys.set(name, keys);
  return keys;
}

/** The attributes of an RDN are a set: their order does not count. */
function rdnKey(rdn: Rdn): string {
  return rdn.map(attributeKey).sort().join("\u0002");
}

/**
 * Attribute types of which nothing is known are compared by their encoding; the known ones are strings that are
 * compared without regard to case, string type and repeated spaces (RFC 5280 section 7.1, RFC 4518).
 */
function attributeKey({ type, value }: NameAttribute): string {
  const text = ATTRIBUTE_NAMES.has(type) ? decodeString(value) : null;
  return text === null ? `${type}#${toHex(value.bytes)}` : `${type}=${prepareString(text)}`;
}

/** LDAP StringPrep (RFC 4518 section 2): map, normalise, fold case, fold insignificant spaces. */
function prepareString(text: string): string {
  // Of all steps, printable ASCII meets two.
  if (/^[ -~]*$/.test(text)) return foldSpaces(text.toLowerCase());
  const folded = text
    .replace(/\p{Default_Ignorable_Code_Point}|\ufffc/gu, "")
    .replace(/[\t\n\v\f\r\u0085\p{Z}]/gu, " ")
    .replace(/\p{Cc}|\p{Cf}/gu, "")
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFKC");
  return foldSpaces(folded);
}

function foldSpaces(text: string): string {
  return text.replace(/ {2,}/g, " ").replace(/^ | $/g, "");
}
