import { SmimeError } from "../../engine/errors.ts";
import type { PrivateKey } from "../../engine/primitives/private-key.ts";
import type { Identity } from "../../engine/smime/identity.ts";
import type { Certificate } from "../../engine/x509/certificate.ts";

const refuse = (): Promise<never> => Promise.reject(new SmimeError("decrypt.failed"));

const NO_KEY: PrivateKey = {
  type: "rsa",
  curve: null,
  curveOid: null,
  modulusBits: null,
  publicKeySpki: new Uint8Array(0),
  sign: refuse,
  unwrapRsaPkcs1: refuse,
  unwrapRsaOaep: refuse,
  agree: refuse,
};

/**
 * An own certificate whose key is not at hand, or not to be used yet. A message that is encrypted to it comes out as
 * `decrypt.failed` and not as `decrypt.no-key`: so it is known that a key fits, without any key.
 */
export const lockedIdentity = (certificate: Certificate): Identity => ({ certificate, chain: [], key: NO_KEY });
