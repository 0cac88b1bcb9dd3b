import type { EncryptionReason, MessageVerdict, RecipientMatch, SignerVerdict } from "../engine/verdicts.ts";
import type { Failure } from "./failure.ts";
import type { PageAnswers } from "./page-answers.ts";
import type { PageRequest, PageRequestName } from "./page-requests.ts";

export type { Failure } from "./failure.ts";

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure };

export interface CertificateSummary {
  /** SHA-256 of the DER, lower-case hexadecimal. */
  readonly fingerprint: string;
  /** RFC 4514. */
  readonly subject: string;
  readonly issuer: string;
  readonly emails: readonly string[];
  /** Lower-case hexadecimal. */
  readonly serial: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly isAuthority: boolean;
}

export interface AddressView {
  /** Display name in one harmless line; empty without one. */
  readonly name: string;
  readonly address: string | null;
  /** The name shows an address other than the real one (attack 18). */
  readonly nameShowsOtherAddress: boolean;
}

export interface HeaderView {
  readonly from: readonly AddressView[];
  readonly to: readonly AddressView[];
  readonly cc: readonly AddressView[];
  readonly subject: string | null;
  readonly date: Date | null;
}

/** Size and SHA-256 of the bytes that a layer covers: what its signature hashes, or what it decrypts to. */
export interface Coverage {
  readonly size: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/** A certificate that a message brings along and nobody has signed for. */
export interface CarriedCertificate extends CertificateSummary {
  readonly der: Uint8Array;
}

/** The engine's `LayerVerdict`, with the measure of the covered bytes in place of the bytes. */
export type LayerView =
  | {
      readonly type: "signed-data" | "multipart-signed";
      readonly covers: Coverage | null;
      readonly signers: readonly SignerVerdict[];
      readonly isMalformed: boolean;
      readonly foreignContent?: string;
      readonly certificates?: readonly CarriedCertificate[];
    }
  | {
      readonly type: "compressed-data" | "digested-data";
      readonly covers: Coverage | null;
    }
  | {
      readonly type: "enveloped-data" | "authenveloped-data";
      readonly covers: Coverage | null;
      readonly cipher: string;
      readonly recipient: RecipientMatch | null;
      readonly recipients: readonly string[];
      readonly isAuthenticated: boolean;
      readonly reasons: readonly EncryptionReason[];
    };

/**
 * How a part is shown. `html-as-text` is HTML that an attacker may have put together (attack 24): only its words are.
 * `alternative` is another form of a part that is shown; nothing is sent of it. `related` serves an HTML part.
 */
export type PartRole = "text" | "html" | "html-as-text" | "alternative" | "related" | "attachment";

/** A leaf part of the innermost entity. */
export interface PartView {
  /** As `1.2`. */
  readonly path: string;
  readonly type: string;
  /** As the message says it; not safe as a file name. */
  readonly name: string | null;
  /** Of the decoded content, in bytes. */
  readonly size: number;
  readonly sha256: string;
  readonly covered: "signed+encrypted" | "signed" | "encrypted" | "none";
  readonly role: PartRole;
  /** Without the angle brackets. */
  readonly contentId: string | null;
}

/** An S/MIME part below the root. Its own bytes follow as the piece `nested/<path>`, to be saved and opened alone. */
export interface NestedView {
  readonly path: string;
  readonly type: string;
}

/** Pieces of the signed part of a message, which stands apart in it, have paths that begin with it. */
export const SIGNED_CORE = "signed/";

/** A signed part that others put text around; it says nothing of the message, and is shown apart (attack 12). */
export interface SignedCoreView {
  /** Of the part, as `1.2`. */
  readonly path: string;
  readonly surroundedBy: "mailing-list" | "unknown";
  /** Name of the list, as it says itself. */
  readonly list: string | null;
  /**
   * HTML outside the part shows something of it as its own, or hides it (attack 14). The latter is added where there is a
   * DOM to tell it.
   */
  readonly isMisleading: boolean;
  /** Judged alone, with the message's From. Its contents follow under `SIGNED_CORE`. */
  readonly view: MessageView;
}

/** What the person's own certificates and contacts say of a message, beside its verdict. */
export interface KnownView {
  /** Every signer's certificate is the person's own. */
  readonly isOwnSignature: boolean;
  /** The own certificate that the message was opened with, and when it ends; `null` where none was. */
  readonly openedWith: { readonly fingerprint: string; readonly endsAt: Date } | null;
  /** Whose the keys are that the innermost encryption is for, one for each; `null` for a stranger's. */
  readonly recipients: readonly (string | null)[];
  /** Whose the keys are that it is closed to; `null` where one of them is nobody's that is known. */
  readonly keyHolder: { readonly kind: "self"; readonly endsAt: Date } | { readonly kind: "others" } | null;
  /** The contact whose address the sender's imitates by look-alike letters, and the sender's without them. */
  readonly imitated: { readonly contact: string; readonly plain: string } | null;
  /**
   * Since when every signature was verified here, with a certificate that was good then, and whether it was known not to
   * be withdrawn; `null` where one was not.
   */
  readonly verified: { readonly at: Date; readonly wasInForce: boolean } | null;
  /** When the person decided for the signer's certificate and the sender's address; `null` for no decision. */
  readonly decidedAt: Date | null;
  /** How many messages the sender has signed lately; 0 where that is no habit. */
  readonly signedBefore: number;
}

/** What a message is found to be. It holds no content: that follows in pieces. */
export interface MessageView {
  readonly verdict: MessageVerdict;
  readonly layers: readonly LayerView[];
  /** As the message shows them outside any protection. */
  readonly outer: HeaderView;
  /** As they stand inside signature or encryption, where they do (RFC 9788). */
  readonly inner: HeaderView | null;
  readonly parts: readonly PartView[];
  readonly nested: readonly NestedView[];
  readonly core: SignedCoreView | null;
  readonly known: KnownView;
}

/**
 * What the background sends on the port, in this order: one `opened`, pieces of each part in order (text in UTF-8), one
 * `done`; or one `failed`. Decrypted content never becomes a Blob, which a browser may write to the disk.
 */
export type OpenEvent =
  | { readonly kind: "opened"; readonly view: MessageView }
  | { readonly kind: "piece"; readonly path: string; readonly bytes: Uint8Array }
  | { readonly kind: "done" }
  | { readonly kind: "failed"; readonly error: Failure };

/** What each request is answered with. */
export type ValueOf<Name extends PageRequestName> = PageAnswers[Name];
export type RequestOf<Name extends PageRequestName> = Extract<PageRequest, { name: Name }>;
