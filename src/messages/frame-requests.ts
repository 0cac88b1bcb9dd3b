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
  variant,
  type InferOutput,
} from "valibot";
import type { PersonalMark } from "../settings/mark.ts";
import type { CertificateSummary, Failure, OpenEvent } from "./answers.ts";
import { MAX_FILE_SIZE } from "./bytes.ts";
import { viewIdSchema, type PageDraft, type RefusalReason, type ViewKind } from "./content-requests.ts";
import { parseWith } from "./parse.ts";
import { secureFormRequests, type RecipientState, type SecureFormEvent } from "./secure-form.ts";

/**
 * What passes between the background and a frame of ours that stands in a web page, over one port for each frame. The
 * first message on a port claims the view; a view is claimed once, by one document, and only that document may come
 * back to it after the worker has died.
 */
export const FRAME_PORT = "view";

/** Of the parent document as the browser tells the frame (`location.ancestorOrigins`); `null` where it does not. */
const ClaimSchema = strictObject({
  name: literal("claim"),
  viewId: viewIdSchema,
  parentOrigin: nullable(pipe(string(), maxLength(300))),
});
export type Claim = InferOutput<typeof ClaimSchema>;

const fingerprint = pipe(string(), regex(/^[0-9a-f]{64}$/));
const line = pipe(string(), maxLength(2000));
const addresses = pipe(array(line), maxLength(1000));

/** The draft as the frame showed it when the person pressed Send: what is signed, and nothing else. */
const shownDraft = strictObject({
  from: line,
  to: addresses,
  cc: addresses,
  bcc: addresses,
  subject: line,
  /** Sanitised by the frame. */
  html: pipe(string(), maxLength(20_000_000)),
  /** The same in words. */
  text: pipe(string(), maxLength(20_000_000)),
  attachments: pipe(array(strictObject({ name: line })), maxLength(500)),
  inReplyTo: nullable(line),
});
export type ShownDraft = InferOutput<typeof shownDraft>;

/** Local part, `@` and domain (RFC 5321 section 4.5.3.1). */
export const MAX_ADDRESS_LENGTH = 320;

/** Largest height that a frame asks for, CSS pixels. */
export const MAX_FRAME_HEIGHT = 4000;

/** Far more than any certificate of a person; the session's memory is small. Bytes. */
const MAX_ASKED_CERTIFICATE_SIZE = 64 * 1024;

/** An attached message; the frame has the whole one in memory, so that it is never larger. */
const attachedOctets = custom<Uint8Array>(
  (value) => value instanceof Uint8Array && value.length <= MAX_FILE_SIZE,
  "not bytes, or too many",
);

/** DER of a signer's certificate, for a question to a person. */
const certificateOctets = custom<Uint8Array>(
  (value) => value instanceof Uint8Array && value.length <= MAX_ASKED_CERTIFICATE_SIZE,
  "not bytes, or too many",
);

const FrameRequestSchema = variant("name", [
  strictObject({
    name: literal("resize"),
    height: pipe(number(), integer(), minValue(0), maxValue(MAX_FRAME_HEIGHT)),
  }),
  /** Opens the message of the view; answered with `OpenEvent`s. */
  strictObject({ name: literal("openMessage"), isPressed: boolean() }),
  /**
   * Opens a message that stands inside the one shown, at a press. The octets are the frame's own: the background keeps
   * nothing of what it has decrypted. Answered with `attached` events.
   */
  strictObject({ name: literal("openAttached"), path: pipe(string(), maxLength(200)), source: attachedOctets }),
  /** What the toolbar button of the tab says of this message. */
  strictObject({
    name: literal("showVerdict"),
    title: pipe(string(), maxLength(300)),
    tone: picklist(["positive", "neutral", "caution", "alarm"]),
  }),
  /** Opens the window that asks for the passphrase; the frame repeats its request when it hears `unlocked`. */
  strictObject({ name: literal("unlock") }),
  /** A page of ours in a tab of its own. */
  strictObject({ name: literal("showPage"), page: picklist(["identities", "trust", "trust/people"]) }),
  /** The page that says what to do for this own certificate, which ends or has ended. */
  strictObject({ name: literal("renew"), certificate: fingerprint }),
  /** Opens the window in which a person compares the known certificate of an address with the one that waits. */
  strictObject({ name: literal("compare"), address: pipe(string(), maxLength(MAX_ADDRESS_LENGTH)) }),
  /**
   * Opens the window in which a person decides whether the certificate of a signer counts for the address that the
   * message is from; answered with `decided` where it does.
   */
  strictObject({
    name: literal("askPerson"),
    certificate: certificateOctets,
    address: pipe(string(), maxLength(MAX_ADDRESS_LENGTH)),
  }),
  /**
   * Opens the window that asks for the message's password; what it opens comes after `passwordFits`. `from`: whom the
   * message says that it is from.
   */
  strictObject({ name: literal("askPassword"), from: nullable(pipe(string(), maxLength(MAX_ADDRESS_LENGTH))) }),
  /** The worker has died while that window was open; → `passwordDeclined` where it is closed. */
  strictObject({ name: literal("awaitPassword") }),
  /** → `draft`: what the page's form holds now. */
  strictObject({ name: literal("readDraft") }),
  strictObject({ name: literal("holdSend"), isHeld: boolean() }),
  /** → `sendState`s: signs what was shown and hands it to the webmail. */
  strictObject({ name: literal("send"), draft: shownDraft, certificate: fingerprint }),
  /** → `sendState`: what became of a message whose outcome is unknown. */
  strictObject({ name: literal("settle") }),
  /** After a message was sent: the webmail closes its form. */
  strictObject({ name: literal("finish") }),
  ...secureFormRequests,
]);
export type FrameRequest = InferOutput<typeof FrameRequestSchema>;

/** A certificate that can sign now, for the choice of a person. */
export interface SigningChoice extends CertificateSummary {
  readonly isUsable: boolean;
  /** Why it cannot sign; `null` where it can. */
  readonly problem: "ended" | "not-yet-valid" | "purpose" | null;
}

/** What the compose frame shows before anything is written. */
export interface ComposeSettings {
  readonly alwaysSign: boolean;
  /** By policy: the switch stands, and cannot be turned. */
  readonly isFixed: boolean;
  readonly form: "clear" | "opaque";
  /** Newest first. */
  readonly choices: readonly SigningChoice[];
  /** Why Encrypt is on from the beginning; `null` where it is not. T11 is `answer`. */
  readonly encrypt: "setting" | "policy" | "answer" | "taken" | null;
  /** Whether the subject is hidden at first. */
  readonly hidesSubject: boolean;
  /** Whether what is signed and encrypted is signed once more around it. */
  readonly wrapsTwice: boolean;
}

/** Which of the letters of one mail it is: one goes to To and Cc, and one to each Bcc recipient after it. */
export interface Letter {
  /** The Bcc recipient whose letter it is, where others have gone before it. */
  readonly copyFor: string | null;
  /** The Bcc recipients whose letters come after it. */
  readonly unsentBcc: readonly string[];
}

/** Where a message is on its way. `held` leaves everything as it was. */
export type SendState =
  /** `letter`: once something may have been sent. */
  | {
      readonly status: "working";
      readonly step: "signing" | "encrypting" | "checking";
      readonly letter?: Letter;
    }
  /** `size`: of the protected message, bytes. */
  | { readonly status: "working"; readonly step: "sending"; readonly size: number; readonly letter?: Letter }
  /** `unsentBcc`: those whose copy of their own could not be sent (H58), with the server's words. */
  | {
      readonly status: "sent";
      readonly copy: "same" | "different" | "not-found";
      readonly unsentBcc: readonly string[];
      readonly text: string;
    }
  | { readonly status: "needs-unlock" }
  /** These cannot be encrypted to, or not by the certificate that was frozen: nothing was sent. */
  | { readonly status: "recipients"; readonly states: readonly RecipientState[] }
  /** The worker has died since they were put: they are put again, and the whole request is made again. */
  | { readonly status: "needs-files"; readonly files: readonly string[] }
  /** `size`: of the message that a server has refused, bytes. */
  | { readonly status: "held"; readonly reason: HeldReason; readonly text: string; readonly size?: number }
  /** Nothing is known of this letter. */
  | ({ readonly status: "unknown" } & Letter);
export type HeldReason =
  | RefusalReason
  | "no-recipient"
  | "not-an-address"
  | "no-certificate"
  | "certificate-unusable"
  | "other-address"
  | "attachments"
  /** Something covers our Send, or it is not wholly in sight. */
  | "covered"
  | "rate"
  | "self-check"
  /** H26: nothing to encrypt one's own copy to. */
  | "no-own-certificate"
  /** H18: Bcc and the others, or the frozen ones and the form's, do not agree. */
  | "recipients-changed"
  /** H40 */
  | "stopped"
  /** H45, H46: what the server had in clear could not be removed. */
  | "server-copy"
  /** H63 */
  | "storage-full"
  | "failed";

export type FrameEvent =
  | { readonly kind: "claimed"; readonly view: ViewKind; readonly host: string; readonly mark: PersonalMark | null }
  /** A key fits and is used now; octets of the message as it came. */
  | { readonly kind: "decrypting"; readonly size: number }
  | { readonly kind: "message"; readonly event: OpenEvent }
  | { readonly kind: "attached"; readonly path: string; readonly event: OpenEvent }
  /** The signer's certificate is new here, or waits for a decision. Comes before the message. */
  | { readonly kind: "contact"; readonly address: string; readonly outcome: "learned" | "waits" }
  /** The original could not be had from the webmail. */
  | { readonly kind: "sourceFailed"; readonly reason: RefusalReason; readonly text: string }
  /** A key fits, and was not used: it is locked, or nobody has pressed for it. */
  | { readonly kind: "closed"; readonly reason: "locked" | "by-setting" | "too-many" }
  | { readonly kind: "unlocked" }
  /** The window that asks for the passphrase was closed without it. */
  | { readonly kind: "unlockDeclined" }
  /** A person has typed the password of the message, which follows. */
  | { readonly kind: "passwordFits" }
  | { readonly kind: "passwordDeclined" }
  /** A person has decided what the frame had asked. */
  | { readonly kind: "decided" }
  /** Who reads: own addresses, and whether formats are shown at first. */
  | { readonly kind: "readers"; readonly addresses: readonly string[]; readonly isTextOnly: boolean }
  | { readonly kind: "compose"; readonly settings: ComposeSettings }
  | { readonly kind: "draft"; readonly draft: PageDraft }
  | { readonly kind: "draftFailed"; readonly reason: RefusalReason }
  | { readonly kind: "sendState"; readonly state: SendState }
  | { readonly kind: "refused"; readonly error: Failure }
  | SecureFormEvent;

export const parseClaim = (value: unknown): Claim | null => parseWith(ClaimSchema, value);
export const parseFrameRequest = (value: unknown): FrameRequest | null => parseWith(FrameRequestSchema, value);
