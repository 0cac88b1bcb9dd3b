import { equalBytes } from "../../engine/bytes/equal.ts";
import { parseCertificate } from "../../engine/x509/certificate.ts";
import { parseMailbox } from "../../engine/x509/mailbox.ts";
import {
  MAX_ADDRESS_LENGTH,
  MAX_CONTACT_HISTORY,
  type ContactCertificate,
  type ContactRow,
} from "../../storage/contacts.ts";
import { Refusal } from "../refusal.ts";

/**
 * An address as contacts are kept by: the domain as IDNA has it, ASCII capitals taken for small letters, since no
 * provider tells local parts apart by them. `null` where it is no address.
 */
export function contactAddress(address: string): string | null {
  const mailbox = parseMailbox(address);
  const text = mailbox && `${mailbox.localPart}@${mailbox.domain}`;
  if (text === null || text.length > MAX_ADDRESS_LENGTH) return null;
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

const ofNewest = <T>(first: T, rest: readonly T[]): readonly T[] => [first, ...rest].slice(0, MAX_CONTACT_HISTORY);

/** A new certificate of the same key by the same issuer: nobody but the old key's owner can use it. */
function isReissue(current: ContactCertificate, incoming: ContactCertificate): boolean {
  const [old, fresh] = [parseCertificate(current.certificate), parseCertificate(incoming.certificate)];
  const isSame = equalBytes(old.spki, fresh.spki) && equalBytes(old.issuer.der, fresh.issuer.der);
  return isSame && fresh.notBefore >= old.notBefore;
}

/**
 * What becomes of a contact when a certificate of its address comes in. The first is taken. Another key or issuer never
 * takes the place of the known one: it waits for a person (attack 33), unless the person has turned it down before.
 */
export function withCertificate(row: ContactRow | null, address: string, incoming: ContactCertificate): ContactRow {
  if (row === null) {
    const nothingKnown = { signedMail: [], capabilities: null, encryptedSince: null };
    return { address, current: incoming, waiting: null, history: [], refused: [], ...nothingKnown };
  }
  const { current, history, refused } = row;
  const isKnown = [current, ...history].some(({ fingerprint }) => fingerprint === incoming.fingerprint);
  // A person who opens a file has thought again; a message is only seen again.
  const isRefused = incoming.source === "signed-mail" && refused.includes(incoming.fingerprint);
  if (current.fingerprint === incoming.fingerprint && current.issuers.length === 0 && incoming.issuers.length > 0) {
    return { ...row, current: { ...current, issuers: incoming.issuers } };
  }
  if (isKnown || isRefused) return row;
  if (isReissue(current, incoming)) return { ...row, current: incoming, history: ofNewest(current, history) };
  return { ...row, waiting: incoming };
}

/**
 * Ends the waiting by a person's decision.
 *
 * @param shown fingerprint of the certificate that the person saw as the new one
 * @throws {Refusal} `contact.changed` where another one waits by now
 */
export function withDecision(row: ContactRow, take: "old" | "new", shown: string): ContactRow {
  const { current, waiting, history, refused } = row;
  if (waiting?.fingerprint !== shown) throw new Refusal("contact.changed");
  if (take === "old") return { ...row, waiting: null, refused: ofNewest(waiting.fingerprint, refused) };
  const others = refused.filter((fingerprint) => fingerprint !== waiting.fingerprint);
  const taken = { current: waiting, waiting: null, history: ofNewest(current, history), refused: others };
  // Another certificate may be another program's.
  return { ...row, ...taken, capabilities: null };
}
