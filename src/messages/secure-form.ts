import {
  array,
  boolean,
  custom,
  integer,
  literal,
  maxLength,
  maxValue,
  minValue,
  nullable,
  number,
  picklist,
  pipe,
  regex,
  strictObject,
  string,
  type InferOutput,
} from "valibot";
import type { AddressView, CertificateSummary } from "./answers.ts";
import { containerFile } from "./bytes.ts";
import type { RefusalReason } from "./content-requests.ts";
import type { FailureCode } from "./failure.ts";
import { addresses, file, formContent, line, nameSchema, type FormContent, type FormFile } from "./form-content.ts";

/**
 * The secure form: what passes between the compose frame and the background while Encrypt is on. The frame holds the
 * text; the background judges certificates, keeps drafts under the person's own certificate and sends what was frozen.
 * What is typed here goes to no content script but as ciphertext.
 */

const fingerprint = pipe(string(), regex(/^[0-9a-f]{64}$/));
/** As the webmail's server names an item. */
const itemId = pipe(string(), maxLength(2000));

/** Files go in pieces: one message holds few megabytes in every browser, and each piece is progress. Bytes. */
export const MAX_PIECE_SIZE = 4 * 1024 * 1024;
const piece = custom<Uint8Array>(
  (value) => value instanceof Uint8Array && value.length <= MAX_PIECE_SIZE,
  "not bytes, or too many",
);

/** Who gets it, by which certificate: as the chips showed it when Send was pressed. */
const frozenRecipient = strictObject({ address: line, certificate: fingerprint });
export type FrozenRecipient = InferOutput<typeof frozenRecipient>;

export const secureFormRequests = [
  /**
   * Encrypt was turned on → `taken` and the page's files as `file` events, then `takenAll`; or `takeFailed`. From then on
   * the page's form is empty, dead and under our frame.
   */
  strictObject({ name: literal("takeOver") }),
  /**
   * Encrypt is to be turned off. With text, files or an answered message the person is asked in a window →
   * `encryptOff`; the frame then sends `handOver`.
   */
  strictObject({
    name: literal("turnOff"),
    lines: pipe(number(), integer(), minValue(0), maxValue(1_000_000)),
    files: pipe(number(), integer(), minValue(0), maxValue(500)),
    isAnswer: boolean(),
  }),
  /** Gives the text back to the page's form; refused unless the person has said so in the window. */
  strictObject({
    name: literal("handOver"),
    to: addresses,
    cc: addresses,
    bcc: addresses,
    subject: line,
    html: pipe(string(), maxLength(20_000_000)),
    text: pipe(string(), maxLength(20_000_000)),
  }),
  /** The message that the form answers, opened → `answered`. Repeated after `unlocked`. */
  strictObject({ name: literal("readAnswered") }),

  /** → `recipients`: whether each of these can be encrypted to, now. */
  strictObject({ name: literal("lookUp"), addresses }),
  /** What was typed into a recipients' field → `suggestions`. */
  strictObject({ name: literal("suggest"), text: pipe(string(), maxLength(200)) }),
  /** A person's file for this address → `imported`. */
  strictObject({ name: literal("importCertificate"), address: line, file: containerFile }),

  /** A file of the draft, in pieces in order → `filePut` after the last. It is kept for sending and with the draft. */
  strictObject({ name: literal("putFile"), draft: nameSchema, file, bytes: piece, isLast: boolean() }),
  strictObject({ name: literal("dropFile"), draft: nameSchema, file: nameSchema }),
  /** Keeps the draft on this computer, encrypted to the person; works while locked → `kept` or `notKept`. */
  strictObject({ name: literal("keepDraft"), draft: nameSchema, content: formContent }),
  /** → `offers`: drafts that were kept here and are in no form now. */
  strictObject({ name: literal("listKept") }),
  /** → `draftOpened` and its files, or `draftLocked`, `draftLost`. */
  strictObject({ name: literal("openKept"), draft: nameSchema }),
  strictObject({ name: literal("discardKept"), draft: nameSchema }),
  /** → `saved` or `notSaved`: an encrypted message to oneself in the webmail's Drafts, in place of the one before. */
  strictObject({ name: literal("saveToWebmail"), draft: nameSchema, content: formContent }),

  /** → `messages`: what stands in a folder of the webmail, the newest first. */
  strictObject({ name: literal("listMessages"), folder: picklist(["inbox", "sentitems", "drafts"]) }),
  /** Attaches a message of the mailbox as it is → `file` events. */
  strictObject({ name: literal("fetchMessage"), item: itemId }),
  /** Opens a draft that was saved to the webmail → as `openKept`. */
  strictObject({ name: literal("openSaved"), item: itemId }),

  /**
   * Sends what is frozen → `sendState`s. `recipients` are those of To, Cc and Bcc; `rest`: only the copies of these
   * Bcc addresses are still to be sent.
   */
  strictObject({
    name: literal("sendEncrypted"),
    draft: nameSchema,
    content: formContent,
    recipients: pipe(array(frozenRecipient), maxLength(3000)),
    /** Fingerprint of the certificate to sign with, where `content.signs`. */
    signer: nullable(fingerprint),
    rest: nullable(addresses),
  }),
  /** Stops what has not been handed over yet → `sendState` `held` `stopped`; later it has no effect. */
  strictObject({ name: literal("stopSending") }),
  /** Throws the form away: the kept draft, the saved one and the page's form. */
  strictObject({ name: literal("discardForm"), draft: nameSchema }),
] as const;

/** Whether a message can be encrypted to an address. Ids of ux.md, table 2B, in brackets. */
export type RecipientStatus =
  /** R1 */
  | "ready"
  /** R2: within 14 days. */
  | "ends-soon"
  /** R18: an own certificate. */
  | "own"
  /** R5 */
  | "none"
  /** R6 */
  | "ended"
  | "not-yet-valid"
  /** R8 */
  | "untrusted"
  /** R9 */
  | "wrong-purpose"
  /** R10 */
  | "weak"
  /** R11: another one waits, and the known one cannot be used. */
  | "replacement-waits"
  /** R12: several fit, and the person has chosen none; `certificate` is the newest. */
  | "several"
  /** R19 */
  | "not-an-address";

export interface RecipientState {
  /** As it was asked for. */
  readonly address: string;
  readonly status: RecipientStatus;
  /** What it is encrypted to, or would be; `null` where there is none. */
  readonly certificate: CertificateSummary | null;
  /** All that fit, the newest first; more than one only with `several`. */
  readonly choices: readonly CertificateSummary[];
  readonly source: "signed-mail" | "file" | "own" | null;
  /** A new certificate waits for comparison; the known one is used until then. */
  readonly isReplacementWaiting: boolean;
  /** A contact with whom no encrypted mail was exchanged yet, as far as is known here (H95). */
  readonly isFirst: boolean;
  /** As `RSA 1024`; for `weak`. */
  readonly key: string;
}

/** Those by which Send goes ahead. */
export const USABLE: ReadonlySet<RecipientStatus> = new Set<RecipientStatus>(["ready", "ends-soon", "own", "several"]);

export interface Suggestion {
  readonly name: string;
  readonly address: string;
  readonly source: "webmail" | "contacts";
}

/** What stood in the page's form. Hostile until sanitised; recipients are the page's word. */
export interface TakenDraft {
  readonly from: string | null;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  readonly html: string;
  /** Of an editor without formats; `null` for one with formats. */
  readonly text: string | null;
  /** Parts of recipients' fields that are no address. */
  readonly unreadable: readonly string[];
  readonly inReplyTo: string | null;
  readonly references: string | null;
}

/** What the server had of it in clear: T14, T15, H46. */
export type ServerCopy = "none" | "removed" | "remains";

/** What the server has to do with it. `sizeLimit`: what it takes as one message, bytes; `null` where nobody knows. */
interface TakenFrom {
  readonly serverCopy: ServerCopy;
  readonly sizeLimit: number | null;
}

/** The message that is answered, for quoting: what of its root was shown, and who took part. */
export interface AnsweredMessage {
  readonly from: readonly AddressView[];
  readonly replyTo: readonly AddressView[];
  readonly to: readonly AddressView[];
  readonly cc: readonly AddressView[];
  readonly subject: string | null;
  readonly date: Date | null;
  readonly messageId: string | null;
  readonly references: string | null;
  /** The displayed text parts of the root in order, each in words; HTML as it came, hostile until sanitised. */
  readonly parts: readonly { readonly type: "text" | "html"; readonly content: string }[];
}

/** A draft that is kept here. What it says is known only once it is open. */
export interface KeptDraft {
  readonly draft: string;
  readonly savedAt: Date;
  /** Of the webmail in which it was written, as `outlook.office.com`. */
  readonly host: string;
  /** It was being handed over when it was interrupted: it may have been sent. */
  readonly maySent: boolean;
}

export interface FolderMessage {
  readonly item: string;
  readonly subject: string;
  readonly from: string;
  readonly date: Date | null;
  readonly isEncrypted: boolean;
}

export type FileEvent =
  | { readonly step: "begin"; readonly file: FormFile }
  | { readonly step: "piece"; readonly file: string; readonly bytes: Uint8Array }
  | { readonly step: "end"; readonly file: string }
  | { readonly step: "failed"; readonly reason: RefusalReason; readonly text: string };

export type SecureFormEvent =
  | ({ readonly kind: "taken"; readonly draft: TakenDraft; readonly files: number } & TakenFrom)
  | { readonly kind: "file"; readonly event: FileEvent }
  | { readonly kind: "takenAll" }
  | { readonly kind: "takeFailed"; readonly reason: RefusalReason; readonly text: string }
  /** The person's answer in the window. */
  | { readonly kind: "encryptOff"; readonly isConfirmed: boolean }
  /** The page has the text again; the frame is the toolbar of a signed or plain message from now on. */
  | { readonly kind: "handedOver" }
  | { readonly kind: "answered"; readonly state: "none" | "not-encrypted" | "locked" | "closed" }
  | { readonly kind: "answered"; readonly state: "open"; readonly message: AnsweredMessage }
  | { readonly kind: "recipients"; readonly states: readonly RecipientState[] }
  | { readonly kind: "suggestions"; readonly text: string; readonly people: readonly Suggestion[] }
  /** `null`: taken in; look up again. Otherwise nothing of the file fits the address, or it cannot be read. */
  | { readonly kind: "imported"; readonly address: string; readonly problem: "other-address" | FailureCode | null }
  /** `isKept`: it lies with the draft on this computer too. */
  | { readonly kind: "filePut"; readonly file: string; readonly isKept: boolean }
  | { readonly kind: "kept"; readonly draft: string; readonly at: Date }
  | { readonly kind: "notKept"; readonly draft: string; readonly reason: "no-certificate" | FailureCode }
  | { readonly kind: "offers"; readonly drafts: readonly KeptDraft[] }
  | { readonly kind: "draftOpened"; readonly draft: string; readonly content: FormContent; readonly wasSent: WasSent }
  | { readonly kind: "draftLocked"; readonly draft: string | null }
  | { readonly kind: "draftLost"; readonly draft: string | null; readonly code: FailureCode }
  | { readonly kind: "saved"; readonly at: Date }
  | {
      readonly kind: "notSaved";
      readonly reason: "no-certificate" | RefusalReason | FailureCode;
      readonly text: string;
    }
  | { readonly kind: "messages"; readonly folder: string; readonly items: readonly FolderMessage[] | null };

/** Whether a draft that was interrupted while it was handed over stands in Sent, by its Message-ID. */
export type WasSent = "no" | "yes" | "not-known";
