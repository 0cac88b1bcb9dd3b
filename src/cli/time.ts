/** Date and time with seconds and zone as they like; without a zone it is UTC, wherever the machine stands. */
const ISO_TIME = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:\d{2})?)?$/;

/** Reads a time in ISO 8601, like `2026-01-31T12:00:00Z`; `null` for anything else, and for days that do not exist. */
export function readIsoTime(text: string): Date | null {
  const match = ISO_TIME.exec(text);
  if (!match) return null;
  const [, day = "", clock = "00:00", zone = "Z"] = match;
  const midnight = new Date(`${day}T00:00:00Z`);
  // Dates roll over: 31 February would be 3 March.
  if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(day)) return null;
  const time = new Date(`${day}T${clock}${zone}`);
  return Number.isNaN(time.getTime()) ? null : time;
}
