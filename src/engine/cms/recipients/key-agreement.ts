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
import { keyWrapSize, unwrapKey, wrapKey } from "../../primitives/key-wrap.ts";
import type { PrivateKey } from "../../primitives/private-key.ts";
import { ephemeralAgreement } from "../../primitives/ecdh.ts";
import { x963Kdf } from "../../primitives/x963-kdf.ts";
import type { Certificate } from "../../x509/certificate.ts";
import { issuerAndSerialNumber } from "../certificate-identifier.ts";
import { readingCms } from "../content-info.ts";
import type { KeyAgreeRecipientInfo, OriginatorPublicKey, RecipientEncryptedKey } from "./recipient-info.ts";

/** Ephemeral-static ECDH with the X9.63 KDF (RFC 5753 section 3.1) and AES key wrap (RFC 3565 section 2.3.2). */
export interface EcdhKeyAgreement {
  readonly kdfDigest: DigestName;
  readonly wrap: AlgorithmIdentifier;
  /** Octets of the key-encryption key. */
  readonly wrapKeySize: number;
}

const KDF_DIGESTS: ReadonlyMap<string, DigestName> = new Map([
  [KeyAgreement.dhSinglePassStdDhSha1Kdf, "sha-1"],
  [KeyAgreement.dhSinglePassStdDhSha224Kdf, "sha-224"],
  [KeyAgreement.dhSinglePassStdDhSha256Kdf, "sha-256"],
  [KeyAgreement.dhSinglePassStdDhSha384Kdf, "sha-384"],
  [KeyAgreement.dhSinglePassStdDhSha512Kdf, "sha-512"],
]);

/** `null` where the scheme or the wrap is unknown here. */
export function readEcdhKeyAgreement(algorithm: AlgorithmIdentifier): EcdhKeyAgreement | null {
  const kdfDigest = KDF_DIGESTS.get(algorithm.oid);
  const { parameters } = algorithm;
  if (!kdfDigest || !parameters) return null;
  const wrap = readingCms(() => readAlgorithmIdentifier(new Asn1Reader(parameters.bytes, "ber")));
  const wrapKeySize = keyWrapSize(wrap.oid);
  return wrapKeySize && { kdfDigest, wrap, wrapKeySize };
}

/**
 * The content-encryption key for the holder of `key`.
 *
 * @throws {SmimeError} `decrypt.failed`
 */
export async function recoverAgreedKey(
  agreement: EcdhKeyAgreement,
  info: KeyAgreeRecipientInfo,
  { encryptedKey }: RecipientEncryptedKey,
  key: PrivateKey,
): Promise<Uint8Array> {
  if (key.type !== "ec" || !info.originatorKey) throw new SmimeError("decrypt.failed");
  const sharedSecret = await key.agree(originatorSpki(info.originatorKey, key));
  const sharedInfo = eccCmsSharedInfo(encodeAlgorithmIdentifier(agreement.wrap), info.ukm, agreement.wrapKeySize);
  const wrapKeyOctets = await x963Kdf(agreement.kdfDigest, sharedSecret, agreement.wrapKeySize, sharedInfo);
  return unwrapKey(wrapKeyOctets, encryptedKey);
}

/**
 * The originator's point as a SubjectPublicKeyInfo on the recipient's own curve: its parameters may be absent or NULL
 * (RFC 5753 section 3.1.1), and another curve could not agree anyway.
 */
function originatorSpki({ algorithm, publicKey }: OriginatorPublicKey, key: PrivateKey): Uint8Array {
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

/** What is written: KDF with SHA-256 and a wrap as strong as the content cipher (RFC 5753 section 8). */
export async function keyAgreeRecipientInfo(certificate: Certificate, contentKey: Uint8Array): Promise<Der> {
  const wrapKeySize = contentKey.length > 16 ? 32 : 16;
  const wrap = algorithmIdentifier(wrapKeySize === 32 ? Cipher.aes256Wrap : Cipher.aes128Wrap, "absent");
  const { publicKey, sharedSecret } = await ephemeralAgreement(certificate.spki);
  const sharedInfo = eccCmsSharedInfo(wrap, null, wrapKeySize);
  const wrapKeyOctets = await x963Kdf("sha-256", sharedSecret, wrapKeySize, sharedInfo);
  const originatorKey = constructed(
    contextConstructed(1),
    algorithmIdentifier(PublicKey.ecPublicKey, "absent"),
    bitString(publicKey),
  );
  return constructed(
    contextConstructed(1),
    smallInteger(3),
    constructed(contextConstructed(0), originatorKey),
    algorithmIdentifier(KeyAgreement.dhSinglePassStdDhSha256Kdf, wrap),
    sequence(sequence(issuerAndSerialNumber(certificate), octetString(wrapKey(wrapKeyOctets, contentKey)))),
  );
}
