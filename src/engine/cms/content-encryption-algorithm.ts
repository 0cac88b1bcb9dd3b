import {
  type AlgorithmIdentifier,
  algorithmIdentifier,
  readAlgorithmIdentifier,
} from "../asn1/algorithm-identifier.ts";
import { Cipher } from "../asn1/oids.ts";
import { Asn1Reader } from "../asn1/reader.ts";
import { Tag } from "../asn1/tag.ts";
import { type Der, encode, octetString, sequence, smallInteger } from "../asn1/writer.ts";
import { utf8Bytes } from "../bytes/text.ts";
import { SmimeError } from "../errors.ts";
import { type ContentCipher, cipherByOid, cipherOid, rc2Cipher } from "../primitives/cipher-registry.ts";
import type { CipherParameters } from "../primitives/content-cipher.ts";
import { hkdf } from "../primitives/hkdf.ts";
import { readingCms } from "./content-info.ts";

/** A content cipher with what its AlgorithmIdentifier's parameters say. */
export interface ContentEncryption extends CipherParameters {
  readonly cipher: ContentCipher;
  /**
   * The cipher's AlgorithmIdentifier in DER where the key that was sent is only the material for the content's own
   * (RFC 9709); `null` where it is that key.
   */
  readonly derivationInfo: Uint8Array | null;
}

/** RFC 5084 section 3.2: `AES-GCM-ICVlen ::= INTEGER (12 | 13 | 14 | 15 | 16)`, 12 by default. */
const MIN_TAG_LENGTH = 12;
const MAX_TAG_LENGTH = 16;

/**
 * `null` where the cipher is unknown here.
 *
 * @throws {SmimeError} `malformed.cms`
 */
export function readContentEncryption(algorithm: AlgorithmIdentifier): ContentEncryption | null {
  if (algorithm.oid !== Cipher.cekHkdfSha256) return readCipher(algorithm);
  const { parameters } = algorithm;
  if (!parameters) throw new SmimeError("malformed.cms", { reason: "cipher-parameters-missing" });
  const inner = readingCms(() => readAlgorithmIdentifier(new Asn1Reader(parameters.bytes, "ber")));
  const encryption = readCipher(inner);
  return encryption && { ...encryption, derivationInfo: parameters.bytes };
}

function readCipher({ oid, parameters }: AlgorithmIdentifier): ContentEncryption | null {
  const cipher = cipherByOid(oid);
  if (!cipher && oid !== Cipher.rc2Cbc) return null;
  if (!parameters) throw new SmimeError("malformed.cms", { reason: "cipher-parameters-missing" });
  return readingCms(() => {
    const reader = new Asn1Reader(parameters.bytes, "ber");
    if (!cipher) return readRc2Parameters(reader);
    return cipher.mode === "cbc" ? readCbcParameters(cipher, reader) : readTagParameters(cipher, reader);
  });
}

function readCbcParameters(cipher: ContentCipher, reader: Asn1Reader): ContentEncryption {
  const iv = reader.octetString();
  if (iv.length !== cipher.ivLength) throw new SmimeError("malformed.cms", { reason: "iv-length", length: iv.length });
  return { cipher, iv, tagLength: 0, derivationInfo: null };
}

/** RFC 2268 section 6: below 256 the version is an entry of a table in place of the effective key bits. */
const RC2_VERSIONS: ReadonlyMap<number, number> = new Map([
  [160, 40],
  [120, 64],
  [58, 128],
]);

/** `RC2CBCParameter ::= SEQUENCE { rc2ParameterVersion INTEGER, iv OCTET STRING }` (RFC 3370 section 5.2) */
function readRc2Parameters(reader: Asn1Reader): ContentEncryption | null {
  // A bare vector means 32 effective bits, which nobody sends.
  if (reader.nextTag !== Tag.Sequence) return null;
  const fields = reader.sequence();
  const version = fields.smallInteger();
  const cipher = rc2Cipher(RC2_VERSIONS.get(version) ?? version);
  const encryption = cipher && readCbcParameters(cipher, fields);
  if (encryption) fields.end();
  return encryption;
}

/**
 * `GCMParameters ::= SEQUENCE { aes-nonce OCTET STRING, aes-ICVlen AES-GCM-ICVlen DEFAULT 12 }`, and CCMParameters,
 * whose tags of 4 to 10 octets are left to be unknown: nobody sends them, and they can be guessed (RFC 5084 section 3).
 */
function readTagParameters(cipher: ContentCipher, reader: Asn1Reader): ContentEncryption {
  const fields = reader.sequence();
  const iv = fields.octetString();
  const tagLength = fields.nextTag === Tag.Integer ? fields.smallInteger() : MIN_TAG_LENGTH;
  fields.end();
  const isCcm = cipher.mode === "ccm";
  const isTagFit = tagLength >= MIN_TAG_LENGTH && tagLength <= MAX_TAG_LENGTH && !(isCcm && tagLength % 2 !== 0);
  const isNonceFit = isCcm ? iv.length >= 7 && iv.length <= 13 : iv.length > 0;
  if (!isTagFit || !isNonceFit) {
    throw new SmimeError("malformed.cms", { reason: "cipher-parameters", tagLength, nonceLength: iv.length });
  }
  return { cipher, iv, tagLength, derivationInfo: null };
}

/** The same cipher with the key derivation of RFC 9709. */
export function withDerivation(encryption: ContentEncryption): ContentEncryption {
  return { ...encryption, derivationInfo: encode(cipherAlgorithm(encryption)) };
}

export function contentEncryptionAlgorithm(encryption: ContentEncryption): Der {
  const algorithm = cipherAlgorithm(encryption);
  return encryption.derivationInfo ? algorithmIdentifier(Cipher.cekHkdfSha256, algorithm) : algorithm;
}

function cipherAlgorithm({ cipher, iv, tagLength }: ContentEncryption): Der {
  const parameters = cipher.mode === "cbc" ? octetString(iv) : sequence(octetString(iv), smallInteger(tagLength));
  return algorithmIdentifier(cipherOid(cipher), parameters);
}

const DERIVATION_SALT = utf8Bytes("The Cryptographic Message Syntax");

/**
 * The key that enciphers the content: the one that was sent, or what CMS_CEK_HKDF_SHA256 makes of it (RFC 9709 section
 * 2), so that under another cipher's name it is another key and opens nothing (attack 25).
 */
export function contentKey(sentKey: Uint8Array, { derivationInfo }: ContentEncryption): Uint8Array {
  return derivationInfo ? hkdf("sha-256", sentKey, DERIVATION_SALT, derivationInfo, sentKey.length) : sentKey;
}
