import { toHex } from "../../engine/bytes/hex.ts";
import { digest } from "../../engine/primitives/digest.ts";
import { basicConstraints } from "../../engine/x509/basic-constraints.ts";
import type { Certificate } from "../../engine/x509/certificate.ts";
import { certificateEmails } from "../../engine/x509/email-addresses.ts";
import { nameToString } from "../../engine/x509/name.ts";
import { SmimeError } from "../../engine/errors.ts";
import type { CertificateSummary } from "../../messages/answers.ts";

/** SHA-256 of the DER in lower-case hexadecimal. */
export async function fingerprint({ der }: Certificate): Promise<string> {
  return toHex(await digest("sha-256", der));
}

function isAuthority(certificate: Certificate): boolean {
  try {
    return basicConstraints(certificate)?.cA === true;
  } catch (error) {
    if (error instanceof SmimeError) return false;
    throw error;
  }
}

/** What a person is shown of a certificate, before and after it is taken. */
export async function summarize(certificate: Certificate): Promise<CertificateSummary> {
  return {
    fingerprint: await fingerprint(certificate),
    subject: nameToString(certificate.subject),
    issuer: nameToString(certificate.issuer),
    emails: certificateEmails(certificate),
    serial: toHex(certificate.serialNumber),
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    isAuthority: isAuthority(certificate),
  };
}
