/** One entry of sMIMECapabilities (RFC 8551 section 2.5.2). */
export interface Capability {
  readonly oid: string;
  /** DER; `null` where absent. */
  readonly parameters: Uint8Array | null;
}

/** What identifies a signed message in a receipt for it (RFC 2634 section 2.8). */
export interface AnsweredMessage {
  readonly contentType: string;
  readonly contentIdentifier: Uint8Array;
  readonly signatureValue: Uint8Array;
  /** Digest of the signed attributes, by the signer's digest algorithm: the message signature digest. */
  readonly signatureDigest: Uint8Array;
}

/** A request for a signed receipt (RFC 2634 section 2.7). Names are the mail addresses among them. */
export interface ReceiptRequest {
  /** From whom: everybody, those who got it from no mailing list, or these. */
  readonly from: "all" | "first-tier" | readonly string[];
  readonly to: readonly string[];
  readonly message: AnsweredMessage;
}

/** A security label (RFC 2634 section 3.2): what it means, its policy says. */
export interface SecurityLabel {
  /** OID of the policy. */
  readonly policy: string;
  /** 0 unmarked, 1 unclassified, 2 restricted, 3 confidential, 4 secret, 5 top secret; others by the policy. */
  readonly classification: number | null;
  readonly privacyMark: string | null;
  readonly categories: readonly { readonly type: string; readonly value: Uint8Array }[];
}

/** One mailing list that passed the message on (RFC 2634 section 4.4). */
export interface MailingListExpansion {
  /** Issuer and serial number of the list's certificate, or its key identifier in hexadecimal. */
  readonly list: string;
  readonly at: Date;
  /** What the list does with requests for receipts; `null` where it leaves them as they are. */
  readonly receipts: { readonly kind: "none" | "instead-of" | "in-addition-to"; readonly to: readonly string[] } | null;
}

/** What a signer says in signed attributes; nothing of a signature that does not fit. */
export interface SignerClaims {
  /** What the signer's programs read, the preferred first; `null` where nothing is said. */
  readonly capabilities: readonly Capability[] | null;
  /** DER of the certificate that answers are to be encrypted to, where it came with the message. */
  readonly encryptionCertificate: Uint8Array | null;
  readonly receiptRequest: ReceiptRequest | null;
  readonly securityLabel: SecurityLabel | null;
  /** The same label in other policies (RFC 2634 section 3.4). */
  readonly equivalentLabels: readonly SecurityLabel[];
  /** The lists in their order. */
  readonly mailingLists: readonly MailingListExpansion[];
}
