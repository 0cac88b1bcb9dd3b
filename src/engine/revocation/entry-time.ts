import { Tag } from "../asn1/tag.ts";
import { parseTime } from "../asn1/time.ts";
import { SmimeError } from "../errors.ts";

const Z = 0x5a;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * A Time as ms since 1970. RFC 5280 section 4.1.2.5 has two forms, and all lists have `YYMMDDhhmmssZ` in nearly every
 * entry: that one is read without making anything; what looks otherwise goes the way of all times.
 *
 * @throws {SmimeError} `malformed.asn1`
 */
export function readEntryTime(bytes: Uint8Array, tag: number, start: number, end: number): number {
  return readUtcTime(bytes, tag, start, end) ?? readAnyTime(bytes, tag, start, end);
}

function readUtcTime(bytes: Uint8Array, tag: number, start: number, end: number): number | null {
  if (tag !== Tag.UtcTime || end - start !== 13 || bytes[end - 1] !== Z) return null;
  const year = twoDigits(bytes, start);
  const month = twoDigits(bytes, start + 2);
  const day = twoDigits(bytes, start + 4);
  const hour = twoDigits(bytes, start + 6);
  const minute = twoDigits(bytes, start + 8);
  const second = twoDigits(bytes, start + 10);
  const isInRange = year >= 0 && month >= 1 && day >= 1 && day <= (DAYS[month - 1] ?? 0);
  if (!isInRange || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return null;
  return Date.UTC(year < 50 ? 2000 + year : 1900 + year, month - 1, day, hour, minute, second);
}

/** Negative for what are no digits. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] ?? 0) - 0x30;
  const ones = (bytes[at + 1] ?? 0) - 0x30;
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
}

function readAnyTime(bytes: Uint8Array, tag: number, start: number, end: number): number {
  const time = parseTime({ tag, content: bytes.subarray(start, end), bytes: bytes.subarray(start, end) });
  if (!time) throw new SmimeError("malformed.asn1", { reason: "time", offset: start });
  return time.getTime();
}
