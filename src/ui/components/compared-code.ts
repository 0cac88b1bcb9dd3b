/** What a code that a person was given turns out to be. */
export type CodeMatch = "empty" | "short" | "old-kind" | "fits" | "differs";

/**
 * Compares a code as people write it (with spaces, colons, capitals) with a SHA-256 fingerprint: the field compares,
 * since eyes let near-matches through (`ux.md` 3.3). A part is never enough: matching ends can be made.
 *
 * @param fingerprint lower-case hexadecimal
 */
export function compareCode(typed: string, fingerprint: string): CodeMatch {
  const code = typed
    .replace(/^\s*(sha-?256|fingerprint)\s*[:=]?/i, "")
    .replace(/[\s:.-]/g, "")
    .toLowerCase();
  if (code === "") return "empty";
  if (code.length === 40 && /^[0-9a-f]+$/.test(code)) return "old-kind";
  if (code.length < fingerprint.length && fingerprint.startsWith(code)) return "short";
  return code === fingerprint ? "fits" : "differs";
}

/** What is said of a code that is compared with one certificate's. */
export const ONE_CODE: Readonly<Record<CodeMatch, string>> = {
  empty: "compare_help",
  short: "compare_short",
  "old-kind": "compare_old_kind",
  fits: "compare_code_fits",
  differs: "compare_code_differs",
};
