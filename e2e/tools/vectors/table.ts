import type { CorpusResult } from "./run.ts";

const HEADINGS = ["corpus", "cases", "agreeing", "exceptions", "failures"] as const;

/** The results as a table, then every failure with what was expected. */
export function vectorTable(results: readonly CorpusResult[]): string {
  const rows = results.map(
    ({ corpus: name, isReviewed, skipped, cases, agreeing, exceptions, failures, unexpectedSuccesses }) => {
      const corpus = isReviewed ? name : `${name} *`;
      return skipped === null
        ? [corpus, cases, agreeing, exceptions.length, failures.length + unexpectedSuccesses.length].map(String)
        : [corpus, `skipped: ${skipped}`];
    },
  );
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...rows.filter((row) => row.length > 2).map((row) => row[column]?.length ?? 0)),
  );
  widths[0] = Math.max(...rows.map(([corpus]) => corpus?.length ?? 0), HEADINGS[0].length);
  const line = (cells: readonly string[]): string =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join("  ");
  return [
    line(HEADINGS),
    ...rows.map((row) => (row.length > 2 ? line(row) : `${row[0]!.padEnd(widths[0]!)}  ${row[1]!}`)),
    ...(results.every(({ isReviewed }) => isReviewed) ? [] : ["* compared with OpenSSL; differences are not reviewed"]),
    ...results.flatMap(failureLines),
  ].join("\n");
}

function failureLines({ corpus, failures, unexpectedSuccesses }: CorpusResult): string[] {
  return [
    ...failures.map(({ name, expected, actual }) => `${corpus}: ${name}: expected ${expected}, got ${actual}`),
    ...unexpectedSuccesses.map((name) => `${corpus}: ${name}: agrees or is gone; remove it from exceptions.json`),
  ];
}
