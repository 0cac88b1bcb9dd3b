import { md5 } from "@noble/hashes/legacy.js";
import { sha224 } from "@noble/hashes/sha2.js";
import { hasNoParameters, type AlgorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { Digest } from "../asn1/oids.ts";

/** Digests that are read; RFC 8551 section 2.1 has SHA-256 and SHA-512, RFC 3370 and old mail have the rest. */
export type DigestName = "md5" | "sha-1" | "sha-224" | "sha-256" | "sha-384" | "sha-512";

const OIDS: Readonly<Record<DigestName, string>> = {
  md5: Digest.md5,
  "sha-1": Digest.sha1,
  "sha-224": Digest.sha224,
  "sha-256": Digest.sha256,
  "sha-384": Digest.sha384,
  "sha-512": Digest.sha512,
};

/** Octets of a digest. */
export const DIGEST_SIZE: Readonly<Record<DigestName, number>> = {
  md5: 16,
  "sha-1": 20,
  "sha-224": 28,
  "sha-256": 32,
  "sha-384": 48,
  "sha-512": 64,
};

const BY_OID: ReadonlyMap<string, DigestName> = new Map(
  (Object.keys(OIDS) as DigestName[]).map((name) => [OIDS[name], name]),
);

/** Computes a digest. */
export async function digest(name: DigestName, bytes: Uint8Array): Promise<Uint8Array> {
  const webCryptoName = webCryptoDigest(name);
  if (webCryptoName !== null) return new Uint8Array(await crypto.subtle.digest(webCryptoName, bytes));
  return name === "md5" ? md5(bytes) : sha224(bytes);
}

/** The name of a digest in WebCrypto; `null` for MD5 and SHA-224, which it lacks. */
export function webCryptoDigest(name: DigestName): string | null {
  return name === "md5" || name === "sha-224" ? null : name.toUpperCase();
}

/** `null` for an unknown digest. */
export function digestByOid(oid: string): DigestName | null {
  return BY_OID.get(oid) ?? null;
}

/** The digest that an AlgorithmIdentifier names, parameters absent or NULL (RFC 5754 section 2); else `null`. */
export function digestByAlgorithm(algorithm: AlgorithmIdentifier): DigestName | null {
  return hasNoParameters(algorithm) ? digestByOid(algorithm.oid) : null;
}

export function digestOid(name: DigestName): string {
  return OIDS[name];
}

/** Whether collisions are practical: MD5 and SHA-1 (RFC 6151, RFC 6194; RFC 8551 appendix B.1 calls them historic). */
export function isWeakDigest(name: DigestName): boolean {
  return name === "md5" || name === "sha-1";
}
