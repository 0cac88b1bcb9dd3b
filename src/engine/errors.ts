/**
 * What can go wrong in the engine, as stable codes. A code names the subject first (`malformed.cms`), so that a
 * caller can group; the `context` carries offsets, OIDs and sizes, never content or key material.
 */
export type SmimeErrorCode =
  /** The bytes break the grammar of the named format. */
  | "malformed.asn1"
  | "malformed.certificate"
  | "malformed.cms"
  | "malformed.crl"
  | "malformed.ocsp"
  | "malformed.mime"
  | "malformed.address"
  | "malformed.key"
  | "malformed.pem"
  | "malformed.pkcs12"
  | "malformed.sst"
  /** A named limit of limits.ts was passed. */
  | "limit.exceeded"
  /** Well-formed, and nothing that this build can do. */
  | "unsupported.algorithm"
  | "unsupported.content-type"
  | "unsupported.key"
  | "unsupported.option"
  | "unsupported.version"
  /** No key at hand belongs to any recipient. */
  | "decrypt.no-key"
  /** One code for every failure after a key was used, whatever its cause (RFC 3218, RFC 8551 section 6). */
  | "decrypt.failed"
  | "pkcs12.wrong-passphrase"
  | "pkcs12.no-key"
  /** What was asked to be written cannot be written safely. */
  | "sign.key-mismatch"
  | "sign.unusable-certificate"
  | "encrypt.no-recipient"
  | "encrypt.unusable-certificate"
  | "write.self-check-failed"
  /** The message asks for no receipt, or not this reader for one (RFC 2634 section 2.3). */
  | "receipt.not-requested"
  /** A receipt says that a signature was verified: there is none for one that is not valid. */
  | "receipt.not-confirmed";

export type ErrorContext = Readonly<Record<string, string | number | boolean>>;

/** The only exception that the engine throws for bad input. */
export class SmimeError extends Error {
  readonly code: SmimeErrorCode;
  readonly context: ErrorContext;

  constructor(code: SmimeErrorCode, context: ErrorContext = {}, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(context)}`, options);
    this.name = "SmimeError";
    this.code = code;
    this.context = context;
  }
}
