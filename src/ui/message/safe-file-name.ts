/** Names that Windows keeps for devices, with any ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Long enough for every real name, short enough for every file system with a path in front. */
const MAX_LENGTH = 120;

/**
 * A file name that means the same to a person and to every system: one line without separators, controls, directions
 * or invisible characters, not hidden, no device, its ending kept.
 *
 * @param name as the message says it
 * @param fallback for a part without a name; safe already
 */
export function safeFileName(name: string | null, fallback: string): string {
  const cleaned = (name ?? "")
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu, "")
    .replace(/[/\\:*?"<>|]/g, "_")
    .replace(/\s+/g, " ")
    .replace(/^[\s.]+|[\s.]+$/g, "");
  if (cleaned === "") return fallback;
  const named = DEVICE.test(cleaned) ? `_${cleaned}` : cleaned;
  const ending = /\.[^.\s]{1,10}$/.exec(named)?.[0] ?? "";
  // Half of a character at the cut is none.
  const stem = named
    .slice(0, named.length - ending.length)
    .slice(0, MAX_LENGTH - ending.length)
    .replace(/[\ud800-\udbff]$/, "");
  return `${stem}${ending}`;
}
