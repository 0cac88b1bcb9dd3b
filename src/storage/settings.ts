import type { Database } from "./database.ts";
import { Store } from "./names.ts";
import { record, text } from "./record.ts";
import { rows, type Rows } from "./rows.ts";

/** One named value. What it may be is the reader's to judge: `settings/schema.ts` for settings and policies. */
export interface SettingRow {
  readonly name: string;
  readonly value: unknown;
}

export const settingRows = (database: Database): Rows<SettingRow> =>
  rows(database, Store.settings, record<SettingRow>({ name: text(100), value: (value) => value }));
