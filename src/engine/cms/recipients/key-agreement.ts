import {
  type AlgorithmIdentifier,
  algorithmIdentifier,
  encodeAlgorithmIdentifier,
  readAlgorithmIdentifier,
} from "../../asn1/algorithm-identifier.ts";
import { Cipher, KeyAgreement, PublicKey } from "../../asn1/oids.ts";
import { Asn1Reader } from "../../asn1/reader.ts";
import { contextConstructed } from "../../asn1/tag.ts";
import {
  type Der,
  bitString,
  constructed,
  encode,
  explicit,
  octetString,
  oid,
  sequence,
  smallInteger,
} from "../../asn1/writer.ts";
import { SmimeError } from "../../errors.ts";
import type { DigestName } from "../../primitives/digest.ts";
import { ephemeralAgreement } from "../../primitives/ecdh.ts";
import { hkdf } from "../../primitives/hkdf.ts";
import { type KeyWrap, keyWrapByOid, unwrapKey, wrapKey } from "../../primitives/key-wrap.ts";
import { RAW_KEY_OID } from "../../primitives/named-curve.ts";
import type { PrivateKey } from "../../primitives/private-key.ts";
import { parsePublicKey, rawSpki } from "../../primitives/public-key.ts";
import { x963Kdf } from "../../primitives/x963-kdf.ts";
import type { Certificate } from "../../x509/certificate.ts";
import { identifies, issuerAndSerialNumber } from "../certificate-identifier.ts";
import { readingCms } from "../content-info.ts";
import type { KeyAgreeRecipientInfo, RecipientEncryptedKey } from "./recipient-info.ts";

/** ECDH with a key derivation and a key wrap (RFC 5753 section 3.1, RFC 8418 section 2). */
export interface EcdhKeyAgreement {
  readonly kdf: KeyDerivation;
  readonly wrap: KeyWrap;
  readonly wrapAlgorithm: AlgorithmIdentifier;
}

interface KeyDerivation {
  readonly kind: "x963" | "hkdf";
  readonly digest: DigestName;
}

/**
 * Co-factor ECDH is the same as the standard one here: all curves that are read have the co-factor 1, and X25519 and
 * X448 clear it by themselves (RFC 7748 section 5).
 */
const SCHEMES: ReadonlyMap<string, KeyDerivation> = new Map<string, KeyDerivation>([
  [KeyAgreement.dhSinglePassStdDhSha1Kdf, { kind: "x963", digest: "sha-1" }],
  [KeyAgreement.dhSinglePassStdDhSha224Kdf, { kind: "x963", digest: "sha-224" }],
  [KeyAgreement.dhSinglePassStdDhSha256Kdf, { kind: "x963", digest: "sha-256" }],
  [KeyAgreement.dhSinglePassStdDhSha384Kdf, { kind: "x963", digest: "sha-384" }],
  [KeyAgreement.dhSinglePassStdDhSha512Kdf, { kind: "x963", digest: "sha-512" }],
  [KeyAgreement.dhSinglePassCofactorDhSha1Kdf, { kind: "x963", digest: "sha-1" }],
  [KeyAgreement.dhSinglePassCofactorDhSha224Kdf, { kind: "x963", digest: "sha-224" }],
  [KeyAgreement.dhSinglePassCofactorDhSha256Kdf, { kind: "x963", digest: "sha-256" }],
  [KeyAgreement.dhSinglePassCofactorDhSha384Kdf, { kind: "x963", digest: "sha-384" }],
  [KeyAgreement.dhSinglePassCofactorDhSha512Kdf, { kind: "x963", digest: "sha-512" }],
  [KeyAgreement.dhSinglePassStdDhHkdfSha256, { kind: "hkdf", digest: "sha-256" }],
  [KeyAgreement.dhSinglePassStdDhHkdfSha384, { kind: "hkdf", digest: "sha-384" }],
  [KeyAgreement.dhSinglePassStdDhHkdfSha512, { kind: "hkdf", digest: "sha-512" }],
]);

/** `null` where the scheme or the wrap is unknown here. */
export function readEcdhKeyAgreement(algorithm: AlgorithmIdentifier): EcdhKeyAgreement | null {
  const kdf = SCHEMES.get(algorithm.oid);
  const { parameters } = algorithm;
  if (!kdf || !parameters) return null;
  const wrapAlgorithm = readingCms(() => readAlgorithmIdentifier(new Asn1Reader(parameters.bytes, "ber")));
  const wrap = keyWrapByOid(wrapAlgorithm.oid);
  return wrap && { kdf, wrap, wrapAlgorithm };
}

/**
 * The content-encryption key for the holder of `key`.
 *
 * @param certificates of whom the originator may be one, where its key is static
 * @throws {SmimeError} `decrypt.failed`
 */
export async function recoverAgreedKey(
  agreement: EcdhKeyAgreement,
  info: KeyAgreeRecipientInfo,
  { encryptedKey }: RecipientEncryptedKey,
  key: PrivateKey,
  certificates: readonly Certificate[],
): Promise<Uint8Array> {
  const sharedSecret = await key.agree(originatorSpki(info.originator, key, certificates));
  const kek = await deriveWrapKey(agreement, sharedSecret, info.ukm);
  return unwrapKey(agreement.wrap, kek, encryptedKey);
}

async function deriveWrapKey(
  { kdf, wrap, wrapAlgorithm }: EcdhKeyAgreement,
  sharedSecret: Uint8Array,
  ukm: Uint8Array | null,
): Promise<Uint8Array> {
  const info = eccCmsSharedInfo(encodeAlgorithmIdentifier(wrapAlgorithm), ukm, wrap.keySize);
  if (kdf.kind === "x963") return x963Kdf(kdf.digest, sharedSecret, wrap.keySize, info);
  // RFC 8418 section 2.2: ukm is the salt as well.
  return hkdf(kdf.digest, sharedSecret, ukm, info, wrap.keySize);
}

/**
 * The originator's key as a SubjectPublicKeyInfo on the recipient's own curve: its parameters may be absent or NULL
 * (RFC 5753 section 3.1.1), and another curve could not agree anyway.
 */
function originatorSpki(
  originator: KeyAgreeRecipientInfo["originator"],
  key: PrivateKey,
  certificates: readonly Certificate[],
): Uint8Array {
  if (originator.kind !== "public-key") {
    const certificate = certificates.find((candidate) => identifies(originator, candidate));
    if (!certificate) throw new SmimeError("decrypt.failed");
    return certificate.spki;
  }
  const { algorithm, publicKey } = originator;
  // RFC 8418 section 2 names the curve; some writers put id-ecPublicKey, as with other curves.
  if (key.curve === "X25519" || key.curve === "X448") return rawSpki(key.curve, publicKey);
  if (algorithm.oid !== PublicKey.ecPublicKey || key.curveOid === null) throw new SmimeError("decrypt.failed");
  return encode(sequence(sequence(oid(PublicKey.ecPublicKey), oid(key.curveOid)), bitString(publicKey)));
}

/**
 * `ECC-CMS-SharedInfo ::= SEQUENCE { keyInfo AlgorithmIdentifier, entityUInfo [0] EXPLICIT OCTET STRING OPTIONAL,
 * suppPubInfo [2] EXPLICIT OCTET STRING }` (RFC 5753 section 7.2); suppPubInfo is the length of the key in bits.
 */
function eccCmsSharedInfo(keyInfo: Der, ukm: Uint8Array | null, wrapKeySize: number): Uint8Array {
  const bits = wrapKeySize * 8;
  return encode(
    sequence(
      keyInfo,
      ukm && explicit(0, octetString(ukm)),
      explicit(2, octetString(Uint8Array.of(0, 0, bits >>> 8, bits))),
    ),
  );
}

/**
 * What is written: a wrap as strong as the content cipher, and a KDF with SHA-256 (RFC 5753 section 8, RFC 8418 section
 * 2); with X448, whose strength asks for it, SHA-512.
 */
export async function keyAgreeRecipientInfo(certificate: Certificate, contentKey: Uint8Array): Promise<Der> {
  const algorithm = writtenAgreement(certificate, contentKey);
  const { publicKey, sharedSecret } = await ephemeralAgreement(certificate.spki);
  const kek = await deriveWrapKey(algorithm.agreement, sharedSecret, null);
  const originatorKey = constructed(
    contextConstructed(1),
    algorithmIdentifier(algorithm.originatorOid, "absent"),
    bitString(publicKey),
  );
  return constructed(
    contextConstructed(1),
    smallInteger(3),
    constructed(contextConstructed(0), originatorKey),
    algorithmIdentifier(algorithm.schemeOid, encodeAlgorithmIdentifier(algorithm.agreement.wrapAlgorithm)),
    sequence(sequence(issuerAndSerialNumber(certificate), octetString(wrapKey(kek, contentKey)))),
  );
}

interface WrittenAgreement {
  readonly schemeOid: string;
  readonly originatorOid: string;
  readonly agreement: EcdhKeyAgreement;
}

function writtenAgreement({ spki }: Certificate, contentKey: Uint8Array): WrittenAgreement {
  const key = parsePublicKey(spki);
  const isStrong = contentKey.length > 16;
  const wrapOid = isStrong ? Cipher.aes256Wrap : Cipher.aes128Wrap;
  const wrap: KeyWrap = { kind: "aes", keySize: isStrong ? 32 : 16 };
  const wrapAlgorithm: AlgorithmIdentifier = { oid: wrapOid, parameters: null };
  const written = (schemeOid: string, originatorOid: string, kdf: KeyDerivation): WrittenAgreement => ({
    schemeOid,
    originatorOid,
    agreement: { kdf, wrap, wrapAlgorithm },
  });
  if (key?.type !== "montgomery") {
    const kdf: KeyDerivation = { kind: "x963", digest: "sha-256" };
    return written(KeyAgreement.dhSinglePassStdDhSha256Kdf, PublicKey.ecPublicKey, kdf);
  }
  const digest = key.curve === "X448" ? "sha-512" : "sha-256";
  const scheme =
    key.curve === "X448" ? KeyAgreement.dhSinglePassStdDhHkdfSha512 : KeyAgreement.dhSinglePassStdDhHkdfSha256;
  return written(scheme, RAW_KEY_OID[key.curve], { kind: "hkdf", digest });
}
