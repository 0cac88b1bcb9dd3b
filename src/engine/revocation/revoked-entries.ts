import { DerCursor } from "../asn1/cursor.ts";
import { Tag } from "../asn1/tag.ts";
import { hashBytes } from "../bytes/hash.ts";
import { SmimeError } from "../errors.ts";
import { type Name, sameName } from "../x509/name.ts";
import { readEntryTime } from "./entry-time.ts";
import { type EntryExtensions, entryExtensionReader } from "./entry-extensions.ts";
import { type SerialBuckets, sortIntoBuckets } from "./serial-buckets.ts";

/**
 * The revokedCertificates of a CRL as an index that needs the CRL's bytes no more: flat arrays with some 40 octets an
 * entry, so that a list of a million stays in memory and can be stored as it is.
 */
export interface RevokedEntries {
  readonly count: number;
  /** Content octets of all serial numbers, one after another. */
  readonly serials: Uint8Array;
  /** Where each serial number ends in `serials`. */
  readonly serialEnds: Uint32Array;
  /** revocationDate of each entry, in ms since 1970. */
  readonly dates: Float64Array;
  /** invalidityDate of each entry, NaN where it has none; `null` where no entry has one. */
  readonly invalidityDates: Float64Array | null;
  /** CRLReason of each entry. */
  readonly reasons: Uint8Array;
  /** For each entry of an indirect CRL, which of `issuers` issued the certificate; `null` where all are the first's. */
  readonly issuerNumbers: Uint32Array | null;
  readonly issuers: readonly Name[];
  readonly buckets: SerialBuckets;
  /** An entry has a critical extension that is not processed, so nothing may be read from this list (section 5.3). */
  readonly hasUnknownCriticalExtension: boolean;
}

export interface RevokedEntry {
  /** Number of CRLReason. */
  readonly reason: number;
  readonly date: Date;
  readonly invalidityDate: Date | null;
}

/** `RevokedEntries` of a CRL that revokes nothing. */
export function noEntries(crlIssuer: Name): RevokedEntries {
  return readRevokedEntries(new Uint8Array(0), crlIssuer, "direct");
}

/**
 * Reads `SEQUENCE OF SEQUENCE { userCertificate INTEGER, revocationDate Time, crlEntryExtensions OPTIONAL }` (RFC 5280
 * section 5.1.2.6), given its content octets.
 *
 * @throws {SmimeError} `malformed.asn1`
 */
export function readRevokedEntries(content: Uint8Array, crlIssuer: Name, kind: "direct" | "indirect"): RevokedEntries {
  const { count, serialOctets } = measure(content);
  const serials = new Uint8Array(serialOctets);
  const serialEnds = new Uint32Array(count);
  const dates = new Float64Array(count);
  const reasons = new Uint8Array(count);
  const hashes = new Uint32Array(count);
  const issuerNumbers = kind === "indirect" ? new Uint32Array(count) : null;
  let invalidityDates: Float64Array | null = null;
  let hasUnknownCriticalExtension = false;

  const cursor = new DerCursor(content);
  const extensions: EntryExtensions = entryExtensionReader(content, crlIssuer, kind);
  let serialEnd = 0;
  for (let i = 0; i < count; i++) {
    cursor.expect(Tag.Sequence, content.length);
    const end = cursor.enter();
    cursor.expect(Tag.Integer, end);
    checkInteger(content, cursor.start, cursor.end);
    for (let at = cursor.start; at < cursor.end; at++) serials[serialEnd++] = content[at] ?? 0;
    serialEnds[i] = serialEnd;
    hashes[i] = hashBytes(content, cursor.start, cursor.end);
    cursor.next(end);
    dates[i] = readEntryTime(content, cursor.tag, cursor.start, cursor.end);
    extensions.read(cursor, end);
    reasons[i] = extensions.reason;
    if (issuerNumbers) issuerNumbers[i] = extensions.issuerNumber;
    if (extensions.invalidityDate !== null) {
      invalidityDates ??= new Float64Array(count).fill(NaN);
      invalidityDates[i] = extensions.invalidityDate;
    }
    hasUnknownCriticalExtension ||= extensions.hasUnknownCritical;
  }
  const buckets = sortIntoBuckets(hashes);
  const { issuers } = extensions;
  return {
    count,
    serials,
    serialEnds,
    dates,
    invalidityDates,
    reasons,
    issuerNumbers,
    issuers,
    buckets,
    hasUnknownCriticalExtension,
  };
}

/** Counts before anything is kept, so that every array is made once in its size. */
function measure(content: Uint8Array): { count: number; serialOctets: number } {
  const cursor = new DerCursor(content);
  let count = 0;
  let serialOctets = 0;
  while (cursor.offset < content.length) {
    cursor.expect(Tag.Sequence, content.length);
    const end = cursor.enter();
    cursor.expect(Tag.Integer, end);
    serialOctets += cursor.end - cursor.start;
    cursor.offset = end;
    count++;
  }
  return { count, serialOctets };
}

/** The entry of a certificate, by its serial number and issuer; `null` where it is not on the list. */
export function findEntry(entries: RevokedEntries, issuer: Name, serialNumber: Uint8Array): RevokedEntry | null {
  const { bucketStarts, order } = entries.buckets;
  const bucket = hashBytes(serialNumber) & (bucketStarts.length - 2);
  for (let i = bucketStarts[bucket] ?? 0; i < (bucketStarts[bucket + 1] ?? 0); i++) {
    const entry = order[i] ?? 0;
    if (hasSerial(entries, entry, serialNumber) && isOfIssuer(entries, entry, issuer)) return entryAt(entries, entry);
  }
  return null;
}

function hasSerial({ serials, serialEnds }: RevokedEntries, entry: number, serialNumber: Uint8Array): boolean {
  const start = entry === 0 ? 0 : (serialEnds[entry - 1] ?? 0);
  if ((serialEnds[entry] ?? 0) - start !== serialNumber.length) return false;
  return serialNumber.every((octet, i) => serials[start + i] === octet);
}

function isOfIssuer({ issuerNumbers, issuers }: RevokedEntries, entry: number, issuer: Name): boolean {
  const name = issuers[issuerNumbers?.[entry] ?? 0];
  return name !== undefined && sameName(name, issuer);
}

function entryAt({ reasons, dates, invalidityDates }: RevokedEntries, entry: number): RevokedEntry {
  const invalidityDate = invalidityDates?.[entry] ?? NaN;
  return {
    reason: reasons[entry] ?? 0,
    date: new Date(dates[entry] ?? NaN),
    invalidityDate: Number.isNaN(invalidityDate) ? null : new Date(invalidityDate),
  };
}

/** X.690 section 8.3: at least one octet, and no more than needed. */
function checkInteger(bytes: Uint8Array, start: number, end: number): void {
  const first = bytes[start] ?? 0;
  const second = bytes[start + 1] ?? 0;
  const isPadded = end - start > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
  if (end === start || isPadded) throw new SmimeError("malformed.asn1", { reason: "integer", offset: start });
}
