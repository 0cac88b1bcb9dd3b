import { equalBytes } from "../../engine/bytes/equal.ts";
import type { Capability } from "../../engine/claims.ts";
import type { OpenedMessage } from "../../engine/smime/open.ts";
import type { LayerVerdict, SignerVerdict } from "../../engine/verdicts.ts";
import { parseCertificate, type Certificate } from "../../engine/x509/certificate.ts";
import { readCertificates } from "../../engine/x509/containers.ts";
import { certificateEmails } from "../../engine/x509/email-addresses.ts";
import type { ContactView } from "../../messages/page-answers.ts";
import { StorageError } from "../../storage/storage-error.ts";
import { MAX_ISSUERS, MAX_OID_LENGTH, type ContactCertificate, type ContactRow } from "../../storage/contacts.ts";
import type { PageContext } from "../page-context.ts";
import { Refusal } from "../refusal.ts";
import { contactAddress, withCertificate, withDecision } from "./contact-certificate.ts";
import { withEncryptedMail } from "./encrypted-mail.ts";
import { withSignedMail } from "./signing-habit.ts";
import { fingerprint, summarize } from "./summary.ts";

type ContactContext = Pick<PageContext, "contacts" | "now">;

async function viewOf({ address, current, waiting }: ContactRow): Promise<ContactView> {
  const view = ({ certificate }: ContactCertificate) => summarize(parseCertificate(certificate));
  return {
    address,
    certificate: await view(current),
    source: current.source,
    since: current.addedAt,
    replacement: waiting && { certificate: await view(waiting), since: waiting.addedAt },
  };
}

export async function listContacts({ contacts }: ContactContext): Promise<readonly ContactView[]> {
  return Promise.all((await contacts.list()).map(viewOf));
}

/** What became of a certificate that came in, where a person is to be told. */
export interface TakenCertificate {
  readonly address: string;
  /** `waits` beside the known one, until a person has compared both. */
  readonly outcome: "learned" | "waits";
}

/** What a verified message tells of its sender, beside the certificate. */
interface SaidByMessage {
  readonly signingTime: Date | null;
  readonly capabilities: readonly Capability[] | null;
  /** It was encrypted, to the person. */
  readonly isEncrypted: boolean;
}

/** What a message says of its sender's program counts where its certificate does: not while that one waits. */
function withCapabilities(
  row: ContactRow,
  { fingerprint: signed }: ContactCertificate,
  said: SaidByMessage | null,
): ContactRow {
  const capabilities = said?.capabilities ?? null;
  if (capabilities === null || row.current.fingerprint !== signed) return row;
  const oids = capabilities.map(({ oid }) => oid).filter((oid) => oid.length <= MAX_OID_LENGTH);
  return { ...row, capabilities: [...new Set(oids)] };
}

/** DER of a certificate's issuers in a file, from it upwards, by their names: a path is judged when it is needed. */
function issuersIn(file: readonly Certificate[], certificate: Certificate): readonly Uint8Array[] {
  const chain = [certificate];
  for (let last = certificate; chain.length <= MAX_ISSUERS;) {
    const issuer = file.find(({ subject }) => equalBytes(subject.der, last.issuer.der));
    if (issuer === undefined || chain.includes(issuer)) break;
    chain.push(issuer);
    last = issuer;
  }
  return chain.slice(1).map(({ der }) => der);
}

async function take(
  { contacts, now }: ContactContext,
  { certificate, issuers }: { readonly certificate: Certificate; readonly issuers: readonly Uint8Array[] },
  addresses: readonly string[],
  source: ContactCertificate["source"],
  said: SaidByMessage | null = null,
): Promise<readonly TakenCertificate[]> {
  const incoming = {
    fingerprint: await fingerprint(certificate),
    certificate: certificate.der.slice(),
    issuers: issuers.slice(0, MAX_ISSUERS).map((der) => der.slice()),
    source,
    addedAt: now(),
  };
  const keys = new Set(addresses.map(contactAddress).filter((address) => address !== null));
  const taken: TakenCertificate[] = [];
  for (const address of keys) {
    await contacts.change(address, (row) => {
      const known = withCertificate(row, address, incoming);
      const next = withCapabilities(
        said?.isEncrypted === true ? withEncryptedMail(known, now()) : known,
        incoming,
        said,
      );
      const isWaiting = next.waiting?.fingerprint === incoming.fingerprint;
      if (row === null || isWaiting) taken.push({ address, outcome: row === null ? "learned" : "waits" });
      const signedAt = said?.signingTime ?? null;
      return signedAt === null ? next : withSignedMail(next, signedAt, now());
    });
  }
  return taken;
}

/**
 * Takes the named certificates of a file, each for the addresses in it. Only by this, an act of a person, do
 * certificates come in that no signature vouches for (attack 34).
 *
 * @throws {Refusal} `choice.empty` where none of the named ones is in the file, or none has an address
 */
export async function importContacts(
  context: ContactContext,
  file: Uint8Array,
  accept: readonly string[],
): Promise<readonly ContactView[]> {
  let taken = 0;
  const all = readCertificates(file);
  for (const certificate of all) {
    const addresses = certificateEmails(certificate);
    if (addresses.length === 0 || !accept.includes(await fingerprint(certificate))) continue;
    await take(context, { certificate, issuers: issuersIn(all, certificate) }, addresses, "file");
    taken++;
  }
  if (taken === 0) throw new Refusal("choice.empty");
  return listContacts(context);
}

/**
 * Takes the certificates of a file that name this address, for it and for nobody else.
 *
 * @returns whether there was one
 * @throws {SmimeError} where the file cannot be read
 */
export async function importFor(context: ContactContext, address: string, file: Uint8Array): Promise<boolean> {
  const wanted = contactAddress(address);
  const all = readCertificates(file);
  const fitting = all.filter((certificate) =>
    certificateEmails(certificate).some((email) => wanted !== null && contactAddress(email) === wanted),
  );
  for (const certificate of fitting) {
    await take(context, { certificate, issuers: issuersIn(all, certificate) }, [address], "file");
  }
  return fitting.length > 0;
}

/** Valid over what was hashed, by a trusted path that holds today, of a strength that counts, for the address in From. */
function vouches(signer: SignerVerdict): boolean {
  const { integrity, path, sender, revocation, weaknesses } = signer;
  const isTrusted = path.status === "trusted" && path.reason === null;
  const isStrong = weaknesses.length === 0 && revocation.status !== "revoked";
  return integrity.status === "valid" && isTrusted && isStrong && sender.status === "matches";
}

/**
 * Keeps the signer's certificate of a message that was verified: only where the message as a whole is validly signed,
 * by a trusted path, from the address that the certificate names; only that certificate, and only for that address.
 * Others that the message brings along, attached or in its signature, are left alone (attacks 33 and 34).
 *
 * @returns what a person is to be told; `null` where nothing has changed
 */
export async function rememberSigner(
  context: ContactContext,
  {
    verdict,
    layers,
    outerHeader,
    protectedHeader,
  }: Pick<OpenedMessage, "verdict" | "layers" | "outerHeader" | "protectedHeader">,
): Promise<TakenCertificate | null> {
  const isSigned = verdict.signature === "valid" || verdict.signature === "valid-revocation-unknown";
  if (!isSigned || verdict.sender !== "matches") return null;
  const signers = layers.flatMap((layer) => ("signers" in layer ? layer.signers : []));
  const signer = signers.find(vouches);
  if (!signer?.certificate || !signers.every(({ sender }) => sender.status === "matches")) return null;
  const certificate = parseCertificate(signer.certificate);
  if (certificate.notAfter < context.now()) return null;
  const certified = new Set(certificateEmails(certificate).map(contactAddress));
  const from = (protectedHeader ?? outerHeader).from.flatMap(({ address }) => address ?? []);
  const named = from.filter((address) => certified.has(contactAddress(address)));
  try {
    const isEncrypted = layers.some(isForOwnKey);
    const said = { signingTime: signer.signingTime, capabilities: signer.claims.capabilities, isEncrypted };
    const [taken = null] = await take(context, { certificate, issuers: signer.issuers }, named, "signed-mail", said);
    return taken;
  } catch (error) {
    // Nobody asked for it: a full disk must not keep anybody from reading.
    if (!(error instanceof StorageError)) throw error;
    return null;
  }
}

export async function removeContact(context: ContactContext, address: string): Promise<readonly ContactView[]> {
  await context.contacts.remove(address);
  return listContacts(context);
}

/** Opened by a key of the person's own: not by a password, and not one that is for somebody else. */
const isForOwnKey = (layer: LayerVerdict): boolean =>
  "recipient" in layer &&
  layer.covered !== null &&
  (layer.recipient?.kind === "ktri" || layer.recipient?.kind === "kari");

/**
 * DER of the certificate that is in use for an address.
 *
 * @param shown its fingerprint, as the person saw it
 * @throws {Refusal} `contact.unknown`, `contact.changed`
 */
export async function contactCertificate(
  { contacts }: Pick<ContactContext, "contacts">,
  address: string,
  shown: string,
): Promise<Uint8Array> {
  const row = await contacts.get(address);
  if (row === null) throw new Refusal("contact.unknown");
  if (row.current.fingerprint !== shown) throw new Refusal("contact.changed");
  return row.current.certificate;
}

/** @throws {Refusal} `contact.unknown`, `contact.changed` */
export async function decideReplacement(
  context: ContactContext,
  address: string,
  choice: "old" | "new",
  shown: string,
): Promise<readonly ContactView[]> {
  await context.contacts.change(address, (row) => {
    if (row === null) throw new Refusal("contact.unknown");
    return withDecision(row, choice, shown);
  });
  return listContacts(context);
}
