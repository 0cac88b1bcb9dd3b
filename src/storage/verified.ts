import type { Database } from "./database.ts";
import { Store } from "./names.ts";
import { fingerprint, flag, record, time } from "./record.ts";
import { rows, type Rows } from "./rows.ts";

/** That a signature was verified here, at a time when its certificate was good. It holds nothing of the message. */
export interface VerifiedRow {
  /** SHA-256 over certificate, content, signature and signing time, lower-case hexadecimal. */
  readonly seal: string;
  /** By the clock of this computer, the first time. */
  readonly verifiedAt: Date;
  /** Whether its certificate was known not to be withdrawn. */
  readonly wasInForce: boolean;
}

export const verifiedRows = (database: Database): Rows<VerifiedRow> =>
  rows(database, Store.verified, record<VerifiedRow>({ seal: fingerprint, verifiedAt: time, wasInForce: flag }));
