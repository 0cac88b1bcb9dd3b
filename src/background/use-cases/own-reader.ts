import type { Certificate } from "../../engine/x509/certificate.ts";
import { certificateEmails } from "../../engine/x509/email-addresses.ts";
import type { MailContext } from "../mail-context.ts";
import { contactAddress } from "./contact-certificate.ts";
import { summarize } from "./summary.ts";

/**
 * The own certificate that one's copies and drafts are encrypted to: of the address in From where there is one, else the
 * newest. Only its key is needed to read them, so that its issuer is nobody's concern; it works while keys are locked.
 *
 * @returns `null` where no own certificate can encrypt today
 */
export async function ownReader(
  from: string,
  { keys, now }: Pick<MailContext, "keys" | "now">,
): Promise<Certificate | null> {
  const at = now();
  const able: Certificate[] = [];
  for (const certificate of await keys.certificates()) {
    const isValid = certificate.notBefore <= at && at <= certificate.notAfter;
    if (isValid && (await summarize(certificate)).usages.includes("encrypt")) able.push(certificate);
  }
  const newest = able.sort((a, b) => b.notBefore.getTime() - a.notBefore.getTime());
  const address = contactAddress(from);
  const isFrom = (certificate: Certificate): boolean =>
    address !== null && certificateEmails(certificate).some((email) => contactAddress(email) === address);
  return newest.find(isFrom) ?? newest[0] ?? null;
}
