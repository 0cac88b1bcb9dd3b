import type { MessageVerdict, SenderVerdict, SignerVerdict } from "../../engine/verdicts.ts";
import type { LayerView, MessageView } from "../../messages/answers.ts";
import type { RowId } from "./banner-rows.ts";
import { missingKey } from "./missing-key.ts";
import {
  CONFIRMED,
  countedSigners,
  isConfirmed,
  isEncryption,
  outerSigners,
  type Finding,
  type SignatureFinding,
} from "./signature-finding.ts";

/** Row for a message that is not encrypted, row for one that was, and the variant of the latter's sentence. */
const BY_FINDING: Record<Finding, readonly [plain: RowId, encrypted: RowId, variant?: string]> = {
  good: ["a1", "b1"],
  "trusted-by-you": ["a2", "b2"],
  "good-then": ["a3", "b1"],
  "ended-since": ["a4", "b3", "date"],
  "withdrawal-unknown": ["a5", "b3"],
  "withdrawal-not-checked": ["a7", "b3", "unchecked"],
  "two-texts": ["a16", "a16"],
  changed: ["a22", "b7"],
  misfit: ["a23", "b7"],
  "signers-differ": ["a23", "b7"],
  "one-of-several": ["a24", "b7"],
  withdrawn: ["a18", "b6"],
  "withdrawn-after": ["a20", "b3", "withdrawn"],
  "withdrawn-later": ["a21", "b5", "withdrawn"],
  "key-stolen": ["a19", "b6"],
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

/** A row, the variant of its sentence, and the row under it where that sets the tone too. */
export interface ChosenRow {
  readonly id: RowId;
  readonly variant?: string | undefined;
  readonly under?: RowId;
}

function unopened({ verdict, layers, known }: MessageView): RowId | null {
  if (verdict.encryption !== "cannot-decrypt") return null;
  const reasons = layers.filter(isEncryption).flatMap((layer) => layer.reasons);
  if (reasons.includes("decrypt.failed")) return "c13";
  if (reasons.includes("unknown-cipher") || reasons.includes("unknown-key-management")) return "c14";
  if (reasons.includes("needs-password")) return "c15";
  return known.keyHolder === null ? "c1" : known.keyHolder.kind === "self" ? "c2" : "c3";
}

const BY_DIFFERENCE: Record<Extract<SenderVerdict, { status: "differs" }>["reason"], RowId> = {
  "other-address": "d2",
  "only-sender-matches": "d3",
  "not-every-from-matches": "d9",
  "protected-from-differs": "d11",
};

/** Without capitals and the tag behind a plus (RFC 5233). */
const withoutTag = (address: string): string => address.toLowerCase().replace(/\+[^@]*@/, "@");

/** Signer and sender differ in what many mail systems take for the same mailbox, and some do not. */
function isTagOnly(view: MessageView, signers: readonly SignerVerdict[]): boolean {
  const senders = (view.inner ?? view.outer).from.map(({ address }) => address);
  const certified = signers.flatMap(({ emails }) => emails);
  const isOther = (sender: string | null): sender is string => sender !== null && !certified.includes(sender);
  const untagged = new Set(certified.map(withoutTag));
  return senders.length > 0 && senders.every((sender) => isOther(sender) && untagged.has(withoutTag(sender)));
}

/** The row of table D that takes the place of a good signature's, or `null` where the sender is the signer. */
function senderRow(view: MessageView, verdict: MessageVerdict, signers: readonly SignerVerdict[]): RowId | null {
  const bad = signers.map(({ sender }) => sender).find(({ status }) => status !== "matches");
  if (bad?.status === "differs")
    return bad.reason === "other-address" && isTagOnly(view, signers) ? "d5" : BY_DIFFERENCE[bad.reason];
  if (bad?.status === "no-address") return bad.reason === "certificate-has-no-address" ? "d7" : "d10";
  if (verdict.sender !== "matches") return verdict.sender === "no-address" ? "d7" : "d2";
  if (view.known.imitated !== null) return "d6";
  return (view.inner ?? view.outer).from.some((sender) => sender.nameShowsOtherAddress) ? "d12" : null;
}

const isLinked = (signers: readonly SignerVerdict[]): boolean =>
  signers.some(({ sender }) => sender.status === "matches" && sender.reason === "linked");

/** Whether a signature around the encryption is another's, or does not fit; the inner one counts (triple wrap). */
function outerDiffers(layers: readonly LayerView[], signers: readonly SignerVerdict[]): boolean {
  const inner = new Set(signers.flatMap(({ emails }) => emails.map((email) => email.toLowerCase())));
  return outerSigners(layers).some(
    (outer) => !isConfirmed(outer) || !outer.emails.some((email) => inner.has(email.toLowerCase())),
  );
}

/** Findings of a signature that does not fit; of somebody who usually signs, that says more (`ux.md` A31). */
const BROKEN: ReadonlySet<Finding> = new Set<Finding>(["changed", "misfit", "signers-differ", "one-of-several"]);

/** What is said of an unencrypted message that lacks what its sender is used to. */
function unusualRow({ known, layers }: MessageView, finding: Finding): RowId | null {
  if (known.signedBefore === 0 || layers.some(isEncryption)) return null;
  if (finding === "none") return "a28";
  return BROKEN.has(finding) ? "a31" : null;
}

/** The first row that applies, in the order of the design (`ux.md` 0.2): not opened, structure, signature, sender. */
export function chooseRow(view: MessageView, { finding }: SignatureFinding): ChosenRow {
  const { verdict, layers, core, known } = view;
  const closed = unopened(view);
  if (closed) return { id: closed, variant: closed === "c1" ? missingKey(view).variant : undefined };
  if (core?.isMisleading === true) return { id: "a17" };
  const unusual = unusualRow(view, finding);
  if (unusual) return { id: unusual };
  const signers = countedSigners(layers);
  const isEncrypted = layers.some(isEncryption);
  if (CONFIRMED.has(finding)) {
    const sender = senderRow(view, verdict, signers);
    if (sender) return { id: sender };
    if (isEncrypted && outerDiffers(layers, signers)) return { id: "b14" };
    // What is missing at the signature is not made up by a link.
    if (isLinked(signers)) return { id: "d4", under: BY_FINDING[finding][0] };
    if (isEncrypted && known.isOwnSignature) return { id: "b15", under: BY_FINDING[finding][1] };
    if (finding === "good" && outerSigners(layers).length > 0) return { id: "b13" };
    if (finding === "good" && (view.inner ?? view.outer).from.length > 1) return { id: "d8" };
  }
  const [plain, encrypted, variant] = BY_FINDING[finding];
  if (!isEncrypted) return { id: plain, variant: finding === "signers-differ" ? "signers" : undefined };
  if (encrypted !== "b8" || verdict.encryption === "authenticated") return { id: encrypted, variant };
  return { id: verdict.reasons.includes("content-not-mime") ? "b10" : "b9", variant };
}
