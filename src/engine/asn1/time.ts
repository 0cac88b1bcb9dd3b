import { latin1Text } from "../bytes/text.ts";
import { Tag } from "./tag.ts";
import type { Tlv } from "./tlv.ts";

/** YYMMDDhhmm[ss](Z|+hhmm|-hhmm) (X.680 section 47). */
const UTC_TIME = /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?:Z|([+-])(\d{2})(\d{2}))$/;
/** YYYYMMDDhhmm[ss[.f]](Z|+hhmm|-hhmm) (X.680 section 46); without a zone it would be a time of nobody knows where. */
const GENERALIZED_TIME = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(?:(\d{2})(?:[.,]\d{1,9})?)?(?:Z|([+-])(\d{2})(\d{2}))$/;

/**
 * Reads UTCTime or GeneralizedTime; two digits of year are 1950 to 2049 (RFC 5280 section 4.1.2.5.1). Zone offsets
 * and missing seconds, which RFC 5280 forbids, are read: some old certificates and most old clocks have them.
 * `null` for anything that is no time.
 */
export function parseTime(tlv: Tlv): Date | null {
  if (tlv.tag !== Tag.UtcTime && tlv.tag !== Tag.GeneralizedTime) return null;
  if (tlv.content.length > 30) return null;
  const match = (tlv.tag === Tag.UtcTime ? UTC_TIME : GENERALIZED_TIME).exec(latin1Text(tlv.content));
  if (!match) return null;
  const [, yearText = "", month, day, hour, minute, second = "0", sign, zoneHours = "0", zoneMinutes = "0"] = match;
  let year = Number(yearText);
  if (tlv.tag === Tag.UtcTime) year += year < 50 ? 2000 : 1900;
  const date = new Date(0);
  date.setUTCFullYear(year, Number(month) - 1, Number(day));
  date.setUTCHours(Number(hour), Number(minute), Number(second));
  // A field out of range would roll over into the next one: 31 April is no date.
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  if (Number(zoneHours) > 23 || Number(zoneMinutes) > 59) return null;
  const zone = (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60_000;
  return new Date(date.getTime() - (sign === "-" ? -zone : zone));
}
