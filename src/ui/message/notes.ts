import type { MessageView } from "../../messages/answers.ts";
import { labelNote, receiptNote } from "./claim-notes.ts";
import { headerDifferences, isObscured } from "./header-differences.ts";
import { note, type Note } from "./note.ts";
import { preparedText } from "./prepared-text.ts";
import { safeFileName } from "./safe-file-name.ts";
import { signerAddress } from "./shown-address.ts";
import { CONFIRMED, countedSigners, findSignature, isEncryption } from "./signature-finding.ts";
import { words } from "../words.ts";

/** The signer's certificate, where it was new here or another one than the known one (attack 33). */
export interface SignerContact {
  readonly address: string;
  readonly outcome: "learned" | "waits";
}

/** Older than that before the message's own date, and a signed text may have been sent again. */
const MAX_SIGNING_SKEW_MS = 60 * 60 * 1000;

function contactNote({ address, outcome }: SignerContact): Note {
  if (outcome === "learned") return note("n20", "neutral", "id-card", { address });
  return { ...note("n21", "caution", "id-card", { address }), action: "compare" };
}

/** What servers saw in place of the subject, or what somebody changed outside the protection. */
function headerNote(view: MessageView): Note | null {
  const { inner, outer } = view;
  const [first, ...others] = headerDifferences(view);
  if (first === undefined) {
    if (inner?.subject == null || inner.subject === outer.subject || !isObscured(outer.subject)) return null;
    return note("n9", "neutral", "eye-off", { outer: outer.subject ?? "" });
  }
  if (first.field === "subject" && others.length === 0) {
    const params = { inner: first.signed, outer: first.shown };
    return { ...note("n10", "caution", "triangle-alert", params), action: "use-signed" };
  }
  const kind = others.length > 0 ? "several" : first.field;
  const [headline, sentence] = [words(`read_n10_headline_${kind}`), words(`read_n10_sentence_${kind}`)];
  return { id: "n10", tone: "caution", icon: "triangle-alert", headline, sentence, action: "use-signed" };
}

/** The protected recipients hold none of the reader's addresses: somebody may have passed the message on (attack 22). */
function recipientNote({ inner }: MessageView, readers: readonly string[]): Note | null {
  const recipients = [...(inner?.to ?? []), ...(inner?.cc ?? [])].flatMap(({ address }) => address ?? []);
  if (recipients.length === 0 || readers.length === 0) return null;
  const own = new Set(readers.map((reader) => reader.toLowerCase()));
  if (recipients.some((recipient) => own.has(recipient.toLowerCase()))) return null;
  const list = recipients.join(", ");
  return { ...note("n12", "caution", "users-round", { list }), action: "show-recipients" };
}

function timeNote(view: MessageView): Note | null {
  const signed = countedSigners(view.layers)[0]?.signingTime ?? null;
  const sent = (view.inner ?? view.outer).date;
  if (!signed || !sent || Math.abs(sent.getTime() - signed.getTime()) <= MAX_SIGNING_SKEW_MS) return null;
  return note("n16", "caution", "clock", { date: signed, date2: sent });
}

/** The part that is signed, where its own signature is good; of any other it is said that it stands alone. */
function coreNote({ core }: MessageView): Note | null {
  if (core === null || core.isMisleading) return null;
  const { finding, signer } = findSignature(core.view.verdict, core.view.layers);
  if (!CONFIRMED.has(finding) || core.view.verdict.sender !== "matches") return null;
  const address = signerAddress(signer, (core.view.inner ?? core.view.outer).from);
  const isList = core.surroundedBy === "mailing-list";
  const params = { address, list: core.list ?? words("list_unnamed") };
  return { ...note(isList ? "n14" : "n13", isList ? "neutral" : "caution", "layers", params), action: "show-signed" };
}

/** A certificate that ends within this is worth a word. */
const ENDS_SOON_MS = 30 * 24 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

function ownCertificateNote({ known: { openedWith } }: MessageView, now: Date): Note | null {
  if (openedWith === null) return null;
  const left = openedWith.endsAt.getTime() - now.getTime();
  if (left <= 0 || left > ENDS_SOON_MS) return null;
  const params = { n: Math.ceil(left / DAY_MS), date: openedWith.endsAt };
  return { ...note("n23", "neutral", "hourglass", params), action: "renew" };
}

function cipherNote(view: MessageView): Note | null {
  const old = view.layers.filter(isEncryption).find(({ reasons }) => reasons.includes("obsolete-cipher"));
  if (old === undefined) return null;
  const prepared = preparedText("tell-sender", "n17", view);
  return { ...note("n17", "neutral", "lock-open", { algorithm: old.cipher }), action: "tell-sender", prepared };
}

function nestedNotes(view: MessageView): Note[] {
  const { nested, layers } = view;
  const opaque = nested.filter(({ type }) => type === "enveloped-data" || type === "authenveloped-data");
  // An encrypted part below the root may be taken from another message to have it opened (attack 32).
  if (opaque.length > 0) return [note("c17", "caution", "layers", { n: opaque.length })];
  const core = coreNote(view);
  if (core !== null) return [core];
  return nested.length > 0 && !layers.some(isEncryption) ? [note("n15", "neutral", "paperclip")] : [];
}

const MESSAGE_TYPES: ReadonlySet<string> = new Set(["message/rfc822", "message/global"]);

/** An encrypted message that is nothing but one file: there are no words to show. */
function fileNote({ layers, parts }: MessageView): Note | null {
  const [only, ...others] = parts;
  const isFile = only?.role === "attachment" && !MESSAGE_TYPES.has(only.type);
  if (!isFile || others.length > 0 || !layers.some(isEncryption)) return null;
  const file = { path: only.path, name: safeFileName(only.name, "") };
  const params = { file: file.name === "" ? words("attachment_unnamed") : file.name };
  return { ...note("n24", "neutral", "file-question-mark", params), action: "save-file", file };
}

/**
 * What stands beside the verdict, most useful first.
 *
 * @param readers addresses of the reader, as far as they are known
 * @param contact `null` where there is nothing to tell of the signer's certificate
 */
export function notesOf(
  view: MessageView,
  isSignatureConfirmed: boolean,
  readers: readonly string[],
  contact: SignerContact | null,
  now: Date,
): readonly Note[] {
  const { layers, parts, verdict } = view;
  const hasCaseDifference = countedSigners(layers).some(
    ({ sender }) => sender.status === "matches" && sender.reason === "local-part-case",
  );
  return [
    contact?.outcome === "waits" ? contactNote(contact) : null,
    ...nestedNotes(view),
    isSignatureConfirmed ? recipientNote(view, readers) : null,
    isSignatureConfirmed || layers.some(isEncryption) ? headerNote(view) : null,
    isSignatureConfirmed ? timeNote(view) : null,
    cipherNote(view),
    labelNote(view),
    receiptNote(view, isSignatureConfirmed && verdict.sender === "matches", readers),
    fileNote(view),
    parts.some(({ role }) => role === "html-as-text") ? note("n18", "neutral", "eye-off") : null,
    isSignatureConfirmed && hasCaseDifference ? note("n25", "neutral", "info") : null,
    verdict.reasons.includes("additional-signature-not-checked") ? note("n26", "neutral", "info") : null,
    contact?.outcome === "learned" ? contactNote(contact) : null,
    ownCertificateNote(view, now),
  ].filter((entry) => entry !== null);
}
