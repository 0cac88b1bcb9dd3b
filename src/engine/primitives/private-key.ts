import { readAlgorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { PublicKey } from "../asn1/oids.ts";
import { readWhole } from "../asn1/reader.ts";
import { equalBytes } from "../bytes/equal.ts";
import { SmimeError } from "../errors.ts";
import type { DigestName } from "./digest.ts";
import { ecPrivateKey } from "./ec-key.ts";
import { readEcPrivateKey, type EcPrivateKey } from "./ec-private.ts";
import type { CurveName, EdwardsCurve, MontgomeryCurve } from "./named-curve.ts";
import { canonicalSpki, type RsaPublicKey } from "./public-key.ts";
import { rawPrivateKey } from "./raw-key.ts";
import { readRawPrivateKey, type RawPrivateKey } from "./raw-private.ts";
import { rsaPrivateKey, type RsaKeyWithUse } from "./rsa-key.ts";
import { readRsaPrivateKey } from "./rsa-private.ts";
import type { SignatureScheme } from "./signature.ts";

/** A private key as the operations it can do; the numbers stay inside. */
export interface PrivateKey {
  readonly type: "rsa" | "ec" | "edwards" | "montgomery";
  /** `null` for RSA. */
  readonly curve: CurveName | EdwardsCurve | MontgomeryCurve | null;
  /** Dotted; `null` for all but EC. */
  readonly curveOid: string | null;
  /** `null` for all but RSA. */
  readonly modulusBits: number | null;
  /** DER of the SubjectPublicKeyInfo that belongs to it, as `canonicalSpki` gives it. */
  readonly publicKeySpki: Uint8Array;

  /**
   * Signs `message` (not its digest); ECDSA as DER, EdDSA as it is.
   *
   * @throws {SmimeError} `unsupported.key` where the key cannot make such a signature or must not, and
   *   `unsupported.algorithm` for digests that WebCrypto lacks
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
   * ECDH (SEC 1 section 3.3.1), X25519 or X448 (RFC 7748 section 6): the x coordinate, as long as the field. That the
   * peer's point is on the curve, and that the result is not zero, is checked.
   *
   * @throws {SmimeError} `decrypt.failed`
   */
  agree(peerSpki: Uint8Array): Promise<Uint8Array>;
}

/**
 * Reads a PrivateKeyInfo (PKCS#8, RFC 5208 section 5; RFC 5958), in BER too: RSA under rsaEncryption, id-RSASSA-PSS or
 * id-RSAES-OAEP, EC on the curves of `named-curve.ts`, and those of RFC 8410.
 *
 * @throws {SmimeError} `malformed.key`, `unsupported.key`
 */
export async function importPrivateKey(pkcs8: Uint8Array): Promise<PrivateKey> {
  const key = parsePkcs8(pkcs8);
  try {
    if ("rawCurve" in key) return await rawPrivateKey(key);
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

const RSA_USES: ReadonlyMap<string, RsaPublicKey["use"]> = new Map([
  [PublicKey.rsaEncryption, "any"],
  [PublicKey.rsassaPss, "pss"],
  [PublicKey.rsaesOaep, "oaep"],
]);

function parsePkcs8(pkcs8: Uint8Array): RsaKeyWithUse | EcPrivateKey | RawPrivateKey {
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
    const raw = readRawPrivateKey(encoding, algorithm);
    if (raw !== null) return raw;
    throw new SmimeError("unsupported.key", { oid: algorithm.oid });
  } catch (error) {
    if (error instanceof SmimeError && error.code === "malformed.asn1") {
      throw new SmimeError("malformed.key", error.context);
    }
    throw error;
  }
}
