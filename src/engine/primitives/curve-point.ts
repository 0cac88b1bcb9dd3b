import { ecdsa, type ECDSA } from "@noble/curves/abstract/weierstrass.js";
import { brainpoolP256r1, brainpoolP384r1, brainpoolP512r1 } from "@noble/curves/misc.js";
import { p256, p384, p521 } from "@noble/curves/nist.js";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { HASHES } from "./hash-function.ts";
import type { DigestName } from "./digest.ts";
import { COORDINATE_SIZE, type CurveName } from "./named-curve.ts";

/** For what WebCrypto has not: other curves, points in other forms, other digests. */
const CURVES: Readonly<Record<CurveName, ECDSA>> = {
  "P-256": p256,
  "P-384": p384,
  "P-521": p521,
  brainpoolP256r1,
  brainpoolP384r1,
  brainpoolP512r1,
  secp256k1,
};

/**
 * The public point of a private key, uncompressed: for PKCS#8 that leaves it out, which RFC 5915 section 3 allows and
 * Firefox does not read. `null` where the key is 0 or not below the order.
 */
export function publicPoint(curve: CurveName, privateKey: Uint8Array): Uint8Array | null {
  return orNull(() => CURVES[curve].getPublicKey(privateKey, false));
}

/** A point of 02 or 03 and x (SEC 1 section 2.3.4) as 04, x, y; `null` where no such point is on the curve. */
export function decompressPoint(curve: CurveName, point: Uint8Array): Uint8Array | null {
  if (point.length !== 1 + COORDINATE_SIZE[curve]) return null;
  return orNull(() => CURVES[curve].Point.fromBytes(point).toBytes(false));
}

/** ECDH (SEC 1 section 3.3.1): the x coordinate; `null` where the peer's point is not on the curve. */
export function sharedCoordinate(curve: CurveName, privateKey: Uint8Array, peer: Uint8Array): Uint8Array | null {
  return orNull(() => CURVES[curve].getSharedSecret(privateKey, peer, true).subarray(1));
}

/** A fresh private key. */
export function randomPrivateKey(curve: CurveName): Uint8Array {
  return CURVES[curve].utils.randomSecretKey();
}

/**
 * ECDSA verification (SEC 1 section 4.1.4).
 *
 * @param signature r and s, each as long as a coordinate
 */
export function verifyEcdsaInSoftware(
  curve: CurveName,
  digest: DigestName,
  point: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const hash = HASHES[digest](message);
  return orNull(() => CURVES[curve].verify(signature, hash, point, { prehash: false, lowS: false })) ?? false;
}

/** ECDSA signature with the deterministic nonce of RFC 6979: r and s, side by side. */
export function signEcdsaInSoftware(
  curve: CurveName,
  digest: DigestName,
  privateKey: Uint8Array,
  message: Uint8Array,
): Uint8Array {
  return ecdsa(CURVES[curve].Point, HASHES[digest]).sign(message, privateKey, { lowS: false });
}

/** noble throws for what is not on the curve, out of range or of another length. */
function orNull<T>(compute: () => T): T | null {
  try {
    return compute();
  } catch {
    return null;
  }
}
