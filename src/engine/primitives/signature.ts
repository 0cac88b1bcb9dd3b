import { algorithmIdentifier, hasNoParameters, type AlgorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { PublicKey, Signature } from "../asn1/oids.ts";
import { Tag } from "../asn1/tag.ts";
import type { Der } from "../asn1/writer.ts";
import { SmimeError } from "../errors.ts";
import { webCryptoDigest, type DigestName } from "./digest.ts";
import { ecdsaToRaw } from "./ecdsa-signature.ts";
import { verifyEmsaPkcs1 } from "./emsa-pkcs1.ts";
import { pssParams, readPssParams } from "./pss-params.ts";
import { COORDINATE_SIZE } from "./named-curve.ts";
import { ecSpki, parsePublicKey, rsaSpki, type EcPublicKey, type RsaPublicKey } from "./public-key.ts";

export interface RsaPkcs1Scheme {
  readonly kind: "rsa-pkcs1";
  readonly digest: DigestName;
}

/** The mask is MGF1 with the same digest. */
export interface RsaPssScheme {
  readonly kind: "rsa-pss";
  readonly digest: DigestName;
  /** In octets. */
  readonly saltLength: number;
}

export interface EcdsaScheme {
  readonly kind: "ecdsa";
  readonly digest: DigestName;
}

/** A signature algorithm with everything that its parameters say. */
export type SignatureScheme = RsaPkcs1Scheme | RsaPssScheme | EcdsaScheme;

const RSA_OIDS: Readonly<Record<DigestName, string>> = {
  md5: Signature.md5WithRsa,
  "sha-1": Signature.sha1WithRsa,
  "sha-224": Signature.sha224WithRsa,
  "sha-256": Signature.sha256WithRsa,
  "sha-384": Signature.sha384WithRsa,
  "sha-512": Signature.sha512WithRsa,
};

const ECDSA_OIDS: Readonly<Partial<Record<DigestName, string>>> = {
  "sha-1": Signature.ecdsaWithSha1,
  "sha-224": Signature.ecdsaWithSha224,
  "sha-256": Signature.ecdsaWithSha256,
  "sha-384": Signature.ecdsaWithSha384,
  "sha-512": Signature.ecdsaWithSha512,
};

const BY_OID: ReadonlyMap<string, RsaPkcs1Scheme | EcdsaScheme> = new Map<string, RsaPkcs1Scheme | EcdsaScheme>([
  ...byOid("rsa-pkcs1", RSA_OIDS),
  ...byOid("ecdsa", ECDSA_OIDS),
  [Signature.sha1WithRsaOiw, { kind: "rsa-pkcs1", digest: "sha-1" } as const],
]);

function byOid<Kind extends "rsa-pkcs1" | "ecdsa">(kind: Kind, oids: Readonly<Partial<Record<DigestName, string>>>) {
  return Object.entries(oids).map(([digest, oid]) => [oid, { kind, digest: digest as DigestName }] as const);
}

/**
 * The scheme that a signature's AlgorithmIdentifier names; `null` where it is unknown or its parameters are not ours.
 *
 * `fallbackDigest` is the digestAlgorithm of a SignerInfo, for CMS signatures that name the key's algorithm only:
 * rsaEncryption, which RFC 3370 section 3.2 has and most mail uses, and ecPublicKey, which is seen in the field.
 * Certificates give `null`.
 */
export function signatureScheme(
  algorithm: AlgorithmIdentifier,
  fallbackDigest: DigestName | null,
): SignatureScheme | null {
  switch (algorithm.oid) {
    case PublicKey.rsassaPss: {
      const params = readPssParams(algorithm);
      return params && { kind: "rsa-pss", ...params };
    }
    case PublicKey.rsaEncryption:
      if (fallbackDigest === null || !hasNoParameters(algorithm)) return null;
      return { kind: "rsa-pkcs1", digest: fallbackDigest };
    case PublicKey.ecPublicKey:
      // The key's curve may stand in the parameters; the certificate's own is what counts.
      if (fallbackDigest === null) return null;
      if (!hasNoParameters(algorithm) && algorithm.parameters?.tag !== Tag.ObjectIdentifier) return null;
      return { kind: "ecdsa", digest: fallbackDigest };
    default:
      return hasNoParameters(algorithm) ? (BY_OID.get(algorithm.oid) ?? null) : null;
  }
}

/**
 * Writes the AlgorithmIdentifier: NULL for RSA (RFC 4055 section 5), none for ECDSA (RFC 5758 section 3.2).
 *
 * @throws {SmimeError} `unsupported.algorithm` for ECDSA with MD5, which has no name
 */
export function signatureAlgorithm(scheme: SignatureScheme): Der {
  if (scheme.kind === "rsa-pkcs1") return algorithmIdentifier(RSA_OIDS[scheme.digest], "null");
  if (scheme.kind === "rsa-pss") return algorithmIdentifier(PublicKey.rsassaPss, pssParams(scheme));
  const ecdsaOid = ECDSA_OIDS[scheme.digest];
  if (ecdsaOid === undefined) throw new SmimeError("unsupported.algorithm", { digest: scheme.digest });
  return algorithmIdentifier(ecdsaOid, "absent");
}

/**
 * Verifies a signature over `message` (not over its digest) with a DER SubjectPublicKeyInfo.
 *
 * "invalid" is also what a signature gets that its key must not make: another algorithm, or against the parameters of
 * an id-RSASSA-PSS key (RFC 4055 section 1.2). "unsupported": keys beyond limits.ts or of unknown algorithms, and
 * digests that cannot be computed here with this scheme.
 */
export async function verifySignature(
  scheme: SignatureScheme,
  spki: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<"valid" | "invalid" | "unsupported"> {
  const key = parsePublicKey(spki);
  if (key === null) return "unsupported";
  if (key.type === "ec") return scheme.kind === "ecdsa" ? verifyEcdsa(scheme, key, message, signature) : "invalid";
  switch (scheme.kind) {
    case "ecdsa":
      return "invalid";
    case "rsa-pkcs1":
      return key.use === "any" ? verifyRsaPkcs1(scheme, key, message, signature) : "invalid";
    case "rsa-pss":
      return mayMakePss(key, scheme) ? verifyRsaPss(scheme, key, message, signature) : "invalid";
  }
}

/** RFC 4055 section 3.3: same digest and mask, and a salt that is not shorter. */
function mayMakePss(key: RsaPublicKey, scheme: RsaPssScheme): boolean {
  if (key.use === "oaep") return false;
  const restriction = key.pssRestriction;
  return restriction === null || (restriction.digest === scheme.digest && scheme.saltLength >= restriction.saltLength);
}

async function verifyRsaPkcs1(scheme: RsaPkcs1Scheme, key: RsaPublicKey, message: Uint8Array, signature: Uint8Array) {
  const hash = webCryptoDigest(scheme.digest);
  const imported = hash === null ? null : await importSpki(rsaSpki(key), { name: "RSASSA-PKCS1-v1_5", hash });
  // Browsers refuse some sizes of keys that are legal: Chromium more than 8192 bits, or exponents over 33 bits.
  if (imported === null) return verdict(await verifyEmsaPkcs1(scheme.digest, key, message, signature));
  return webCryptoVerify("RSASSA-PKCS1-v1_5", imported, signature, message);
}

async function verifyRsaPss(scheme: RsaPssScheme, key: RsaPublicKey, message: Uint8Array, signature: Uint8Array) {
  const hash = webCryptoDigest(scheme.digest);
  if (hash === null) return "unsupported";
  const imported = await importSpki(rsaSpki(key), { name: "RSA-PSS", hash });
  if (imported === null) return "unsupported";
  // A salt longer than the key leaves room for (RFC 8017 section 9.1.2 step 3) makes some platforms throw.
  if (scheme.saltLength > key.size) return "invalid";
  return webCryptoVerify({ name: "RSA-PSS", saltLength: scheme.saltLength }, imported, signature, message);
}

async function verifyEcdsa(scheme: EcdsaScheme, key: EcPublicKey, message: Uint8Array, signature: Uint8Array) {
  const hash = webCryptoDigest(scheme.digest);
  if (hash === null) return "unsupported";
  const imported = await importSpki(ecSpki(key), { name: "ECDSA", namedCurve: key.curve });
  if (imported === null) return "unsupported";
  const raw = ecdsaToRaw(signature, COORDINATE_SIZE[key.curve]);
  return raw === null ? "invalid" : webCryptoVerify({ name: "ECDSA", hash }, imported, raw, message);
}

/** `null` where the platform refuses the key. */
async function importSpki(spki: Uint8Array, algorithm: object): Promise<CryptoKey | null> {
  try {
    return await crypto.subtle.importKey("spki", spki, algorithm, false, ["verify"]);
  } catch {
    return null;
  }
}

async function webCryptoVerify(
  algorithm: object | string,
  key: CryptoKey,
  signature: Uint8Array,
  message: Uint8Array,
): Promise<"valid" | "invalid"> {
  try {
    return verdict(await crypto.subtle.verify(algorithm, key, signature, message));
  } catch {
    // OperationError: the platform's way of saying the same about some malformed signatures.
    return "invalid";
  }
}

function verdict(isValid: boolean): "valid" | "invalid" {
  return isValid ? "valid" : "invalid";
}
