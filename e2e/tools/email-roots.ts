import { readFileSync, writeFileSync } from "node:fs";

interface EmailRoots {
  readonly source: string;
  readonly commit: string;
  readonly date: string;
  readonly roots: readonly {
    readonly label: string;
    readonly sha256: string;
    readonly distrustEmailAfter: string | null;
    /** Base64. */
    readonly der: string;
  }[];
}

const SOURCE = new URL("../../../shared/data/mozilla-email-roots.json", import.meta.url);
const TARGET = new URL("../../public/email-roots.json", import.meta.url);
const LICENSE =
  "Mozilla Public License 2.0 (https://mozilla.org/MPL/2.0/); the list is Mozilla's, the source form is certdata.txt";

/** Makes `public/email-roots.json`, the anchors that Signet starts with, of Mozilla's list of roots for e-mail. */
export function main(): Promise<number> {
  const { source, commit, date, roots } = JSON.parse(readFileSync(SOURCE, "utf8")) as EmailRoots;
  const lines = roots.map(({ label, sha256, distrustEmailAfter, der }) =>
    JSON.stringify({ label, sha256, distrustEmailAfter, der }),
  );
  const head = JSON.stringify({ source, commit, date, license: LICENSE });
  writeFileSync(TARGET, `${head.slice(0, -1)},"roots":[\n${lines.join(",\n")}\n]}\n`);
  console.log(`${roots.length} roots of ${date} written to public/email-roots.json`);
  return Promise.resolve(0);
}
