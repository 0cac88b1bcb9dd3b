import type { KeyObject } from "node:crypto";
import { createHash } from "node:crypto";
import { readWhole } from "../engine/asn1/reader.ts";
import { Tag } from "../engine/asn1/tag.ts";
import { boolean, constructed, type Der, encode, encoded, octetString, oid, sequence } from "../engine/asn1/writer.ts";
import type { KeyUsage } from "../engine/x509/key-usage.ts";

const KEY_USAGE_BITS: readonly KeyUsage[] = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
];

/** One Extension (RFC 5280 section 4.1). */
export function extension(extensionOid: string, critical: boolean, value: Der): Der {
  return sequence(oid(extensionOid), critical ? boolean(true) : null, octetString(encode(value)));
}

/** What a leaf for mail is used for. */
export function leafUsages(privateKey: KeyObject): readonly KeyUsage[] {
  const forEncryption = privateKey.asymmetricKeyType === "ec" ? "keyAgreement" : "keyEncipherment";
  return ["digitalSignature", "nonRepudiation", forEncryption];
}

/** A named bit list: trailing zero bits are left out (X.690 section 11.2.2). */
export function keyUsageBits(usages: readonly KeyUsage[]): Der {
  const bits = usages.map((usage) => KEY_USAGE_BITS.indexOf(usage));
  const highest = Math.max(...bits);
  const octets = new Uint8Array(bits.length === 0 ? 0 : (highest >> 3) + 1);
  for (const bit of bits) octets[bit >> 3]! |= 0x80 >> (bit & 7);
  const unused = bits.length === 0 ? 0 : 7 - (highest & 7);
  return constructed(Tag.BitString, encoded(Uint8Array.of(unused, ...octets)));
}

/** RFC 5280 section 4.2.1.2 method (1) */
export function keyIdentifier(spki: Uint8Array): Uint8Array {
  const fields = readWhole(spki);
  fields.any();
  return new Uint8Array(createHash("sha1").update(fields.bitStringOctets()).digest());
}
