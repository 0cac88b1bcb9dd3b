import type { Asn1Reader } from "../asn1/reader.ts";
import { SmimeError } from "../errors.ts";
import type { Certificate } from "./certificate.ts";
import { ExtensionId, readExtension } from "./extension.ts";

/** Key purposes (RFC 5280 section 4.2.1.12). */
export const KeyPurpose = {
  anyExtendedKeyUsage: "2.5.29.37.0",
  serverAuth: "1.3.6.1.5.5.7.3.1",
  clientAuth: "1.3.6.1.5.5.7.3.2",
  codeSigning: "1.3.6.1.5.5.7.3.3",
  emailProtection: "1.3.6.1.5.5.7.3.4",
  ocspSigning: "1.3.6.1.5.5.7.3.9",
} as const;

/** More purposes than any certificate names. */
const MAX_PURPOSES = 256;

/**
 * `ExtKeyUsageSyntax ::= SEQUENCE SIZE (1..MAX) OF KeyPurposeId` as OIDs in dotted form; `null` where the certificate
 * does not restrict its purposes.
 *
 * @throws {SmimeError} `malformed.certificate`
 */
export function extendedKeyUsage(certificate: Certificate): readonly string[] | null {
  return readExtension(certificate, ExtensionId.extKeyUsage, readPurposes);
}

/**
 * RFC 8550 section 4.4.4: a certificate with extendedKeyUsage is for mail only where emailProtection or
 * anyExtendedKeyUsage is in it.
 *
 * @throws {SmimeError} `malformed.certificate`
 */
export function isForMail(certificate: Certificate): boolean {
  const purposes = extendedKeyUsage(certificate);
  return (
    purposes === null ||
    purposes.includes(KeyPurpose.emailProtection) ||
    purposes.includes(KeyPurpose.anyExtendedKeyUsage)
  );
}

function readPurposes(reader: Asn1Reader): readonly string[] {
  const list = reader.sequence();
  const purposes: string[] = [];
  while (!list.atEnd && purposes.length < MAX_PURPOSES) purposes.push(list.oid());
  list.end();
  if (purposes.length === 0) throw new SmimeError("malformed.asn1", { reason: "no-key-purpose" });
  return purposes;
}
