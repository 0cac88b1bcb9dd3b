import type {
  DraftReply,
  FoundReply,
  HandedDraft,
  KeptReply,
  MessagesReply,
  SourceReply,
  SuggestReply,
  TakenReply,
  TransmitReply,
} from "../messages/content-requests.ts";

/** What a webmail must offer, so that Signet can read and sign in it. All knowledge of its page stays behind this. */
export interface Webmail {
  /**
   * Tells of every message and every draft that the page shows, as they come; each has its own end. Ends with `signal`.
   */
  observe(listener: WebmailListener, signal: AbortSignal): void;
}

export interface WebmailListener {
  readonly message: (view: MessageInPage) => void;
  readonly compose: (view: ComposeInPage) => void;
}

interface InPage {
  /** Our frame is put in front of it: after the header, outside the body. */
  readonly anchor: Element;
  /** Aborted when the page shows it no longer. */
  readonly end: AbortSignal;
}

/** A message that stands open in the page. */
export interface MessageInPage extends InPage {
  /** The octets that the server has. */
  fetchSource(): Promise<SourceReply>;
}

/** A form in which a message is written. */
export interface ComposeInPage extends InPage {
  /** What stands in the form now. */
  readDraft(): DraftReply;
  /** The server's copy of the draft, for its attachments. */
  fetchDraftSource(): Promise<SourceReply>;
  /**
   * From now on the webmail's own Send, its shortcut and its menus call `onAttempt` and do nothing else, until `signal`
   * is aborted.
   */
  holdSend(onAttempt: () => void, signal: AbortSignal): void;
  /** Hands over octets to be sent as they are. */
  transmit(message: Outgoing): Promise<TransmitReply>;
  /** Finds out what became of the last `transmit`; repeats it with the identical bytes only where it was not sent. */
  settle(): Promise<TransmitReply>;
  fetchSentCopy(): Promise<SourceReply>;
  /** What the webmail does after its own Send: the form closes, the list shows what is new. Our saved draft goes too. */
  finish(): Promise<void>;
  /** Nothing that was not handed over yet is sent any more. */
  stopTransmit(): void;

  /** Whether it answers or forwards a message that the page shows. */
  readonly isAnswer: boolean;
  /** That message; `not-found` where there is none. */
  fetchAnswered(): Promise<SourceReply>;
  /**
   * Encrypt: the form is read, emptied, covered and dead from now on, and the server's copy is removed.
   *
   * @param isOurs whether an element is a host of our frames, which stays
   */
  takeOver(isOurs: (element: Element) => boolean): Promise<TakenReply>;
  /** The form lives again, with this in it. */
  handOver(draft: HandedDraft): void;
  suggest(text: string): Promise<SuggestReply>;
  listMessages(folder: "inbox" | "sentitems" | "drafts"): Promise<MessagesReply>;
  fetchMessage(item: string): Promise<SourceReply>;
  /** Keeps ciphertext in Drafts, in place of what this form has kept there before. */
  saveDraft(message: Uint8Array): Promise<KeptReply>;
  adoptDraft(item: string): void;
  findSent(messageId: string): Promise<FoundReply>;
}

export interface Outgoing {
  /** RFC 5322, CRLF, without Bcc. */
  readonly message: Uint8Array;
  /** Of its Message-ID, with angle brackets. */
  readonly messageId: string;
  /** The envelope, as the person saw it: bare addresses. */
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
}
