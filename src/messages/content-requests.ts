import {
  array,
  boolean,
  custom,
  literal,
  maxLength,
  minValue,
  nullable,
  number,
  picklist,
  pipe,
  regex,
  strictObject,
  string,
  union,
  variant,
  type InferOutput,
} from "valibot";
import { MAX_FILE_SIZE } from "./bytes.ts";
import { parseWith } from "./parse.ts";

/**
 * All that passes between the background and a content script, both ways. A content script is taken for compromised:
 * it may open and close views, and it answers what it is asked; nothing that it is told holds plaintext, a contact or a
 * key. It imports these types only; the schemas are the background's.
 */

/** A view's name: 128 random bits, known to the background, to the content script that asked, and to its frame. */
export const viewIdSchema = pipe(string(), regex(/^[0-9a-f]{32}$/));
export type ViewKind = "message" | "compose";

/** A webmail with an adapter; each has a content script of its own, `content-<name>.js`. */
export const WEBMAILS = ["outlook-web", "roundcube"] as const;
export type WebmailName = (typeof WEBMAILS)[number];

const ContentRequestSchema = union([
  /** → `null`, once the script of the page's webmail runs in it. */
  strictObject({ name: literal("loadWebmail"), webmail: picklist(WEBMAILS) }),
  /** → `OpenedView`: a frame for a message or a draft that stands in the page. */
  strictObject({ name: literal("openView"), kind: literal("message") }),
  /**
   * `isAnswer`: the form answers or forwards a message that the page shows, so that it may have to stay encrypted. `isTaken`: an earlier
   * frame has taken the form over, and the page has thrown that frame out.
   */
  strictObject({ name: literal("openView"), kind: literal("compose"), isAnswer: boolean(), isTaken: boolean() }),
  /** → `null`: what it belonged to has left the page. */
  strictObject({ name: literal("closeView"), viewId: viewIdSchema }),
]);
export type ContentRequest = InferOutput<typeof ContentRequestSchema>;

/** Answer to `openView`. */
export interface OpenedView {
  readonly viewId: string;
  /** Of the frame, with the view in its fragment. */
  readonly url: string;
  /** Whether the webmail's own Send is held from the beginning (`AlwaysSign`). */
  readonly isSendHeld: boolean;
  /**
   * Whether the page's form takes no typing until the background says `guard` or `takeOver`: Encrypt is on, or it is not
   * known yet whether the form answers an encrypted message.
   */
  readonly isGuarded: boolean;
}

/** What the background asks of a content script, each for one view. */
export type PageRequest = { readonly viewId: string } & (
  | { readonly name: "needSource" }
  | { readonly name: "resize"; readonly height: number }
  | { readonly name: "holdSend"; readonly isHeld: boolean }
  | { readonly name: "needDraft" }
  | { readonly name: "needDraftSource" }
  /** `message`: RFC 5322 octets without Bcc, exactly as they are to be sent. */
  | {
      readonly name: "transmit";
      readonly message: Blob | ArrayBuffer;
      readonly messageId: string;
      /** The envelope: where a webmail does not read it from the message. */
      readonly from: string;
      readonly to: readonly string[];
      readonly cc: readonly string[];
      readonly bcc: readonly string[];
    }
  /** Finds out what became of an unknown outcome; repeats the identical bytes where they are still unsent. */
  | { readonly name: "settle" }
  /** The copy that the server keeps of what was sent. */
  | { readonly name: "needSentCopy" }
  | { readonly name: "finish" }
  /** Whether the page's form takes no typing, dropping and pasting. */
  | { readonly name: "guard"; readonly isOn: boolean }
  /** Empties the page's form, removes the server's copy and lays our frame over it → `TakenReply`. */
  | { readonly name: "takeOver" }
  /** Gives the page's form back, with this in it. */
  | { readonly name: "handOver"; readonly draft: HandedDraft }
  /** The message that the form answers → `SourceReply`; `not-found` where it answers none. */
  | { readonly name: "needAnswered" }
  | { readonly name: "suggest"; readonly text: string }
  | { readonly name: "listMessages"; readonly folder: "inbox" | "sentitems" | "drafts" }
  | { readonly name: "needMessage"; readonly item: string }
  /** Keeps ciphertext in Drafts, in place of what this view has kept there before → `KeptReply`. */
  | { readonly name: "saveDraft"; readonly message: Blob | ArrayBuffer }
  /** From now on this saved draft is the view's own: the next one takes its place, and sending removes it. */
  | { readonly name: "adoptDraft"; readonly item: string }
  /** Whether a message with this Message-ID stands in Sent → `FoundReply`. */
  | { readonly name: "findSent"; readonly messageId: string }
  /** What has not been handed over yet is not handed over any more. */
  | { readonly name: "stopTransmit" }
);
export type PageRequestName = PageRequest["name"];

/** What goes back into the page's form when Encrypt is turned off. */
export interface HandedDraft {
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  readonly html: string;
  /** The same in words, for an editor without formats. */
  readonly text: string;
}

/**
 * Why a webmail did not do what it was asked. `text` is the server's own words: foreign. `page-encrypts`: the webmail was
 * to encrypt the form itself, in a way that is not ours.
 */
const refusal = strictObject({
  ok: literal(false),
  reason: picklist([
    ...(["signed-out", "throttled", "not-found", "unreachable", "too-large", "refused"] as const),
    ...(["page-unknown", "page-encrypts"] as const),
  ]),
  text: pipe(string(), maxLength(500)),
});
export type Refusal = InferOutput<typeof refusal>;
export type RefusalReason = Refusal["reason"];

/** In Chromium a Blob, which is not copied; in Firefox an ArrayBuffer. */
const octets = custom<Blob | ArrayBuffer>(
  (value) =>
    (value instanceof Blob && value.size <= MAX_FILE_SIZE) ||
    (value instanceof ArrayBuffer && value.byteLength <= MAX_FILE_SIZE),
  "not bytes, or too many",
);
const line = pipe(string(), maxLength(2000));
const addresses = pipe(array(line), maxLength(1000));

/** What a compose form holds, as the page shows it. Nothing of it is trusted: the person sees it before it is signed. */
const draft = strictObject({
  /** `null` where the page does not show it. */
  from: nullable(line),
  to: addresses,
  cc: addresses,
  bcc: addresses,
  subject: line,
  /** Of the editor; hostile until sanitised. Nothing where it has no formats. */
  html: pipe(string(), maxLength(20_000_000)),
  /** Of an editor without formats, as it stands there; `null` for one with formats. */
  text: nullable(pipe(string(), maxLength(20_000_000))),
  attachments: pipe(array(strictObject({ name: line })), maxLength(500)),
  /** Parts of recipients' fields that are no address yet. */
  unreadable: addresses,
  /** The message that this answers, with angle brackets. */
  inReplyTo: nullable(line),
  /** What the server takes as one message, bytes; `null` where the page does not say it. */
  sizeLimit: nullable(pipe(number(), minValue(0))),
});
export type PageDraft = InferOutput<typeof draft>;

/** `source`: the server's copy of the draft, for its files and what it answers; `null` where it had none. */
const TakenReplySchema = variant("ok", [
  strictObject({
    ok: literal(true),
    draft,
    source: nullable(octets),
    serverCopy: picklist(["none", "removed", "remains"]),
  }),
  refusal,
]);
const SuggestReplySchema = variant("ok", [
  strictObject({
    ok: literal(true),
    people: pipe(array(strictObject({ name: line, address: line })), maxLength(100)),
  }),
  refusal,
]);
const MessagesReplySchema = variant("ok", [
  strictObject({
    ok: literal(true),
    items: pipe(
      array(
        strictObject({
          item: line,
          subject: line,
          from: line,
          /** As the server writes it. */
          date: nullable(line),
          isEncrypted: boolean(),
        }),
      ),
      maxLength(1000),
    ),
  }),
  refusal,
]);
const KeptReplySchema = variant("ok", [strictObject({ ok: literal(true) }), refusal]);
const FoundReplySchema = strictObject({ found: picklist(["yes", "no", "not-known"]) });
export type TakenReply = InferOutput<typeof TakenReplySchema>;
export type SuggestReply = InferOutput<typeof SuggestReplySchema>;
export type MessagesReply = InferOutput<typeof MessagesReplySchema>;
export type KeptReply = InferOutput<typeof KeptReplySchema>;
export type FoundReply = InferOutput<typeof FoundReplySchema>;

const SourceReplySchema = variant("ok", [strictObject({ ok: literal(true), source: octets }), refusal]);
const DraftReplySchema = variant("ok", [strictObject({ ok: literal(true), draft }), refusal]);
/**
 * `unknown`: it may have been sent; nobody repeats it before that is found out. `stopped`: by the person, before anything
 * was sent.
 */
const TransmitReplySchema = strictObject({
  outcome: picklist(["sent", "not-sent", "unknown", "stopped"]),
  reason: nullable(refusal.entries.reason),
  text: refusal.entries.text,
});
export type SourceReply = InferOutput<typeof SourceReplySchema>;
export type DraftReply = InferOutput<typeof DraftReplySchema>;
export type TransmitReply = InferOutput<typeof TransmitReplySchema>;

export const parseContentRequest = (value: unknown): ContentRequest | null => parseWith(ContentRequestSchema, value);
export const parseSourceReply = (value: unknown): SourceReply | null => parseWith(SourceReplySchema, value);
export const parseDraftReply = (value: unknown): DraftReply | null => parseWith(DraftReplySchema, value);
export const parseTransmitReply = (value: unknown): TransmitReply | null => parseWith(TransmitReplySchema, value);
export const parseTakenReply = (value: unknown): TakenReply | null => parseWith(TakenReplySchema, value);
export const parseSuggestReply = (value: unknown): SuggestReply | null => parseWith(SuggestReplySchema, value);
export const parseMessagesReply = (value: unknown): MessagesReply | null => parseWith(MessagesReplySchema, value);
export const parseKeptReply = (value: unknown): KeptReply | null => parseWith(KeptReplySchema, value);
export const parseFoundReply = (value: unknown): FoundReply | null => parseWith(FoundReplySchema, value);
