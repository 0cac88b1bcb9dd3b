import { MAX_ADDRESS_LENGTH } from "./contacts.ts";
import type { Database } from "./database.ts";
import { Store } from "./names.ts";
import { certificateDer, record, text, time } from "./record.ts";
import { rows, type Rows } from "./rows.ts";

/** What a person decided of one certificate and one address. */
export interface PersonRow {
  /** Fingerprint of the certificate, a slash, and the address. */
  readonly decision: string;
  /** DER. */
  readonly certificate: Uint8Array<ArrayBuffer>;
  readonly address: string;
  readonly decidedAt: Date;
}

const FINGERPRINT_LENGTH = 64;

export const personRows = (database: Database): Rows<PersonRow> =>
  rows(
    database,
    Store.people,
    record<PersonRow>({
      decision: text(FINGERPRINT_LENGTH + 1 + MAX_ADDRESS_LENGTH, /^[0-9a-f]{64}\/./),
      certificate: certificateDer,
      address: text(MAX_ADDRESS_LENGTH),
      decidedAt: time,
    }),
  );
