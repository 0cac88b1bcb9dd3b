import type { Asn1Reader } from "../asn1/reader.ts";
import type { Certificate } from "./certificate.ts";
import { ExtensionId, readExtension } from "./extension.ts";

/** `KeyUsage ::= BIT STRING`, the names of its bits from 0 on (RFC 5280 section 4.2.1.3). */
const KEY_USAGES = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
] as const;
export type KeyUsage = (typeof KEY_USAGES)[number];

/**
 * The key usages of a certificate; `null` where it does not restrict them.
 *
 * @throws {SmimeError} `malformed.certificate`
 */
export function keyUsage(certificate: Certificate): ReadonlySet<KeyUsage> | null {
  return readExtension(certificate, ExtensionId.keyUsage, readKeyUsage);
}

function readKeyUsage(reader: Asn1Reader): ReadonlySet<KeyUsage> {
  const { octets } = reader.bitString();
  return new Set(KEY_USAGES.filter((_, bit) => ((octets[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0));
}
