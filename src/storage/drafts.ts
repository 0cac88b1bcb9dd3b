import type { Database } from "./database.ts";
import { Store } from "./names.ts";
import { bytes, nullable, record, text, time } from "./record.ts";
import { rows, type Rows } from "./rows.ts";

/** A draft of encrypted mail. Nothing of what was typed stands in a row but as ciphertext. */
export interface DraftRow {
  /** 128 random bits, lower-case hexadecimal. */
  readonly draft: string;
  readonly savedAt: Date;
  /** Origin of the webmail in which it is written. */
  readonly origin: string;
  /** The form without its files: an EnvelopedData message to own certificates. */
  readonly sealed: Uint8Array<ArrayBuffer>;
  /** Once it was to be handed over: it may have been sent under this Message-ID. */
  readonly messageId: string | null;
}

export interface DraftFileRow {
  /** 128 random bits, lower-case hexadecimal. */
  readonly file: string;
  readonly draft: string;
  /** As above. */
  readonly sealed: Uint8Array<ArrayBuffer>;
}

/** The largest file that a page may hand over, in base64 with its envelope. */
const MAX_SEALED_SIZE = 384 * 1024 * 1024;

const name = text(32, /^[0-9a-f]{32}$/);
const sealed = bytes(1, MAX_SEALED_SIZE);

export const draftRows = (database: Database): Rows<DraftRow> =>
  rows(
    database,
    Store.drafts,
    record<DraftRow>({
      draft: name,
      savedAt: time,
      origin: text(300, /^https?:\/\/[^/?#]+$/),
      sealed,
      messageId: nullable(text(400, /^<[^<>\s]+>$/)),
    }),
  );

export const draftFileRows = (database: Database): Rows<DraftFileRow> =>
  rows(database, Store.draftFiles, record<DraftFileRow>({ file: name, draft: name, sealed }));
