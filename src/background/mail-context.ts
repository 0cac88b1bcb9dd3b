import type { Attempts } from "../keys/software/attempts.ts";
import type { Certificate } from "../engine/x509/certificate.ts";
import type { Identity } from "../engine/smime/identity.ts";
import type { OpenedMessage } from "../engine/smime/open.ts";
import type { TrustAnchor } from "../engine/x509/trust-anchor.ts";
import type { PageRequest } from "../messages/content-requests.ts";
import type { PersonalMark } from "../settings/mark.ts";
import type { TakenCertificate } from "./use-cases/contacts.ts";
import type { SigningForm } from "./use-cases/signing-form.ts";
import type { ContactRow } from "../storage/contacts.ts";
import type { DraftFileRow, DraftRow } from "../storage/drafts.ts";
import type { PersonRow } from "../storage/people.ts";
import type { Rows } from "../storage/rows.ts";
import type { VerifiedRow } from "../storage/verified.ts";
import type { Questions } from "./use-cases/questions.ts";
import type { View, Views } from "./use-cases/views.ts";

/** Own certificates and keys, as far as mail in a page needs them. */
export interface OwnKeys {
  /** Known while locked too. */
  certificates(): Promise<readonly Certificate[]>;
  /** Issuers' certificates that came with own ones: for paths only. */
  issuers(): Promise<readonly Certificate[]>;
  /** `null` while they are locked. */
  unlocked(): Promise<readonly Identity[] | null>;
}

export interface MailSettings {
  readonly alwaysSign: boolean;
  readonly isSignFixed: boolean;
  readonly signing: SigningForm;
  /** Whether a person chooses among several certificates that fit; otherwise the newest signs. */
  readonly choosesCertificate: boolean;
  readonly isTextOnly: boolean;
  readonly openEncryptedOnSight: boolean;
  readonly alwaysEncrypt: boolean;
  readonly isEncryptFixed: boolean;
  readonly hidesSubject: boolean;
  /** Sign once more around the encryption. */
  readonly wrapsTwice: boolean;
}

/** All that the use-cases of a mail page ask of the world. */
export interface MailContext {
  readonly views: Views;
  /** Counts an operation with a private key that nobody pressed for. */
  readonly takeOperation: (tabId: number) => Promise<boolean>;
  readonly keys: OwnKeys;
  readonly anchors: () => Promise<readonly TrustAnchor[]>;
  readonly settings: () => Promise<MailSettings>;
  /** The person's own; `null` where it cannot be read. */
  readonly mark: () => Promise<PersonalMark | null>;
  /** Keeps the signer of a verified message as a contact. */
  readonly remember: (opened: OpenedMessage) => Promise<TakenCertificate | null>;
  readonly contacts: Rows<ContactRow>;
  /** What the person decided of single certificates. */
  readonly people: () => Promise<readonly PersonRow[]>;
  readonly verified: Rows<VerifiedRow>;
  /** Takes the certificate of a person's file for this address; `false` where none in it is. */
  readonly importFor: (address: string, file: Uint8Array) => Promise<boolean>;
  readonly drafts: Rows<DraftRow>;
  readonly draftFiles: Rows<DraftFileRow>;
  readonly questions: Questions;
  /** Slows down guessing the passwords of messages. */
  readonly passwordAttempts: Attempts;
  /** Asks the content script of a view; what comes back is not trusted. */
  readonly askPage: (view: View, request: PageRequest) => Promise<unknown>;
  readonly now: () => Date;
}
