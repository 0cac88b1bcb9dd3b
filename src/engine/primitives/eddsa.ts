import { ed25519 } from "@noble/curves/ed25519.js";
import { ed448 } from "@noble/curves/ed448.js";
import type { EdwardsPublicKey } from "./public-key.ts";

/**
 * PureEdDSA verification (RFC 8032 sections 5.1.7 and 5.2.7), with the encodings as strict as there: implementations
 * differ in what else they accept, and a signature must not fit in one browser only.
 */
export function verifyEddsa({ curve, octets }: EdwardsPublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  const algorithm = curve === "Ed25519" ? ed25519 : ed448;
  try {
    return algorithm.verify(signature, message, octets, { zip215: false });
  } catch {
    // noble throws for lengths.
    return false;
  }
}
