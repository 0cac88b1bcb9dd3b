import { equalBytes } from "../bytes/equal.ts";
import { hashBytes } from "../bytes/hash.ts";
import type { Certificate } from "./certificate.ts";

/** A certificate and the key whose signature on it verified, as copies: a message's bytes are not kept. */
interface KnownSignature {
  readonly certificate: Uint8Array;
  /** SubjectPublicKeyInfo. */
  readonly key: Uint8Array;
}

/** By a hash of the certificate, the one that was used last at the end. One that shares its hash takes its place. */
const known = new Map<number, KnownSignature>();

/** Chains of some hundred correspondents; with 2 kB each they take no more than 2 MB. */
const MAX_KNOWN = 1000;

/**
 * Whether `issuer`'s key is known to have signed `certificate`. Every message brings the same few certificates again; a
 * signature that verified once verifies for ever, for the same octets of certificate and key.
 */
export function isKnownValid({ der }: Certificate, { spki }: Certificate): boolean {
  const hash = hashBytes(der);
  const signature = known.get(hash);
  if (!signature || !equalBytes(signature.certificate, der) || !equalBytes(signature.key, spki)) return false;
  known.delete(hash);
  known.set(hash, signature);
  return true;
}

export function rememberValid({ der }: Certificate, { spki }: Certificate): void {
  known.set(hashBytes(der), { certificate: der.slice(), key: spki.slice() });
  if (known.size <= MAX_KNOWN) return;
  for (const oldest of known.keys()) {
    known.delete(oldest);
    return;
  }
}
