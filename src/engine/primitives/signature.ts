import { algorithmIdentifier, hasNoParameters, type AlgorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { PublicKey, Signature } from "../asn1/oids.ts";
import { Tag } from "../asn1/tag.ts";
import type { Der } from "../asn1/writer.ts";
import { SmimeError } from "../errors.ts";
import { verifyEcdsaInSoftware } from "./curve-point.ts";
import { webCryptoDigest, type DigestName } from "./digest.ts";
import { ecdsaToRaw } from "./ecdsa-signature.ts";
import { verifyEddsa } from "./eddsa.ts";
import { verifyEmsaPkcs1 } from "./emsa-pkcs1.ts";
import { verifyEmsaPss } from "./emsa-pss.ts";
import { COORDINATE_SIZE, isWebCryptoCurve } from "./named-curve.ts";
import { pssParams, readPssParams, type PssParams } from "./pss-params.ts";
import { ecSpki, parsePublicKey, rsaSpki, type EcPublicKey, type RsaPublicKey } from "./public-key.ts";

export interface RsaPkcs1Scheme {
  readonly kind: "rsa-pkcs1";
  readonly digest: DigestName;
}

export interface RsaPssScheme extends PssParams {
  readonly kind: "rsa-pss";
}

export interface EcdsaScheme {
  readonly kind: "ecdsa";
  readonly digest: DigestName;
}

/** PureEdDSA, which digests by itself; `digest` is the one of the SignerInfo (RFC 8419 section 3). */
export interface EddsaScheme {
  readonly kind: "ed25519" | "ed448";
  readonly digest: DigestName;
}

/** A signature algorithm with everything that its parameters say. */
export type SignatureScheme = RsaPkcs1Scheme | RsaPssScheme | EcdsaScheme | EddsaScheme;

const RSA_OIDS: Readonly<Partial<Record<DigestName, string>>> = {
  md5: Signature.md5WithRsa,
  "sha-1": Signature.sha1WithRsa,
  "ripemd-160": Signature.ripemd160WithRsa,
  "sha-224": Signature.sha224WithRsa,
  "sha-256": Signature.sha256WithRsa,
  "sha-384": Signature.sha384WithRsa,
  "sha-512": Signature.sha512WithRsa,
  "sha-512/224": Signature.sha512With224WithRsa,
  "sha-512/256": Signature.sha512With256WithRsa,
  "sha3-224": Signature.sha3With224WithRsa,
  "sha3-256": Signature.sha3With256WithRsa,
  "sha3-384": Signature.sha3With384WithRsa,
  "sha3-512": Signature.sha3With512WithRsa,
};

const ECDSA_OIDS: Readonly<Partial<Record<DigestName, string>>> = {
  "sha-1": Signature.ecdsaWithSha1,
  "sha-224": Signature.ecdsaWithSha224,
  "sha-256": Signature.ecdsaWithSha256,
  "sha-384": Signature.ecdsaWithSha384,
  "sha-512": Signature.ecdsaWithSha512,
  "sha3-224": Signature.ecdsaWithSha3With224,
  "sha3-256": Signature.ecdsaWithSha3With256,
  "sha3-384": Signature.ecdsaWithSha3With384,
  "sha3-512": Signature.ecdsaWithSha3With512,
  shake128: Signature.ecdsaWithShake128,
  shake256: Signature.ecdsaWithShake256,
};

/** PSS with everything fixed by the OID (RFC 8702 section 3.2.1). */
const PSS_SHAKE: ReadonlyMap<string, RsaPssScheme> = new Map([
  [Signature.rsassaPssShake128, { kind: "rsa-pss", digest: "shake128", saltLength: 32 }],
  [Signature.rsassaPssShake256, { kind: "rsa-pss", digest: "shake256", saltLength: 64 }],
]);

const BY_OID: ReadonlyMap<string, SignatureScheme> = new Map<string, SignatureScheme>([
  ...byOid("rsa-pkcs1", RSA_OIDS),
  ...byOid("ecdsa", ECDSA_OIDS),
  ...PSS_SHAKE,
  [Signature.sha1WithRsaOiw, { kind: "rsa-pkcs1", digest: "sha-1" } as const],
]);

function byOid<Kind extends "rsa-pkcs1" | "ecdsa">(kind: Kind, oids: Readonly<Partial<Record<DigestName, string>>>) {
  return Object.entries(oids).map(([digest, oid]) => [oid, { kind, digest: digest as DigestName }] as const);
}

/**
 * The scheme that a signature's AlgorithmIdentifier names; `null` where it is unknown or its parameters are not ours.
 *
 * `fallbackDigest` is the digestAlgorithm of a SignerInfo, for CMS signatures that name the key's algorithm only:
 * rsaEncryption, which RFC 3370 section 3.2 has and most mail uses, and ecPublicKey and X9.62's general names, which are
 * seen in the field. EdDSA needs none. Certificates give `null`.
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
    case PublicKey.ed25519:
      return hasNoParameters(algorithm) ? { kind: "ed25519", digest: fallbackDigest ?? "sha-512" } : null;
    case PublicKey.ed448:
      return hasNoParameters(algorithm) ? { kind: "ed448", digest: fallbackDigest ?? "shake256" } : null;
    case Signature.ecdsaWithRecommended:
    case Signature.ecdsaWithSpecified:
      if (fallbackDigest === null || !hasNoParameters(algorithm)) return null;
      return { kind: "ecdsa", digest: fallbackDigest };
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
 * Writes the AlgorithmIdentifier: NULL for RSA (RFC 4055 section 5), none for ECDSA (RFC 5758 section 3.2) and EdDSA
 * (RFC 8419 section 2.3).
 *
 * @throws {SmimeError} `unsupported.algorithm` for digests that have no name with the scheme
 */
export function signatureAlgorithm(scheme: SignatureScheme): Der {
  switch (scheme.kind) {
    case "rsa-pkcs1":
      return algorithmIdentifier(named(RSA_OIDS, scheme.digest), "null");
    case "rsa-pss":
      return algorithmIdentifier(PublicKey.rsassaPss, pssParams(scheme));
    case "ecdsa":
      return algorithmIdentifier(named(ECDSA_OIDS, scheme.digest), "absent");
    case "ed25519":
    case "ed448":
      return algorithmIdentifier(PublicKey[scheme.kind], "absent");
  }
}

function named(oids: Readonly<Partial<Record<DigestName, string>>>, digest: DigestName): string {
  const oid = oids[digest];
  if (oid === undefined) throw new SmimeError("unsupported.algorithm", { digest });
  return oid;
}

/**
 * Verifies a signature over `message` (not over its digest) with a DER SubjectPublicKeyInfo.
 *
 * "invalid" is also what a signature gets that its key must not make: another algorithm, or against the parameters of
 * an id-RSASSA-PSS key (RFC 4055 section 1.2). "unsupported": keys beyond limits.ts, of unknown algorithms, or not on
 * their curve.
 */
export async function verifySignature(
  scheme: SignatureScheme,
  spki: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<"valid" | "invalid" | "unsupported"> {
  const key = parsePublicKey(spki);
  switch (key?.type) {
    case undefined:
      return "unsupported";
    case "rsa":
      return verifyRsa(scheme, key, message, signature);
    case "ec":
      return scheme.kind === "ecdsa" ? verifyEcdsa(scheme, key, message, signature) : "invalid";
    case "edwards":
      return scheme.kind === key.curve.toLowerCase() ? verdict(verifyEddsa(key, message, signature)) : "invalid";
    case "montgomery":
      return "invalid";
  }
}

async function verifyRsa(scheme: SignatureScheme, key: RsaPublicKey, message: Uint8Array, signature: Uint8Array) {
  switch (scheme.kind) {
    case "rsa-pkcs1":
      return key.use === "any" ? verifyRsaPkcs1(scheme, key, message, signature) : "invalid";
    case "rsa-pss":
      return mayMakePss(key, scheme) ? verifyRsaPss(scheme, key, message, signature) : "invalid";
    default:
      return "invalid";
  }
}

/** RFC 4055 section 3.3: same digest and mask, and a salt that is not shorter. */
function mayMakePss(key: RsaPublicKey, scheme: RsaPssScheme): boolean {
  if (key.use === "oaep") return false;
  const restriction = key.pssRestriction;
  if (restriction === null) return true;
  const sameMask = (restriction.maskDigest ?? restriction.digest) === (scheme.maskDigest ?? scheme.digest);
  return restriction.digest === scheme.digest && sameMask && scheme.saltLength >= restriction.saltLength;
}

async function verifyRsaPkcs1(scheme: RsaPkcs1Scheme, key: RsaPublicKey, message: Uint8Array, signature: Uint8Array) {
  const hash = webCryptoDigest(scheme.digest);
  const imported = hash === null ? null : await importSpki(rsaSpki(key), { name: "RSASSA-PKCS1-v1_5", hash });
  // Browsers refuse some sizes of keys that are legal: Chromium more than 8192 bits, or exponents over 33 bits.
  if (imported === null) return verdict(await verifyEmsaPkcs1(scheme.digest, key, message, signature));
  return webCryptoVerify("RSASSA-PKCS1-v1_5", imported, signature, message);
}

async function verifyRsaPss(scheme: RsaPssScheme, key: RsaPublicKey, message: Uint8Array, signature: Uint8Array) {
  const isWebCryptos = (scheme.maskDigest ?? scheme.digest) === scheme.digest;
  const hash = isWebCryptos ? webCryptoDigest(scheme.digest) : null;
  const imported = hash === null ? null : await importSpki(rsaSpki(key), { name: "RSA-PSS", hash });
  if (imported === null) return verdict(await verifyEmsaPss(scheme, key, message, signature));
  // A salt longer than the key leaves room for (RFC 8017 section 9.1.2 step 3) makes some platforms throw.
  if (scheme.saltLength > key.size) return "invalid";
  return webCryptoVerify({ name: "RSA-PSS", saltLength: scheme.saltLength }, imported, signature, message);
}

async function verifyEcdsa(scheme: EcdsaScheme, key: EcPublicKey, message: Uint8Array, signature: Uint8Array) {
  const raw = ecdsaToRaw(signature, COORDINATE_SIZE[key.curve]);
  if (raw === null) return "invalid";
  const hash = isWebCryptoCurve(key.curve) ? webCryptoDigest(scheme.digest) : null;
  if (hash === null) return verdict(verifyEcdsaInSoftware(key.curve, scheme.digest, key.point, message, raw));
  const imported = await importSpki(ecSpki(key), { name: "ECDSA", namedCurve: key.curve });
  // WebCrypto refuses points that are not on the curve.
  return imported === null ? "unsupported" : webCryptoVerify({ name: "ECDSA", hash }, imported, raw, message);
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
