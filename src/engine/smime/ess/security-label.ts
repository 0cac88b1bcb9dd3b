import { Asn1Reader } from "../../asn1/reader.ts";
import { Tag, contextConstructed, contextPrimitive } from "../../asn1/tag.ts";
import {
  asciiString,
  constructed,
  type Der,
  encode,
  encoded,
  explicit,
  implicitPrimitive,
  oid,
  sequence,
  setOf,
  smallInteger,
} from "../../asn1/writer.ts";
import { utf8Bytes } from "../../bytes/text.ts";
import { type Attribute, attribute, singleValue, whereReadable } from "../../cms/attribute.ts";
import { SmimeError } from "../../errors.ts";
import { harmlessText } from "../../mime/harmless-text.ts";
import type { SecurityLabel } from "../../claims.ts";
import { decodeString } from "../../x509/directory-string.ts";
import { Ess } from "./oids.ts";

/** RFC 2634 section 3.2: ub-integer-options, ub-privacy-mark-length, ub-security-categories. */
const MAX_CLASSIFICATION = 256;
const MAX_PRIVACY_MARK = 128;
const MAX_CATEGORIES = 64;

/** Labels of one text in other policies; RFC 2634 gives no number. */
const MAX_LABELS = 64;

export function readSecurityLabel(attributes: readonly Attribute[]): SecurityLabel | null {
  const found = singleValue(attributes, Ess.securityLabel);
  return found.status === "present" ? whereReadable(() => readLabel(new Asn1Reader(found.value.bytes, "ber"))) : null;
}

/** `EquivalentLabels ::= SEQUENCE OF ESSSecurityLabel` (RFC 2634 section 3.4.1) */
export function readEquivalentLabels(attributes: readonly Attribute[]): readonly SecurityLabel[] {
  const found = singleValue(attributes, Ess.equivalentLabels);
  if (found.status !== "present") return [];
  const labels = whereReadable(() => {
    const list = new Asn1Reader(found.value.bytes, "ber").sequence();
    const read: SecurityLabel[] = [];
    while (!list.atEnd && read.length < MAX_LABELS) read.push(readLabel(list));
    list.end();
    return read;
  });
  return labels ?? [];
}

/**
 * `ESSSecurityLabel ::= SET { security-policy-identifier OBJECT IDENTIFIER, security-classification INTEGER (0..256)
 * OPTIONAL, privacy-mark CHOICE { PrintableString, UTF8String } OPTIONAL, security-categories SET SIZE (1..64) OF
 * SecurityCategory OPTIONAL }` (RFC 2634 section 3.2), in whatever order BER leaves the fields
 */
function readLabel(reader: Asn1Reader): SecurityLabel {
  const fields = reader.set();
  let policy: string | null = null;
  let classification: number | null = null;
  let privacyMark: string | null = null;
  let categories: SecurityLabel["categories"] = [];
  const seen = new Set<number>();
  while (!fields.atEnd) {
    const tag = fields.nextTag ?? 0;
    if (seen.has(tag)) throw malformed("repeated");
    seen.add(tag);
    if (tag === Tag.ObjectIdentifier) policy = fields.oid();
    else if (tag === Tag.Integer) classification = fields.smallInteger();
    else if (tag === Tag.Set) categories = readCategories(fields.set());
    else privacyMark = readPrivacyMark(fields);
  }
  if (policy === null || (classification ?? 0) > MAX_CLASSIFICATION) throw malformed("fields");
  return { policy, classification, privacyMark, categories };
}

function readPrivacyMark(fields: Asn1Reader): string {
  const text = decodeString(fields.any());
  if (text === null || text.length > MAX_PRIVACY_MARK) throw malformed("privacy-mark");
  return harmlessText(text);
}

/** `SecurityCategory ::= SEQUENCE { type [0] OBJECT IDENTIFIER, value [1] ANY DEFINED BY type }` */
function readCategories(set: Asn1Reader): SecurityLabel["categories"] {
  return set.rest(MAX_CATEGORIES).map((tlv) => {
    const fields = set.inside(tlv);
    const type = fields.oid(contextPrimitive(0));
    const explicitValue = fields.sequence(contextConstructed(1));
    const value = explicitValue.any().bytes.slice();
    explicitValue.end();
    fields.end();
    return { type, value };
  });
}

function malformed(reason: string): SmimeError {
  return new SmimeError("malformed.cms", { reason: `security-label-${reason}` });
}

/** The signed attribute; a mark in PrintableString where it is one, which older programs alone read. */
export function securityLabel(label: SecurityLabel): Der {
  return attribute(Ess.securityLabel, labelSet(label));
}

function labelSet({ policy, classification, privacyMark, categories }: SecurityLabel): Der {
  if ((classification ?? 0) > MAX_CLASSIFICATION || (privacyMark ?? "").length > MAX_PRIVACY_MARK) {
    throw malformed("fields");
  }
  const mark = privacyMark === null ? null : markString(privacyMark);
  const category = ({ type, value }: SecurityLabel["categories"][number]): Der =>
    sequence(implicitPrimitive(0, encode(oid(type)).subarray(2)), explicit(1, encoded(value)));
  // In DER a SET is in the order of its tags: INTEGER, OBJECT IDENTIFIER, strings, SET.
  return constructed(
    Tag.Set,
    classification === null ? null : smallInteger(classification),
    oid(policy),
    mark,
    categories.length === 0 ? null : setOf(categories.map(category)),
  );
}

function markString(mark: string): Der {
  return /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(mark)
    ? asciiString(Tag.PrintableString, mark)
    : constructed(Tag.Utf8String, encoded(utf8Bytes(mark)));
}
