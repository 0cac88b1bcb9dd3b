import type { PrivateKey } from "../primitives/private-key.ts";
import type { Certificate } from "../x509/certificate.ts";

/** A person's certificate with the private key that belongs to it, which can be asked for operations only. */
export interface Identity {
  readonly certificate: Certificate;
  readonly key: PrivateKey;
  /** The issuers' certificates as far as they are at hand, in any order. */
  readonly chain: readonly Certificate[];
}
