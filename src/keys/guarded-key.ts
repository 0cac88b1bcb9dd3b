import type { PrivateKey } from "../engine/primitives/private-key.ts";
import { bitLength } from "../engine/primitives/big-integer.ts";
import { curveOid } from "../engine/primitives/named-curve.ts";
import { canonicalSpki, parsePublicKey } from "../engine/primitives/public-key.ts";
import { KeyStoreError } from "./key-store-error.ts";

/**
 * A private key that is opened for one operation and forgotten after it. What it tells of itself comes from the
 * certificate's public key.
 *
 * @param spki DER SubjectPublicKeyInfo
 * @param open gives the key, or rejects where it may not be used now
 * @throws {KeyStoreError} `identity.damaged` where the public key is of no known kind
 */
export function guardedKey(spki: Uint8Array, open: () => Promise<PrivateKey>): PrivateKey {
  const publicKey = parsePublicKey(spki);
  const publicKeySpki = canonicalSpki(spki);
  if (publicKey === null || publicKeySpki === null) throw new KeyStoreError("identity.damaged");
  return {
    type: publicKey.type,
    curve: publicKey.type === "rsa" ? null : publicKey.curve,
    curveOid: publicKey.type === "ec" ? curveOid(publicKey.curve) : null,
    modulusBits: publicKey.type === "rsa" ? bitLength(publicKey.modulus) : null,
    publicKeySpki,
    sign: async (scheme, message) => (await open()).sign(scheme, message),
    unwrapRsaPkcs1: async (ciphertext, length) => (await open()).unwrapRsaPkcs1(ciphertext, length),
    unwrapRsaOaep: async (ciphertext, digest, mgfDigest, label) =>
      (await open()).unwrapRsaOaep(ciphertext, digest, mgfDigest, label),
    agree: async (peerSpki) => (await open()).agree(peerSpki),
  };
}
