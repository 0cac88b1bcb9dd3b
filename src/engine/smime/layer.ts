import type { DecryptOutcome } from "../cms/decrypt.ts";
import type { RevocationInfo } from "../cms/revocation-info.ts";
import type { VerifiedSigner } from "../cms/verify-signer.ts";
import type { Certificate } from "../x509/certificate.ts";

/** A layer as it was taken off, before anything is said of trust. */
export type PeeledLayer = SignatureLayer | EncryptionLayer | WrappingLayer;

export interface SignatureLayer {
  readonly kind: "signature";
  readonly type: "signed-data" | "multipart-signed";
  /** The bytes that the signatures hash. */
  readonly covered: Uint8Array | null;
  readonly signers: readonly VerifiedSigner[];
  /** All that came with it: candidates for the signers' paths. */
  readonly certificates: readonly Certificate[];
  readonly revocationInfo: RevocationInfo;
  /** The signature part could not be read at all. */
  readonly isMalformed: boolean;
  /** What was signed is no mail (RFC 8551 section 2.4): a time stamp, a program; its OID. */
  readonly foreignContent?: string;
}

/** What neither signs nor encrypts: it has no say in any verdict. */
export interface WrappingLayer {
  readonly kind: "wrapping";
  readonly type: "compressed-data" | "digested-data";
  /** What is inside, decompressed. */
  readonly covered: Uint8Array;
  /** Octets of the outermost compressed content that this is in, or is; `null` for data that is not compressed. */
  readonly compressedSize: number | null;
}

export interface EncryptionLayer {
  readonly kind: "encryption";
  readonly type: "enveloped-data" | "authenveloped-data";
  readonly outcome: DecryptOutcome;
}
