import type { SignerClaims } from "./claims.ts";

/**
 * What is said of a message, as data. A verdict is never a boolean and never an exception; each one that is not the
 * best has a reason, a stable code that the user interface has words for (`../../public/_locales`).
 */

/** Why a signature does not fit. In order of rank: the first that applies is the one shown. */
export const INVALID_REASONS = [
  /** `multipart/signed` whose SignedData carries a content of its own (RFC 8551 section 3.5.3; attack 1). */
  "two-contents",
  /** Signed without attributes over bytes that are attributes themselves (RFC 8933, attack 2). */
  "content-is-signed-attributes",
  /** messageDigest differs from the digest of the content: changed after signing. */
  "content-changed",
  "signature-mismatch",
  /** signedAttrs lack contentType or messageDigest (RFC 5652 section 5.3). */
  "required-attribute-missing",
  /** An attribute that must occur once with one value does not. */
  "attribute-repeated",
  "content-type-mismatch",
  /** signingCertificate(V2) names another certificate (RFC 5035 section 5.4, attack 7). */
  "certificate-substituted",
  /** CMSAlgorithmProtection names other algorithms (RFC 6211, attack 8). */
  "algorithm-substituted",
  /** The digest of the signature algorithm is not the one of digestAlgorithm. */
  "digest-algorithm-mismatch",
  /** The SignerInfos name certificates of different addresses (attack 3). */
  "signers-differ",
  /** The structure cannot be read as a signature. */
  "malformed-signature",
] as const;
export type InvalidReason = (typeof INVALID_REASONS)[number];

export type UnsupportedReason =
  | "unknown-digest"
  | "unknown-signature-algorithm"
  | "unsupported-key"
  /** A signature that stands alone, and what it was made over is not here. */
  | "content-missing"
  /** The certificate that the SignerInfo names came neither with the message nor from elsewhere. */
  | "signer-certificate-missing"
  | "limit-exceeded";

export type IntegrityVerdict =
  | { readonly status: "valid" }
  | { readonly status: "invalid"; readonly reason: InvalidReason }
  | { readonly status: "unsupported"; readonly reason: UnsupportedReason };

/** Why no trusted path was found. In order of rank: a path that got further has the more useful reason. */
export const UNTRUSTED_REASONS = [
  /** Nobody could say that it is not revoked, where that is demanded. */
  "revocation-unknown",
  "anchor-distrusted",
  "expired-at-signing",
  "not-yet-valid-at-signing",
  "purpose-not-allowed",
  "key-usage-not-allowed",
  "name-constraint-violated",
  /** No certificate policy that is demanded, or that the user takes (RFC 5280 section 6.1.5). */
  "no-valid-policy",
  "any-policy-mapped",
  "path-too-long",
  "issuer-not-a-ca",
  "unknown-critical-extension",
  "malformed-extension",
  "weak-key",
  "weak-signature-algorithm",
  "unsupported-signature-algorithm",
  "wrong-issuer-key",
  "self-signed",
  "unknown-issuer",
  "signer-certificate-missing",
  "path-budget-exhausted",
] as const;
export type UntrustedReason = (typeof UNTRUSTED_REASONS)[number];

export type PathVerdict =
  | {
      readonly status: "trusted";
      /** Names from the leaf to the anchor. */
      readonly path: readonly string[];
      /** Valid at the signing time, and ended since. */
      readonly reason: "expired-since" | null;
      /** No anchor vouches for it, and a person does, for the address in From alone. */
      readonly by?: "person";
    }
  | {
      readonly status: "untrusted";
      readonly reason: UntrustedReason;
      /** Name of the certificate that the reason concerns; for `unknown-issuer` the issuer that is missing. */
      readonly certificate: string | null;
    };

/** CRLReason (RFC 5280 section 5.3.1), by its names there. */
export type RevocationReason =
  | "unspecified"
  | "keyCompromise"
  | "cACompromise"
  | "affiliationChanged"
  | "superseded"
  | "cessationOfOperation"
  | "certificateHold"
  | "removeFromCRL"
  | "privilegeWithdrawn"
  | "aACompromise";

/** Revoked for a reason that says nothing of the time before, and signed before it, as the signer says. */
export type RevokedLater = "affiliationChanged" | "superseded" | "cessationOfOperation";

/** Why nobody could say whether a certificate is revoked. In order of rank: the first that applies is the one shown. */
export const REVOCATION_UNKNOWN_REASONS = [
  /** A responder that may answer does not know the certificate. */
  "responder-does-not-know",
  /** The certificate ended before the list was made, so that it may have been taken off. */
  "ended-before-list",
  "issuer-revoked",
  /** Of a responder that points to a list about itself (RFC 6960 section 4.2.2.2.1). */
  "responder-not-checked",
  "expired",
  "not-yet-valid",
  /** A list without nextUpdate (RFC 5280 section 5.1.2.5). */
  "without-end",
  "unknown-critical-extension",
  "nonce-differs",
  /** Whoever signed may not sign lists or responses. */
  "issuer-not-allowed",
  "issuer-untrusted",
  "weak-signature-algorithm",
  "unsupported-signature-algorithm",
  "signature-invalid",
  "issuer-missing",
  /** Of lists for some reasons, one is missing. */
  "some-reasons-only",
  /** There is a delta CRL and nothing that it continues. */
  "complete-list-missing",
  /** The list is of other certificates of this issuer. */
  "other-scope",
  "responder-error",
  "budget-exhausted",
  "no-list-and-no-response",
] as const;
export type RevocationUnknownReason = (typeof REVOCATION_UNKNOWN_REASONS)[number];

export type RevocationVerdict =
  | { readonly status: "good" }
  | {
      readonly status: "revoked";
      readonly reason: RevocationReason | `${RevokedLater}-after-signing`;
      readonly at: Date;
      /** Name of the certificate that is revoked: the signer's or an issuer's. */
      readonly certificate: string;
    }
  | { readonly status: "unknown"; readonly reason: RevocationUnknownReason; readonly certificate: string }
  /** "path-untrusted": nothing is asked of a certificate that nobody vouches for; "trusted-itself": nobody could revoke. */
  | { readonly status: "not-checked"; readonly reason: "off" | "path-untrusted" | "trusted-itself" };

export type SenderVerdict =
  | {
      readonly status: "matches";
      /** The local part differs in ASCII capitals only; or a person has linked the certificate with the address. */
      readonly reason: "local-part-case" | "linked" | null;
    }
  | { readonly status: "differs"; readonly reason: SenderDifference }
  | {
      readonly status: "no-address";
      readonly reason: "certificate-has-no-address" | "from-missing" | "from-malformed";
    };

export type SenderDifference =
  | "other-address"
  /** From is another address; Sender is the signer's. */
  | "only-sender-matches"
  /** The message names several From addresses, and not all are the signer's. */
  | "not-every-from-matches"
  /** The From inside the protection is not the one outside. */
  | "protected-from-differs";

/** Why a signature that fits is not counted. */
export type Weakness = "weak-digest" | "weak-key";

/** One SignerInfo, judged. */
export interface SignerVerdict {
  /** Of the certificate; `null` where the certificate is missing. */
  readonly subject: string | null;
  readonly emails: readonly string[];
  readonly issuer: string | null;
  /** Lower-case hexadecimal. */
  readonly serial: string | null;
  /** DER of the signer's certificate, for the details panel and for contacts. */
  readonly certificate: Uint8Array | null;
  /** DER of the certificates between that one and the anchor, where the path is trusted: for contacts. */
  readonly issuers: readonly Uint8Array[];
  readonly digest: string;
  readonly signature: string;
  /** The octets of the signature itself, which nobody but the key's holder can tell beforehand. */
  readonly signatureValue: Uint8Array;
  /** What the signer claims. */
  readonly signingTime: Date | null;
  readonly integrity: IntegrityVerdict;
  readonly path: PathVerdict;
  readonly revocation: RevocationVerdict;
  readonly sender: SenderVerdict;
  readonly weaknesses: readonly Weakness[];
  /** Signatures over this one (RFC 5652 section 11.4): shown, and never part of the verdict. */
  readonly counterSignatures: readonly CounterSignature[];
  readonly claims: SignerClaims;
}

/** A countersignature, of whom nothing is said but that it fits: anybody may add one, or take one away. */
export type CounterSignature = Pick<
  SignerVerdict,
  "subject" | "issuer" | "serial" | "digest" | "signature" | "signingTime" | "integrity"
>;

export interface RecipientMatch {
  readonly kind: "ktri" | "kari" | "kekri" | "pwri" | "ori";
  readonly algorithm: string;
  readonly match: "issuer-serial" | "subject-key-identifier" | "key-identifier" | "password";
}

export type LayerVerdict =
  | {
      readonly type: "signed-data" | "multipart-signed";
      /** The bytes that the signatures hash; `null` where a detached content is missing. */
      readonly covered: Uint8Array | null;
      readonly signers: readonly SignerVerdict[];
      /** The signature part could not be read. */
      readonly isMalformed: boolean;
      /** What was signed is no mail, so that the signature says nothing of the message; its OID. */
      readonly foreignContent?: string;
      /** DER of what a layer without signers carries (RFC 8551 section 3.7): nobody has vouched for any of it. */
      readonly certificates?: readonly Uint8Array[];
    }
  | {
      /** Neither signs nor encrypts, and has no say in any verdict. */
      readonly type: "compressed-data" | "digested-data";
      readonly covered: Uint8Array;
    }
  | {
      readonly type: "enveloped-data" | "authenveloped-data";
      readonly cipher: string;
      /** `null` where no key at hand fits. */
      readonly recipient: RecipientMatch | null;
      /** Identifiers of all recipients: issuer and serial number, or key identifier. */
      readonly recipients: readonly string[];
      /** What it decrypts to; `null` where it was not decrypted. */
      readonly covered: Uint8Array | null;
      readonly isAuthenticated: boolean;
      /** Why it could not be decrypted, or what is unusual. */
      readonly reasons: readonly EncryptionReason[];
    };

export type EncryptionReason =
  | "decrypt.no-key"
  /** A password would open it, and none was given. */
  | "needs-password"
  /** Whatever went wrong after a key was used (RFC 3218). */
  | "decrypt.failed"
  | "unknown-cipher"
  | "unknown-key-management"
  /** 3DES, RC2 and DES. */
  | "obsolete-cipher"
  /** AES-GCM or AES-CCM where only CBC belongs. */
  | "gcm-in-enveloped-data";

/** Best last: the status of several signers is the worst of theirs. */
export const SIGNATURE_STATUSES = [
  "invalid",
  "revoked",
  "untrusted",
  "weak",
  "unsupported",
  "none",
  "valid-revocation-unknown",
  "valid",
] as const;
export type SignatureStatus = (typeof SIGNATURE_STATUSES)[number];

export type EncryptionStatus =
  | "none"
  /** CBC: what was decrypted may have been altered (RFC 8551 section 3.3). */
  | "unauthenticated"
  | "authenticated"
  | "cannot-decrypt";

export type SenderStatus = "matches" | "differs" | "no-address" | "none";

/** What a message's banner says, made by the verifier from its layers and nothing else. */
export interface MessageVerdict {
  readonly signature: SignatureStatus;
  readonly encryption: EncryptionStatus;
  readonly sender: SenderStatus;
  /** Stable codes, most useful first. */
  readonly reasons: readonly string[];
}
