import type { Database } from "./database.ts";
import { Store } from "./names.ts";
import { record, text, time } from "./record.ts";
import { rows, type Rows } from "./rows.ts";

/** A webmail's origin that a person has granted. The browser's own permission decides; this is what is shown of it. */
export interface SiteRow {
  readonly origin: string;
  readonly addedAt: Date;
}

export const siteRows = (database: Database): Rows<SiteRow> =>
  rows(database, Store.sites, record<SiteRow>({ origin: text(300, /^https?:\/\/[^/?#]+$/), addedAt: time }));
