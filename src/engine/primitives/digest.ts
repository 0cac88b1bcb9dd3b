import { algorithmIdentifier, hasNoParameters, type AlgorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { Digest, Signature } from "../asn1/oids.ts";
import { encode, smallInteger, type Der } from "../asn1/writer.ts";
import { equalBytes } from "../bytes/equal.ts";
import { digestSync } from "./hash-function.ts";

/** Digests that are read; RFC 8551 section 2.1 has SHA-256 and SHA-512, RFC 3370, RFC 8702 and old mail have the rest. */
export type DigestName =
  | "md5"
  | "sha-1"
  | "ripemd-160"
  | "sha-224"
  | "sha-256"
  | "sha-384"
  | "sha-512"
  | "sha-512/224"
  | "sha-512/256"
  | "sha3-224"
  | "sha3-256"
  | "sha3-384"
  | "sha3-512"
  | "shake128"
  | "shake256";

const OIDS: Readonly<Record<DigestName, string>> = {
  md5: Digest.md5,
  "sha-1": Digest.sha1,
  "ripemd-160": Digest.ripemd160,
  "sha-224": Digest.sha224,
  "sha-256": Digest.sha256,
  "sha-384": Digest.sha384,
  "sha-512": Digest.sha512,
  "sha-512/224": Digest.sha512With224,
  "sha-512/256": Digest.sha512With256,
  "sha3-224": Digest.sha3With224,
  "sha3-256": Digest.sha3With256,
  "sha3-384": Digest.sha3With384,
  "sha3-512": Digest.sha3With512,
  shake128: Digest.shake128,
  shake256: Digest.shake256,
};

/** Octets of a digest; of SHAKE128 and SHAKE256 as RFC 8702 section 3.1 has them. */
export const DIGEST_SIZE: Readonly<Record<DigestName, number>> = {
  md5: 16,
  "sha-1": 20,
  "ripemd-160": 20,
  "sha-224": 28,
  "sha-256": 32,
  "sha-384": 48,
  "sha-512": 64,
  "sha-512/224": 28,
  "sha-512/256": 32,
  "sha3-224": 28,
  "sha3-256": 32,
  "sha3-384": 48,
  "sha3-512": 64,
  shake128: 32,
  shake256: 64,
};

const WEB_CRYPTO: Readonly<Partial<Record<DigestName, string>>> = {
  "sha-1": "SHA-1",
  "sha-256": "SHA-256",
  "sha-384": "SHA-384",
  "sha-512": "SHA-512",
};

const BY_OID: ReadonlyMap<string, DigestName> = new Map(
  (Object.keys(OIDS) as DigestName[]).map((name) => [OIDS[name], name]),
);

/**
 * Signature algorithms that some programs write where a digest belongs (.NET reads them so as well). The digest is the
 * one that they name.
 */
const BY_SIGNATURE_OID: ReadonlyMap<string, DigestName> = new Map([
  [Signature.md5WithRsa, "md5"],
  [Signature.sha1WithRsa, "sha-1"],
  [Signature.sha224WithRsa, "sha-224"],
  [Signature.sha256WithRsa, "sha-256"],
  [Signature.sha384WithRsa, "sha-384"],
  [Signature.sha512WithRsa, "sha-512"],
  [Signature.ecdsaWithSha1, "sha-1"],
  [Signature.ecdsaWithSha256, "sha-256"],
  [Signature.ecdsaWithSha384, "sha-384"],
  [Signature.ecdsaWithSha512, "sha-512"],
]);

/** Computes a digest. */
export async function digest(name: DigestName, bytes: Uint8Array): Promise<Uint8Array> {
  const webCryptoName = webCryptoDigest(name);
  if (webCryptoName === null) return digestSync(name, bytes);
  return new Uint8Array(await crypto.subtle.digest(webCryptoName, bytes));
}

/** The name of a digest in WebCrypto; `null` for those that it lacks. */
export function webCryptoDigest(name: DigestName): string | null {
  return WEB_CRYPTO[name] ?? null;
}

/** `null` for an unknown digest. */
export function digestByOid(oid: string): DigestName | null {
  return BY_OID.get(oid) ?? null;
}

/** The digest that an AlgorithmIdentifier names, parameters absent or NULL (RFC 5754 section 2); else `null`. */
export function digestByAlgorithm(algorithm: AlgorithmIdentifier): DigestName | null {
  return hasNoParameters(algorithm) ? digestByOid(algorithm.oid) : null;
}

/**
 * The digest that a SignerInfo's digestAlgorithm means, in every form met in the field; parameters of digests that have
 * none are not looked at. `null` for an unknown one.
 */
export function digestOfSignerInfo({ oid, parameters }: AlgorithmIdentifier): DigestName | null {
  if (oid === Digest.shake256Len) {
    return parameters !== null && equalBytes(parameters.bytes, encode(SHAKE_OUTPUT_512)) ? "shake256" : null;
  }
  return digestByOid(oid) ?? BY_SIGNATURE_OID.get(oid) ?? null;
}

/** `ShakeOutputLen ::= INTEGER`, in bits (RFC 8419 section 3.1). */
const SHAKE_OUTPUT_512 = smallInteger(512);

/**
 * A SignerInfo's digestAlgorithm: without parameters, as SHA-2 is written (RFC 5754 section 2); SHAKE256 with its
 * length (RFC 8419 section 3.1).
 */
export function signerDigestAlgorithm(name: DigestName): Der {
  if (name === "shake256") return algorithmIdentifier(Digest.shake256Len, SHAKE_OUTPUT_512);
  return algorithmIdentifier(OIDS[name], "absent");
}

export function digestOid(name: DigestName): string {
  return OIDS[name];
}

/**
 * Whether collisions are practical, or within reach at 2^80: MD5, SHA-1 and RIPEMD-160 (RFC 6151, RFC 6194; RFC 8551
 * appendix B.1 calls the first two historic, BSI TR-02102 the third).
 */
export function isWeakDigest(name: DigestName): boolean {
  return name === "md5" || name === "sha-1" || name === "ripemd-160";
}
