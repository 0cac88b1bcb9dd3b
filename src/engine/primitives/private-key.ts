import { readAlgorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { PublicKey } from "../asn1/oids.ts";
import { readWhole } from "../asn1/reader.ts";
import { equalBytes } from "../bytes/equal.ts";
import { SmimeError } from "../errors.ts";
import { ecPkcs8, readEcPrivateKey, type EcPrivateKey } from "./ec-private.ts";
import { webCryptoDigest, type DigestName } from "./digest.ts";
import { deriveSharedSecret } from "./ecdh.ts";
import { ecdsaToDer } from "./ecdsa-signature.ts";
import { bitLength } from "./big-integer.ts";
import { curveOid, type CurveName } from "./named-curve.ts";
import { canonicalSpki, ecSpki, parsePublicKey, rsaSpki, type RsaPublicKey } from "./public-key.ts";
import { decryptRsaOaep } from "./rsa-oaep.ts";
import { decryptRsaPkcs1 } from "./rsa-pkcs1-unpadding.ts";
import { readRsaPrivateKey, rsaPkcs8, type RsaPrivateKey } from "./rsa-private.ts";
import type { SignatureScheme } from "./signature.ts";

/** A private key as the operations it can do; the numbers stay inside. */
export interface PrivateKey {
  readonly type: "rsa" | "ec";
  /** `null` for RSA. */
  readonly curve: CurveName | null;
  /** Dotted; `null` for RSA. */
  readonly curveOid: string | null;
  /** `null` for EC. */
  readonly modulusBits: number | null;
  /** DER of the SubjectPublicKeyInfo that belongs to it, as `canonicalSpki` gives it. */
  readonly publicKeySpki: Uint8Array;

  /**
   * Signs `message` (not its digest); ECDSA as DER.
   *
   * @throws {SmimeError} `unsupported.key` where the key cannot make such a signature or must not, and
   *   `unsupported.algorithm` for MD5 and SHA-224
   */
  sign(scheme: SignatureScheme, message: Uint8Array): Promise<Uint8Array>;

  /**
   * RSAES-PKCS1-v1_5 with implicit rejection: a wrong ciphertext gives another key of `expectedLength` octets, always
   * the same one, and no error (RFC 3218 section 2.3.2, draft-irtf-cfrg-rsa-guidance).
   *
   * @throws {SmimeError} `decrypt.failed` only where the key is no RSA key for this
   */
  unwrapRsaPkcs1(ciphertext: Uint8Array, expectedLength: number): Promise<Uint8Array>;

  /** RSAES-OAEP (RFC 8017 section 7.1.2). @throws {SmimeError} `decrypt.failed` */
  unwrapRsaOaep(
    ciphertext: Uint8Array,
    digest: DigestName,
    mgfDigest: DigestName,
    label: Uint8Array,
  ): Promise<Uint8Array>;

  /**
   * ECDH (SEC 1 section 3.3.1): the x coordinate, as long as the field. WebCrypto checks that the peer's point is on
   * the curve.
   *
   * @throws {SmimeError} `decrypt.failed`
   */
  agree(peerSpki: Uint8Array): Promise<Uint8Array>;
}

/**
 * Reads a PrivateKeyInfo (PKCS#8, RFC 5208 section 5; RFC 5958), in BER too: RSA under rsaEncryption, id-RSASSA-PSS or
 * id-RSAES-OAEP, and EC on P-256, P-384 and P-521.
 *
 * @throws {SmimeError} `malformed.key`, `unsupported.key`
 */
export async function importPrivateKey(pkcs8: Uint8Array): Promise<PrivateKey> {
  const key = parsePkcs8(pkcs8);
  try {
    return "curve" in key ? await ecPrivateKey(key) : rsaPrivateKey(key);
  } catch (error) {
    if (error instanceof SmimeError) throw error;
    throw new SmimeError("unsupported.key", { reason: "platform" });
  }
}

/** Whether a SubjectPublicKeyInfo, under whichever algorithm identifier, is the public part of the key. */
export function matchesPublicKey(key: PrivateKey, spki: Uint8Array): boolean {
  const canonical = canonicalSpki(spki);
  return canonical !== null && equalBytes(canonical, key.publicKeySpki);
}

interface RsaKeyWithUse extends RsaPrivateKey {
  readonly use: RsaPublicKey["use"];
}

const RSA_USES: ReadonlyMap<string, RsaPublicKey["use"]> = new Map([
  [PublicKey.rsaEncryption, "any"],
  [PublicKey.rsassaPss, "pss"],
  [PublicKey.rsaesOaep, "oaep"],
]);

function parsePkcs8(pkcs8: Uint8Array): RsaKeyWithUse | EcPrivateKey {
  try {
    const fields = readWhole(pkcs8, "ber");
    // 0, or 1 where the public key follows (RFC 5958 section 2).
    if (fields.smallInteger() > 1) throw new SmimeError("malformed.key", { reason: "pkcs8-version" });
    const algorithm = readAlgorithmIdentifier(fields);
    const encoding = fields.octetString();
    // Attributes and the public key: nothing that is needed.
    fields.rest(2);
    const use = RSA_USES.get(algorithm.oid);
    if (use !== undefined) return { ...readRsaPrivateKey(encoding), use };
    if (algorithm.oid === PublicKey.ecPublicKey) return readEcPrivateKey(encoding, algorithm);
    throw new SmimeError("unsupported.key", { oid: algorithm.oid });
  } catch (error) {
    if (error instanceof SmimeError && error.code === "malformed.asn1") {
      throw new SmimeError("malformed.key", error.context);
    }
    throw error;
  }
}

function rsaPrivateKey(key: RsaKeyWithUse): PrivateKey {
  const pkcs8 = rsaPkcs8(key);
  return {
    type: "rsa",
    curve: null,
    curveOid: null,
    modulusBits: bitLength(key.n),
    publicKeySpki: rsaSpki({ modulus: key.n, size: key.size, exponent: key.e }),

    async sign(scheme, message) {
      if (scheme.kind === "ecdsa" || key.use === "oaep" || (scheme.kind === "rsa-pkcs1" && key.use === "pss")) {
        throw new SmimeError("unsupported.key", { scheme: scheme.kind });
      }
      const name = scheme.kind === "rsa-pkcs1" ? "RSASSA-PKCS1-v1_5" : "RSA-PSS";
      const algorithm = scheme.kind === "rsa-pkcs1" ? name : { name, saltLength: scheme.saltLength };
      return signWith(pkcs8, { name, hash: signingHash(scheme.digest) }, algorithm, message);
    },

    // The work is BigInt's and done at once; a smart card's would be awaited.
    unwrapRsaPkcs1(ciphertext, expectedLength) {
      if (key.use !== "any") return Promise.reject(new SmimeError("decrypt.failed"));
      return Promise.resolve(decryptRsaPkcs1(key, ciphertext, expectedLength));
    },

    async unwrapRsaOaep(ciphertext, digest, mgfDigest, label) {
      const hash = webCryptoDigest(digest);
      if (key.use === "pss") throw new SmimeError("decrypt.failed");
      if (hash === null || mgfDigest !== digest) return decryptRsaOaep(key, ciphertext, digest, mgfDigest, label);
      try {
        const algorithm = { name: "RSA-OAEP", hash };
        const imported = await crypto.subtle.importKey("pkcs8", pkcs8, algorithm, false, ["decrypt"]);
        return new Uint8Array(await crypto.subtle.decrypt({ name: "RSA-OAEP", label }, imported, ciphertext));
      } catch {
        throw new SmimeError("decrypt.failed");
      }
    },

    agree: () => Promise.reject(new SmimeError("decrypt.failed")),
  };
}

async function ecPrivateKey(key: EcPrivateKey): Promise<PrivateKey> {
  const pkcs8 = ecPkcs8(key);
  const namedCurve = key.curve;
  const agreementKey = await crypto.subtle.importKey("pkcs8", pkcs8, { name: "ECDH", namedCurve }, false, [
    "deriveBits",
  ]);
  return {
    type: "ec",
    curve: namedCurve,
    curveOid: curveOid(namedCurve),
    modulusBits: null,
    publicKeySpki: ecSpki(key),

    async sign(scheme, message) {
      if (scheme.kind !== "ecdsa") throw new SmimeError("unsupported.key", { scheme: scheme.kind });
      const algorithm = { name: "ECDSA", hash: signingHash(scheme.digest) };
      return ecdsaToDer(await signWith(pkcs8, { name: "ECDSA", namedCurve }, algorithm, message));
    },

    unwrapRsaPkcs1: () => Promise.reject(new SmimeError("decrypt.failed")),
    unwrapRsaOaep: () => Promise.reject(new SmimeError("decrypt.failed")),

    async agree(peerSpki) {
      const peer = parsePublicKey(peerSpki);
      if (peer?.type !== "ec" || peer.curve !== namedCurve) throw new SmimeError("decrypt.failed");
      try {
        return await deriveSharedSecret(agreementKey, peer);
      } catch {
        throw new SmimeError("decrypt.failed");
      }
    },
  };
}

/** The digest's name in WebCrypto. */
function signingHash(digest: DigestName): string {
  const hash = webCryptoDigest(digest);
  if (hash === null) throw new SmimeError("unsupported.algorithm", { digest });
  return hash;
}

async function signWith(
  pkcs8: Uint8Array,
  keyAlgorithm: object,
  algorithm: object | string,
  message: Uint8Array,
): Promise<Uint8Array> {
  try {
    const key = await crypto.subtle.importKey("pkcs8", pkcs8, keyAlgorithm, false, ["sign"]);
    return new Uint8Array(await crypto.subtle.sign(algorithm, key, message));
  } catch {
    // Too short for the digest or salt, or of a size that this browser has not.
    throw new SmimeError("unsupported.key", { reason: "platform" });
  }
}
