import { SmimeError } from "../../engine/errors.ts";
import { certificateEmails } from "../../engine/x509/email-addresses.ts";
import type { Certificate } from "../../engine/x509/certificate.ts";
import { isForMail } from "../../engine/x509/extended-key-usage.ts";
import { keyUsage } from "../../engine/x509/key-usage.ts";
import type { SigningChoice } from "../../messages/frame-requests.ts";
import { summarize } from "./summary.ts";

/** Whether a certificate may sign mail: RFC 8550 sections 4.4.2 and 4.4.4. */
function maySign(certificate: Certificate): boolean {
  try {
    const usages = keyUsage(certificate);
    const isForSigning = !usages || usages.has("digitalSignature") || usages.has("nonRepudiation");
    return isForSigning && isForMail(certificate);
  } catch (error) {
    if (error instanceof SmimeError) return false;
    throw error;
  }
}

/** Why a certificate cannot sign at a time; `null` where it can. */
export function signingProblem(certificate: Certificate, at: Date): SigningChoice["problem"] {
  if (!maySign(certificate)) return "purpose";
  if (at > certificate.notAfter) return "ended";
  return at < certificate.notBefore ? "not-yet-valid" : null;
}

const isSameOwner = (a: SigningChoice, b: SigningChoice): boolean =>
  JSON.stringify([...a.emails].sort()) === JSON.stringify([...b.emails].sort());

/**
 * Own certificates with an address, usable ones first, then the newest. Without a choice of the person's
 * (`AllowUserChoiceOfSigningCertificate`) only the first for the same addresses.
 */
export async function signingChoices(
  certificates: readonly Certificate[],
  at: Date,
  choosesCertificate: boolean,
): Promise<readonly SigningChoice[]> {
  const choices = await Promise.all(
    certificates
      .filter((certificate) => certificateEmails(certificate).length > 0)
      .map(async (certificate) => {
        const problem = signingProblem(certificate, at);
        return { ...(await summarize(certificate)), problem, isUsable: problem === null };
      }),
  );
  choices.sort((a, b) => Number(b.isUsable) - Number(a.isUsable) || b.notBefore.getTime() - a.notBefore.getTime());
  if (choosesCertificate) return choices;
  return choices.filter((choice, index) => !choices.slice(0, index).some((better) => isSameOwner(better, choice)));
}
