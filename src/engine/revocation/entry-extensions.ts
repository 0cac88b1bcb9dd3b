import type { DerCursor } from "../asn1/cursor.ts";
import { Asn1Reader } from "../asn1/reader.ts";
import { Tag } from "../asn1/tag.ts";
import { latin1Text } from "../bytes/text.ts";
import { SmimeError } from "../errors.ts";
import { readExtensionList } from "../x509/extension-list.ts";
import { readGeneralNames } from "../x509/general-name.ts";
import { type Name } from "../x509/name.ts";
import { UNSPECIFIED } from "./reason.ts";

/** CRL entry extensions (RFC 5280 section 5.3). */
const EntryExtensionId = {
  reasonCode: "2.5.29.21",
  invalidityDate: "2.5.29.24",
  certificateIssuer: "2.5.29.29",
} as const;

/** Reads the crlEntryExtensions of one entry after another into its fields. */
export interface EntryExtensions {
  read(cursor: DerCursor, entryEnd: number): void;
  readonly reason: number;
  /** In ms since 1970. */
  readonly invalidityDate: number | null;
  /** Which of `issuers` issued the certificate: of an indirect CRL, that of the entry before where none is named. */
  readonly issuerNumber: number;
  readonly hasUnknownCritical: boolean;
  readonly issuers: readonly Name[];
}

interface Values {
  readonly reason: number;
  readonly invalidityDate: number | null;
  readonly certificateIssuer: Name | null;
  readonly hasUnknownCritical: boolean;
}

const NO_VALUES: Values = {
  reason: UNSPECIFIED,
  invalidityDate: null,
  certificateIssuer: null,
  hasUnknownCritical: false,
};

/** Extensions of an entry that are remembered: a reason alone takes 14 octets, and a list has ten of them. */
const MAX_KNOWN_SIZE = 32;
const MAX_KNOWN = 1024;

/** A reader for the entries of one list. */
export function entryExtensionReader(
  content: Uint8Array,
  crlIssuer: Name,
  kind: "direct" | "indirect",
): EntryExtensions {
  return new Reader(content, crlIssuer, kind);
}

class Reader implements EntryExtensions {
  reason = UNSPECIFIED;
  invalidityDate: number | null = null;
  issuerNumber = 0;
  hasUnknownCritical = false;
  readonly issuers: Name[];
  readonly #content: Uint8Array;
  readonly #kind: "direct" | "indirect";
  /** The same few extensions stand in entry after entry. */
  readonly #known = new Map<string, Values>();
  readonly #issuerNumbers = new Map<string, number>();

  constructor(content: Uint8Array, crlIssuer: Name, kind: "direct" | "indirect") {
    this.#content = content;
    this.#kind = kind;
    this.issuers = [crlIssuer];
  }

  read(cursor: DerCursor, entryEnd: number): void {
    let values = NO_VALUES;
    if (cursor.offset < entryEnd) {
      const from = cursor.offset;
      cursor.expect(Tag.Sequence, entryEnd);
      values = this.#values(from, cursor.end);
    }
    if (cursor.offset !== entryEnd) {
      throw new SmimeError("malformed.asn1", { reason: "trailing-data", offset: cursor.offset });
    }
    this.reason = values.reason;
    this.invalidityDate = values.invalidityDate;
    this.hasUnknownCritical = values.hasUnknownCritical;
    if (values.certificateIssuer) this.#setIssuer(values.certificateIssuer);
  }

  #values(from: number, end: number): Values {
    if (end - from > MAX_KNOWN_SIZE) return readValues(this.#content.slice(from, end), this.#kind);
    const key = latin1Text(this.#content.subarray(from, end));
    const known = this.#known.get(key);
    if (known) return known;
    const values = readValues(this.#content.slice(from, end), this.#kind);
    if (this.#known.size < MAX_KNOWN) this.#known.set(key, values);
    return values;
  }

  #setIssuer(name: Name): void {
    const key = latin1Text(name.der);
    const number = this.#issuerNumbers.get(key) ?? this.issuers.push(name) - 1;
    this.#issuerNumbers.set(key, number);
    this.issuerNumber = number;
  }
}

/** Reads Extensions; the bytes are a copy, so that a name in them does not keep the whole list in memory. */
function readValues(bytes: Uint8Array, kind: "direct" | "indirect"): Values {
  const reader = new Asn1Reader(bytes);
  let { reason, invalidityDate, certificateIssuer, hasUnknownCritical } = NO_VALUES;
  for (const { oid, critical, value } of readExtensionList(reader).values()) {
    const fields = new Asn1Reader(value);
    if (oid === EntryExtensionId.reasonCode) {
      reason = fields.smallInteger(Tag.Enumerated);
      fields.end();
    } else if (oid === EntryExtensionId.invalidityDate) {
      invalidityDate = fields.time().getTime();
      fields.end();
    } else if (oid === EntryExtensionId.certificateIssuer && kind === "indirect") {
      const names = readGeneralNames(fields.sequence());
      fields.end();
      certificateIssuer = names.find((name) => name.kind === "directoryName")?.value ?? null;
      // A certificate's issuer is a directory name; of another form, nobody knows whose entry this is.
      hasUnknownCritical ||= certificateIssuer === null;
    } else {
      hasUnknownCritical ||= critical;
    }
  }
  reader.end();
  return { reason: reason > 255 ? UNSPECIFIED : reason, invalidityDate, certificateIssuer, hasUnknownCritical };
}
