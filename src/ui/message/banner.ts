import type { MessageVerdict, SenderVerdict, SignerVerdict } from "../../engine/verdicts.ts";
import type { AddressView, LayerView, MessageView } from "../../messages/answers.ts";
import type { IconName } from "../components/icon-shapes.ts";
import { ROWS, TONES, type Row, type RowId, type Tone } from "./banner-rows.ts";
import { missingKey } from "./missing-key.ts";
import { notesOf, type Note, type SignerContact } from "./notes.ts";
import { shortName } from "../components/short-name.ts";
import {
  CONFIRMED,
  countedSigners,
  findSignature,
  isConfirmed,
  isEncryption,
  outerSigners,
  type Finding,
  type SignatureFinding,
} from "./signature-finding.ts";
import { words, type Words } from "../words.ts";

export interface Banner {
  readonly id: RowId;
  readonly tone: Tone;
  readonly icons: readonly IconName[];
  readonly headline: Words;
  readonly sentence: Words;
  readonly action: Row["action"];
  readonly notes: readonly Note[];
}

/** Row for a message that is not encrypted, row for one that was, and the variant of the latter's sentence. */
const BY_FINDING: Record<Finding, readonly [plain: RowId, encrypted: RowId, variant?: string]> = {
  good: ["a1", "b1"],
  "ended-since": ["a4", "b3", "date"],
  "withdrawal-unknown": ["a5", "b3"],
  "withdrawal-not-checked": ["a7", "b3", "unchecked"],
  "two-texts": ["a16", "a16"],
  changed: ["a22", "b7"],
  misfit: ["a23", "b7"],
  "signers-differ": ["a23", "b7"],
  "one-of-several": ["a24", "b7"],
  withdrawn: ["a18", "b6"],
  distrusted: ["a11", "b4"],
  "unknown-issuer": ["a8", "b4"],
  "self-made": ["a10", "b4", "self"],
  "not-allowed": ["a12", "b5", "purpose"],
  weak: ["a13", "b5", "weak"],
  ended: ["a14", "b5", "ended"],
  early: ["a15", "b5", "early"],
  "unknown-method": ["a25", "b11"],
  "too-complex": ["a26", "b11", "complex"],
  "certificate-missing": ["a32", "b11", "missing"],
  "content-missing": ["a33", "b11", "content"],
  "certificates-only": ["a27", "b8"],
  "outer-only": ["a29", "b12"],
  none: ["a29", "b8"],
  inconsistent: ["f8", "f8"],
};

const addressOf = (address: AddressView | undefined): string => address?.address ?? "?";

/** The address that a certificate names; of several the one that the message is from. */
export function signerAddress(signer: SignerVerdict | null, from: readonly AddressView[]): string {
  const senders = new Set(from.map(({ address }) => address?.toLowerCase()));
  const emails = signer?.emails ?? [];
  return emails.find((email) => senders.has(email.toLowerCase())) ?? emails[0] ?? shortName(signer?.subject ?? null);
}

function unopened({ verdict, layers }: MessageView): RowId | null {
  if (verdict.encryption !== "cannot-decrypt") return null;
  const reasons = layers.filter(isEncryption).flatMap((layer) => layer.reasons);
  if (reasons.includes("decrypt.failed")) return "c13";
  return reasons.includes("unknown-cipher") || reasons.includes("unknown-key-management") ? "c14" : "c1";
}

const BY_DIFFERENCE: Record<Extract<SenderVerdict, { status: "differs" }>["reason"], RowId> = {
  "other-address": "d2",
  "only-sender-matches": "d3",
  "not-every-from-matches": "d9",
  "protected-from-differs": "d11",
};

/** The row of table D that takes the place of a good signature's, or `null` where the sender is the signer. */
function senderRow(view: MessageView, verdict: MessageVerdict, signers: readonly SignerVerdict[]): RowId | null {
  const bad = signers.map(({ sender }) => sender).find(({ status }) => status !== "matches");
  if (bad?.status === "differs") return BY_DIFFERENCE[bad.reason];
  if (bad?.status === "no-address") return bad.reason === "certificate-has-no-address" ? "d7" : "d10";
  if (verdict.sender !== "matches") return verdict.sender === "no-address" ? "d7" : "d2";
  return (view.inner ?? view.outer).from.some((sender) => sender.nameShowsOtherAddress) ? "d12" : null;
}

/** Whether a signature around the encryption is another's, or does not fit; the inner one counts (triple wrap). */
function outerDiffers(layers: readonly LayerView[], signers: readonly SignerVerdict[]): boolean {
  const inner = new Set(signers.flatMap(({ emails }) => emails.map((email) => email.toLowerCase())));
  return outerSigners(layers).some(
    (outer) => !isConfirmed(outer) || !outer.emails.some((email) => inner.has(email.toLowerCase())),
  );
}

function chooseRow(view: MessageView, { finding }: SignatureFinding): { id: RowId; variant: string | undefined } {
  const { verdict, layers } = view;
  const closed = unopened(view);
  if (closed) return { id: closed, variant: closed === "c1" ? missingKey(view).variant : undefined };
  const signers = countedSigners(layers);
  const isEncrypted = layers.some(isEncryption);
  if (CONFIRMED.has(finding)) {
    const sender = senderRow(view, verdict, signers);
    if (sender) return { id: sender, variant: undefined };
    if (isEncrypted && outerDiffers(layers, signers)) return { id: "b14", variant: undefined };
    if (finding === "good" && outerSigners(layers).length > 0) return { id: "b13", variant: undefined };
  }
  const [plain, encrypted, variant] = BY_FINDING[finding];
  if (!isEncrypted) return { id: plain, variant: finding === "signers-differ" ? "signers" : undefined };
  if (encrypted !== "b8" || verdict.encryption === "authenticated") return { id: encrypted, variant };
  return { id: verdict.reasons.includes("content-not-mime") ? "b10" : "b9", variant };
}

function paramsOf(view: MessageView, { signer }: SignatureFinding): Words["params"] {
  const { layers, inner, outer } = view;
  const { from } = inner ?? outer;
  const address = signerAddress(signer, from);
  const cipher = layers.map((layer) => ("cipher" in layer ? layer.cipher : null)).find((name) => name !== null);
  const names = countedSigners(layers);
  const wrapped = outerSigners(layers)[0] ?? null;
  const rule = signer?.path.status === "untrusted" ? signer.path.reason : "purpose-not-allowed";
  return {
    address,
    signer: address,
    name: shortName(signer?.subject ?? null),
    from: addressOf(from[0]),
    list: from.map(addressOf).join(", "),
    inner: addressOf(inner?.from[0]),
    outer: addressOf(outer.from[0]),
    fake: from.find((sender) => sender.nameShowsOtherAddress)?.name ?? "",
    other: signerAddress(wrapped, from),
    issuer: shortName(
      signer?.path.status === "untrusted" && signer.path.reason === "unknown-issuer" && signer.path.certificate !== null
        ? signer.path.certificate
        : (signer?.issuer ?? null),
    ),
    date: signer?.signingTime ?? words("date_unknown"),
    algorithm: signer ? `${signer.signature}, ${signer.digest}` : (cipher ?? ""),
    rule: words(`rule_${rule.replaceAll("-", "_")}`),
    n: names.length,
    good: signerAddress(names.find(({ integrity }) => integrity.status === "valid") ?? null, from),
    bad: signerAddress(names.find(({ integrity }) => integrity.status !== "valid") ?? null, from),
  };
}

const worst = (tones: readonly Tone[]): Tone =>
  tones.reduce((a, b) => (TONES.indexOf(a) > TONES.indexOf(b) ? a : b), "positive");

/**
 * What is said above a message: the first row that applies, in the order of the design (`ux.md` 0.2): not opened,
 * structure, signature, sender, nothing. The tone is the worst of the row and of the notes that warn, so that a note can
 * only lower it.
 *
 * @param readers addresses of the reader, as far as they are known
 * @param contact what became of the signer's certificate, where there is something to tell
 */
export function bannerOf(
  view: MessageView,
  readers: readonly string[] = [],
  contact: SignerContact | null = null,
): Banner {
  const found = findSignature(view.verdict, view.layers);
  const { id, variant } = chooseRow(view, found);
  const row: Row = ROWS[id];
  const notes = notesOf(view, CONFIRMED.has(found.finding), readers, contact);
  const params = id === "c1" ? missingKey(view).params : paramsOf(view, found);
  const isSenderRow = id.startsWith("d") && view.layers.some(isEncryption);
  return {
    id,
    tone: worst([row.tone, ...notes.map(({ tone }) => tone).filter((tone) => tone !== "neutral")]),
    icons: isSenderRow ? ["lock", ...row.icons] : row.icons,
    headline: words(`read_${id}_headline`, params),
    sentence: words(`read_${id}_sentence${variant ? `_${variant}` : ""}`, params),
    action: row.action,
    notes,
  };
}
