import type { Database } from "./database.ts";
import { Store } from "./names.ts";
import { certificateDer, fingerprint, list, nullable, oneOf, record, text, time } from "./record.ts";
import { rows, type Rows } from "./rows.ts";

/** A certificate of a contact, and where it comes from. */
export interface ContactCertificate {
  readonly fingerprint: string;
  /** DER. */
  readonly certificate: Uint8Array<ArrayBuffer>;
  /** DER of its issuers' certificates that came with it: for paths only, trusted for nothing. */
  readonly issuers: readonly Uint8Array<ArrayBuffer>[];
  readonly source: "signed-mail" | "file";
  readonly addedAt: Date;
}

export interface ContactRow {
  /** As `contactAddress` writes it. */
  readonly address: string;
  readonly current: ContactCertificate;
  /** Another one than the current, until a person has decided (attack 33). */
  readonly waiting: ContactCertificate | null;
  /** Those before the current one, newest first. */
  readonly history: readonly ContactCertificate[];
  /** Fingerprints of those that were turned down: they do not wait again. */
  readonly refused: readonly string[];
  /** OIDs of what the person's program reads (RFC 8551 section 2.5.2), out of the last verified message that said it. */
  readonly capabilities: readonly string[] | null;
  /** When mail was signed that was verified here, newest first: whether somebody usually signs. */
  readonly signedMail: readonly Date[];
  /** When encrypted mail first went between this contact and the person, either way; `null` where none is known. */
  readonly encryptedSince: Date | null;
}

/** RFC 5321 sections 4.5.3.1.1 and 4.5.3.1.2: 64 octets, `@`, 255 octets. */
export const MAX_ADDRESS_LENGTH = 320;
export const MAX_CONTACT_HISTORY = 100;
/** No path that is looked at has more (`MAX_PATH_LENGTH` of the engine). */
export const MAX_ISSUERS = 8;
/** As many as the engine reads; their OIDs are far shorter than this. */
const MAX_CAPABILITIES = 64;
export const MAX_OID_LENGTH = 256;
export const MAX_SIGNED_MAIL = 20;

const certificate = record<ContactCertificate>({
  fingerprint,
  certificate: certificateDer,
  issuers: list(certificateDer, MAX_ISSUERS),
  source: oneOf("signed-mail", "file"),
  addedAt: time,
});

export const contactRows = (database: Database): Rows<ContactRow> =>
  rows(
    database,
    Store.contacts,
    record<ContactRow>({
      address: text(MAX_ADDRESS_LENGTH),
      current: certificate,
      waiting: nullable(certificate),
      history: list(certificate, MAX_CONTACT_HISTORY),
      refused: list(fingerprint, MAX_CONTACT_HISTORY),
      capabilities: nullable(list(text(MAX_OID_LENGTH, /^[0-9.]+$/), MAX_CAPABILITIES)),
      signedMail: list(time, MAX_SIGNED_MAIL),
      encryptedSince: nullable(time),
    }),
  );
