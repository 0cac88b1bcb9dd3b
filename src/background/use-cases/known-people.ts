import { toHex } from "../../engine/bytes/hex.ts";
import { equalBytes } from "../../engine/bytes/equal.ts";
import type { OpenedMessage } from "../../engine/smime/open.ts";
import { parseCertificate, type Certificate } from "../../engine/x509/certificate.ts";
import { certificateEmails } from "../../engine/x509/email-addresses.ts";
import { nameToString } from "../../engine/x509/name.ts";
import type { KnownView } from "../../messages/answers.ts";
import type { ContactRow } from "../../storage/contacts.ts";
import type { PersonRow } from "../../storage/people.ts";
import type { Rows } from "../../storage/rows.ts";
import type { VerifiedRow } from "../../storage/verified.ts";
import { StorageError } from "../../storage/storage-error.ts";
import { contactAddress } from "./contact-certificate.ts";
import { imitatedContact, plainAddress } from "./look-alike.ts";
import { usuallySigned } from "./signing-habit.ts";
import { fingerprint } from "./summary.ts";
import { verifiedBefore } from "./verified-before.ts";

/** Whom the person knows, themselves included. */
export interface Acquaintances {
  /** Certificates of own identities. */
  readonly own: readonly Certificate[];
  readonly contacts: readonly ContactRow[];
  readonly people: readonly PersonRow[];
  readonly verified: Rows<VerifiedRow>;
  readonly now: Date;
}

/** Of contacts that cannot be read nothing is known: that keeps nobody from reading mail. */
export async function knownContacts(contacts: Rows<ContactRow>): Promise<readonly ContactRow[]> {
  try {
    return await contacts.list();
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return [];
  }
}

type Seen = Pick<OpenedMessage, "verdict" | "layers" | "outerHeader" | "protectedHeader">;

/** As the engine names a recipient by issuer and number (RFC 5652 section 6.2.1). */
const recipientName = ({ issuer, serialNumber }: Certificate): string =>
  `${nameToString(issuer)} #${toHex(serialNumber)}`;

const certificatesOf = ({ current, waiting, history }: ContactRow): readonly Certificate[] =>
  [current, ...(waiting ? [waiting] : []), ...history].map(({ certificate }) => parseCertificate(certificate));

function isOwnSignature({ layers }: Seen, own: readonly Certificate[]): boolean {
  const signers = layers.flatMap((layer) => ("signers" in layer ? layer.signers : []));
  return (
    signers.length > 0 &&
    signers.every(({ certificate }) => certificate !== null && own.some(({ der }) => equalBytes(der, certificate)))
  );
}

/** When a person decided for a signer's certificate and one of the senders; the engine says what that is worth. */
function decidedAt({ layers }: Seen, from: readonly (string | null)[], people: readonly PersonRow[]): Date | null {
  const signers = layers.flatMap((layer) => ("signers" in layer ? layer.signers : []));
  const senders = new Set(from.map((address) => address && contactAddress(address)));
  const found = people.filter(
    (row) =>
      senders.has(contactAddress(row.address)) &&
      signers.some(({ certificate }) => certificate !== null && equalBytes(certificate, row.certificate)),
  );
  return found.map((row) => row.decidedAt).sort((a, b) => b.getTime() - a.getTime())[0] ?? null;
}

/** The own certificate among the recipients; of several the one that ends last. */
function ownRecipient(recipients: readonly string[], own: readonly Certificate[]): Certificate | null {
  const named = own.filter((certificate) => recipients.includes(recipientName(certificate)));
  return named.sort((a, b) => b.notAfter.getTime() - a.notAfter.getTime())[0] ?? null;
}

/** Whose the keys are that a message is closed to; `null` where one of them is nobody's that is known. */
function keyHolder(recipients: readonly string[], { own, contacts }: Acquaintances): KnownView["keyHolder"] {
  const ownAddresses = new Set(own.flatMap(certificateEmails).map(contactAddress));
  const known = contacts.flatMap((row) => certificatesOf(row).map((certificate) => ({ row, certificate })));
  const found = recipients.map((name) => known.find(({ certificate }) => recipientName(certificate) === name));
  const mine = found.find((entry) => entry !== undefined && ownAddresses.has(entry.row.address));
  if (mine !== undefined) return { kind: "self", endsAt: mine.certificate.notAfter };
  return recipients.length > 0 && found.every((entry) => entry !== undefined) ? { kind: "others" } : null;
}

/** The addresses of the recipients whose certificates are known, own ones included; `null` for each other one. */
function recipientAddresses(
  recipients: readonly string[],
  { own, contacts }: Acquaintances,
): readonly (string | null)[] {
  const known = new Map([
    ...contacts.flatMap((row) =>
      certificatesOf(row).map((certificate) => [recipientName(certificate), row.address] as const),
    ),
    ...own.map((certificate) => [recipientName(certificate), certificateEmails(certificate)[0] ?? null] as const),
  ]);
  return recipients.map((name) => known.get(name) ?? null);
}

/** What own certificates and contacts say of a message, beside its verdict. */
export async function knownOf(opened: Seen, acquaintances: Acquaintances): Promise<KnownView> {
  const { own, contacts, now } = acquaintances;
  const { layers, verdict, outerHeader, protectedHeader } = opened;
  const senders = (protectedHeader ?? outerHeader).from;
  const [from, ...others] = senders;
  const sender = from?.address != null && others.length === 0 ? from.address : null;
  const contact = contacts.find(({ address }) => sender !== null && address === contactAddress(sender));
  const envelope = layers.findLast((layer) => "recipients" in layer);
  const recipients = envelope?.recipients ?? [];
  const isClosed = verdict.encryption === "cannot-decrypt";
  const opener = isClosed ? null : ownRecipient(recipients, own);
  const addresses = contacts.map(({ address }) => address);
  const imitated = sender === null ? null : imitatedContact(sender, addresses);
  return {
    isOwnSignature: isOwnSignature(opened, own),
    openedWith: opener && { fingerprint: await fingerprint(opener), endsAt: opener.notAfter },
    recipients: recipientAddresses(recipients, acquaintances),
    keyHolder: isClosed ? keyHolder(recipients, acquaintances) : null,
    imitated: sender === null || imitated === null ? null : { contact: imitated, plain: plainAddress(sender) },
    verified: await verifiedBefore(acquaintances.verified, opened),
    decidedAt: decidedAt(
      opened,
      senders.map(({ address }) => address),
      acquaintances.people,
    ),
    signedBefore: contact === undefined ? 0 : usuallySigned(contact, now),
  };
}
