import type { DecryptOutcome } from "../cms/decrypt.ts";
import type { VerifiedSigner } from "../cms/verify-signer.ts";
import type { Certificate } from "../x509/certificate.ts";

/** A layer as it was taken off, before anything is said of trust. */
export type PeeledLayer = SignatureLayer | EncryptionLayer;

export interface SignatureLayer {
  readonly kind: "signature";
  readonly type: "signed-data" | "multipart-signed";
  /** The bytes that the signatures hash. */
  readonly covered: Uint8Array | null;
  readonly signers: readonly VerifiedSigner[];
  /** All that came with it: candidates for the signers' paths. */
  readonly certificates: readonly Certificate[];
  /** The signature part could not be read at all. */
  readonly isMalformed: boolean;
}

export interface EncryptionLayer {
  readonly kind: "encryption";
  readonly type: "enveloped-data" | "authenveloped-data";
  readonly outcome: DecryptOutcome;
}
