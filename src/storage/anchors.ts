import type { Database } from "./database.ts";
import { Store } from "./names.ts";
import { certificateDer, fingerprint, flag, nullable, record, time } from "./record.ts";
import { rows, type Rows } from "./rows.ts";

/** A decision on an issuer. */
export interface AnchorRow {
  readonly fingerprint: string;
  /** DER; `null` for a built-in root, which is here only when it is switched off. */
  readonly certificate: Uint8Array<ArrayBuffer> | null;
  readonly isTrusted: boolean;
  readonly decidedAt: Date;
}

export const anchorRows = (database: Database): Rows<AnchorRow> =>
  rows(
    database,
    Store.anchors,
    record<AnchorRow>({
      fingerprint,
      certificate: nullable(certificateDer),
      isTrusted: flag,
      decidedAt: time,
    }),
  );
