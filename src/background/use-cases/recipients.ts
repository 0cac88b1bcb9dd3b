import { equalBytes } from "../../engine/bytes/equal.ts";
import type { Capability } from "../../engine/claims.ts";
import { parseCertificate, type Certificate } from "../../engine/x509/certificate.ts";
import { certificateEmails } from "../../engine/x509/email-addresses.ts";
import { findPath } from "../../engine/x509/path.ts";
import { isWeakKey } from "../../engine/x509/weak-key.ts";
import type { UntrustedReason } from "../../engine/verdicts.ts";
import type { RecipientState, RecipientStatus } from "../../messages/secure-form.ts";
import type { ContactRow } from "../../storage/contacts.ts";
import type { MailContext } from "../mail-context.ts";
import { contactAddress } from "./contact-certificate.ts";
import { summarize } from "./summary.ts";

type RecipientContext = Pick<MailContext, "contacts" | "keys" | "anchors" | "now">;

/** A recipient, judged now; `usable` are the certificates that may be encrypted to, the one that is taken first. */
export interface JudgedRecipient {
  readonly state: RecipientState;
  readonly usable: readonly Certificate[];
  /** What the recipient's program reads, as its last signed message said; `null` where nothing is known. */
  readonly capabilities: readonly Capability[] | null;
}

/** Within these days before its end a certificate is said to end soon (ux.md, R2). */
const ENDS_SOON_MS = 14 * 24 * 60 * 60 * 1000;

/** What the gravest fault of a path means for a recipient. */
const BY_REASON: Readonly<Partial<Record<UntrustedReason, RecipientStatus>>> = {
  "expired-at-signing": "ended",
  "not-yet-valid-at-signing": "not-yet-valid",
  "purpose-not-allowed": "wrong-purpose",
  "key-usage-not-allowed": "wrong-purpose",
  "weak-signature-algorithm": "weak",
};

interface Trust {
  readonly anchors: Awaited<ReturnType<MailContext["anchors"]>>;
  readonly intermediates: readonly Certificate[];
  readonly at: Date;
}

/**
 * Whether mail may be encrypted to a certificate: a trusted path that holds today, for mail, with a key that may encrypt
 * and is strong enough (RFC 5280 section 6.1, RFC 8550 section 4). What is wrong with an issuer is the path's fault.
 */
async function statusOf(certificate: Certificate, trust: Trust): Promise<RecipientStatus> {
  const result = await findPath(certificate, { ...trust, purpose: "email", usage: "encrypt" });
  if (result.status === "untrusted") {
    return result.certificate === certificate ? (BY_REASON[result.reason] ?? "untrusted") : "untrusted";
  }
  // The path says nothing of the leaf's own key: what is encrypted to it can be read by whoever breaks it, later too.
  if (isWeakKey(certificate)) return "weak";
  return certificate.notAfter.getTime() - trust.at.getTime() < ENDS_SOON_MS ? "ends-soon" : "ready";
}

const isUsable = (status: RecipientStatus): boolean => status === "ready" || status === "ends-soon";

const isFor = (certificate: Certificate, address: string): boolean =>
  certificateEmails(certificate).some((email) => contactAddress(email) === address);

/** The current certificate, and those before it that are no earlier issue of the same key. */
function certificatesOf({ current, history }: ContactRow): readonly Certificate[] {
  const [first, ...others] = [current, ...history].map(({ certificate }) => parseCertificate(certificate));
  if (first === undefined) return [];
  return [first, ...others.filter(({ spki }) => !equalBytes(spki, first.spki))];
}

/** What came with a contact's certificates helps to find their paths, and nobody else's. */
const issuersOf = ({ current, history }: ContactRow): readonly Certificate[] =>
  [current, ...history].flatMap(({ issuers }) => issuers.map(parseCertificate));

async function judge(address: string, own: readonly Certificate[], trust: Trust, context: RecipientContext) {
  const key = contactAddress(address);
  const nothing = {
    address,
    certificate: null,
    choices: [],
    source: null,
    isReplacementWaiting: false,
    isFirst: false,
    key: "",
  };
  if (key === null) return { state: { ...nothing, status: "not-an-address" as const }, usable: [], capabilities: null };
  const mine = own.filter((certificate) => isFor(certificate, key));
  const row = mine.length > 0 ? null : await context.contacts.get(key);
  const known = row === null ? newestFirst(mine) : certificatesOf(row).filter((each) => isFor(each, key));
  const intermediates = [...trust.intermediates, ...(row === null ? [] : issuersOf(row))];
  const judged = await Promise.all(
    known.map(async (each) => ({ each, status: await statusOf(each, { ...trust, intermediates }) })),
  );
  const usable = judged.filter(({ status }) => isUsable(status)).map(({ each }) => each);
  // A superseded certificate is a choice of a person's, and never the one that is taken by itself.
  const first = mine.length > 0 ? (judged.find(({ status }) => isUsable(status)) ?? judged[0]) : judged[0];
  if (first === undefined) return { state: { ...nothing, status: "none" as const }, usable: [], capabilities: null };
  const { certificate, choices, key: size } = await described(first.each, usable);
  const isReplacementWaiting = row !== null && row.waiting !== null;
  const isFirst = row !== null && row.encryptedSince === null;
  const status = ((): RecipientStatus => {
    if (!isUsable(first.status)) return isReplacementWaiting ? "replacement-waits" : first.status;
    if (mine.length > 0) return "own";
    return usable.length > 1 ? "several" : first.status;
  })();
  const capabilities = row?.capabilities?.map((oid) => ({ oid, parameters: null })) ?? null;
  const source = mine.length > 0 ? ("own" as const) : (row?.current.source ?? null);
  return {
    state: { address, status, certificate, choices, source, isReplacementWaiting, isFirst, key: size },
    usable,
    capabilities,
  };
}

const newestFirst = (certificates: readonly Certificate[]): readonly Certificate[] =>
  [...certificates].sort((a, b) => b.notBefore.getTime() - a.notBefore.getTime());

async function described(first: Certificate, usable: readonly Certificate[]) {
  const { key, ...certificate } = await summarize(first);
  return { certificate, key, choices: usable.length > 1 ? await Promise.all(usable.map(summarize)) : [] };
}

/** For each address, in order: whether mail to it can be encrypted, and by which certificates. */
export async function judgeRecipients(
  addresses: readonly string[],
  context: RecipientContext,
): Promise<readonly JudgedRecipient[]> {
  const own = await context.keys.certificates();
  const trust = { anchors: await context.anchors(), intermediates: await context.keys.issuers(), at: context.now() };
  return Promise.all(addresses.map((address) => judge(address, own, trust, context)));
}

export async function recipientStates(
  addresses: readonly string[],
  context: RecipientContext,
): Promise<readonly RecipientState[]> {
  return (await judgeRecipients(addresses, context)).map(({ state }) => state);
}
