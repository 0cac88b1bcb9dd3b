import { SmimeError } from "../errors.ts";
import type { Certificate } from "./certificate.ts";
import { decodeString } from "./directory-string.ts";
import type { GeneralName } from "./general-name.ts";
import { isAscii, parseMailbox, SMTP_UTF8_MAILBOX, smtpUtf8Mailbox } from "./mailbox.ts";
import { EMAIL_ADDRESS } from "./name.ts";
import { subjectAltName } from "./subject-alt-name.ts";

/**
 * The mail addresses that a certificate names: rfc822Name and SmtpUTF8Mailbox (RFC 9598) of subjectAltName, or, where
 * that has no address at all, emailAddress attributes of the subject (RFC 8550 section 3). The common name never
 * counts. What is no address is left out, as is everything of a subjectAltName that cannot be read.
 */
export function certificateEmails(certificate: Certificate): string[] {
  const names = addressNames(certificate);
  if (names === null) return [];
  const candidates = names.length > 0 ? names.map(addressText) : subjectAddresses(certificate);
  return [...new Set(candidates.filter((address) => address !== null))];
}

/** The names of subjectAltName that are to be addresses; `null` where it cannot be read. */
function addressNames(certificate: Certificate): readonly GeneralName[] | null {
  try {
    return subjectAltName(certificate).filter(isAddressName);
  } catch (error) {
    if (error instanceof SmimeError) return null;
    throw error;
  }
}

/** Whether a name is to be an address, readable or not. */
export function isAddressName(name: GeneralName): boolean {
  return name.kind === "rfc822Name" || (name.kind === "otherName" && name.typeId === SMTP_UTF8_MAILBOX);
}

function addressText(name: GeneralName): string | null {
  return name.kind === "rfc822Name" ? asciiAddress(name.value) : smtpUtf8Mailbox(name);
}

function subjectAddresses({ subject }: Certificate): readonly (string | null)[] {
  return subject.rdns
    .flat()
    .filter(({ type }) => type === EMAIL_ADDRESS)
    .map(({ value }) => asciiAddress(decodeString(value)));
}

/** rfc822Name and emailAddress are IA5String: an octet beyond ASCII is no character of theirs. */
function asciiAddress(text: string | null): string | null {
  return text !== null && isAscii(text) && parseMailbox(text) ? text : null;
}
