import {
  array,
  custom,
  literal,
  maxLength,
  nullable,
  picklist,
  pipe,
  regex,
  safeParse,
  strictObject,
  string,
  variant,
  type GenericSchema,
  type InferOutput,
} from "valibot";
import { MAX_FILE_SIZE } from "./bytes.ts";

/**
 * All that passes between the background and a content script, both ways. A content script is taken for compromised:
 * it may open and close views, and it answers what it is asked; nothing that it is told holds plaintext, a contact or a
 * key. It imports these types only; the schemas are the background's.
 */

/** A view's name: 128 random bits, known to the background, to the content script that asked, and to its frame. */
export const viewIdSchema = pipe(string(), regex(/^[0-9a-f]{32}$/));
export type ViewKind = "message" | "compose";

const ContentRequestSchema = variant("name", [
  /** → `OpenedView`: a frame for a message or a draft that stands in the page. */
  strictObject({ name: literal("openView"), kind: picklist(["message", "compose"]) }),
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
);
export type PageRequestName = PageRequest["name"];

/** Why a webmail did not do what it was asked. `text` is the server's own words: foreign. */
const refusal = strictObject({
  ok: literal(false),
  reason: picklist(["signed-out", "throttled", "not-found", "unreachable", "too-large", "refused", "page-unknown"]),
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
});
export type PageDraft = InferOutput<typeof draft>;

const SourceReplySchema = variant("ok", [strictObject({ ok: literal(true), source: octets }), refusal]);
const DraftReplySchema = variant("ok", [strictObject({ ok: literal(true), draft }), refusal]);
/** `unknown`: it may have been sent; nobody repeats it before that is found out. */
const TransmitReplySchema = strictObject({
  outcome: picklist(["sent", "not-sent", "unknown"]),
  reason: nullable(refusal.entries.reason),
  text: refusal.entries.text,
});
export type SourceReply = InferOutput<typeof SourceReplySchema>;
export type DraftReply = InferOutput<typeof DraftReplySchema>;
export type TransmitReply = InferOutput<typeof TransmitReplySchema>;

function parse<T>(schema: GenericSchema<unknown, T>, value: unknown): T | null {
  const result = safeParse(schema, value);
  return result.success ? result.output : null;
}

export const parseContentRequest = (value: unknown): ContentRequest | null => parse(ContentRequestSchema, value);
export const parseSourceReply = (value: unknown): SourceReply | null => parse(SourceReplySchema, value);
export const parseDraftReply = (value: unknown): DraftReply | null => parse(DraftReplySchema, value);
export const parseTransmitReply = (value: unknown): TransmitReply | null => parse(TransmitReplySchema, value);
