import { toHex } from "../../engine/bytes/hex.ts";
import { SmimeError } from "../../engine/errors.ts";
import { bitLength } from "../../engine/primitives/big-integer.ts";
import { digest } from "../../engine/primitives/digest.ts";
import { parsePublicKey } from "../../engine/primitives/public-key.ts";
import { basicConstraints } from "../../engine/x509/basic-constraints.ts";
import type { Certificate } from "../../engine/x509/certificate.ts";
import { decodeString } from "../../engine/x509/directory-string.ts";
import { certificateEmails } from "../../engine/x509/email-addresses.ts";
import { isForMail } from "../../engine/x509/extended-key-usage.ts";
import { keyUsage } from "../../engine/x509/key-usage.ts";
import { nameToString } from "../../engine/x509/name.ts";
import type { CertificateView, Usage } from "../../messages/page-answers.ts";

/** SHA-256 of the DER in lower-case hexadecimal. */
export async function fingerprint({ der }: Certificate): Promise<string> {
  return toHex(await digest("sha-256", der));
}

/** What an extension says, or `otherwise` where it cannot be read: a person is shown the rest all the same. */
function read<T>(extension: () => T, otherwise: T): T {
  try {
    return extension();
  } catch (error) {
    if (error instanceof SmimeError) return otherwise;
    throw error;
  }
}

/** What it may be used for with mail (RFC 8550 sections 4.4.2 and 4.4.4); none where that cannot be read. */
function usagesOf(certificate: Certificate, isAuthority: boolean): readonly Usage[] {
  if (isAuthority) return ["authority"];
  const isMail = read(() => isForMail(certificate), false);
  const usages = read(() => keyUsage(certificate), new Set<never>());
  const may = (...names: readonly ("digitalSignature" | "nonRepudiation" | "keyEncipherment" | "keyAgreement")[]) =>
    isMail && (usages === null || names.some((name) => usages.has(name)));
  return [
    ...(may("digitalSignature", "nonRepudiation") ? (["sign"] as const) : []),
    ...(may("keyEncipherment", "keyAgreement") ? (["encrypt"] as const) : []),
  ];
}

function keyOf({ spki }: Certificate): string {
  const key = read(() => parsePublicKey(spki), null);
  if (key === null) return "";
  return key.type === "rsa" ? `RSA ${bitLength(key.modulus)}` : key.curve;
}

const COMMON_NAME = "2.5.4.3";

/** The name of a person, as the certificate's subject has it; empty without one. */
export function commonName({ subject }: Certificate): string {
  const found = subject.rdns.flat().find(({ type }) => type === COMMON_NAME);
  return found === undefined ? "" : (decodeString(found.value) ?? "");
}

/** What a person is shown of a certificate, before and after it is taken. */
export async function summarize(certificate: Certificate): Promise<CertificateView> {
  const isAuthority = read(() => basicConstraints(certificate)?.cA === true, false);
  return {
    fingerprint: await fingerprint(certificate),
    subject: nameToString(certificate.subject),
    issuer: nameToString(certificate.issuer),
    emails: read(() => certificateEmails(certificate), []),
    serial: toHex(certificate.serialNumber),
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    isAuthority,
    usages: usagesOf(certificate, isAuthority),
    key: keyOf(certificate),
  };
}
