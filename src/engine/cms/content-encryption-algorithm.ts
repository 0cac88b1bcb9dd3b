import { type AlgorithmIdentifier, algorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { Asn1Reader } from "../asn1/reader.ts";
import { Tag } from "../asn1/tag.ts";
import { type Der, octetString, sequence, smallInteger } from "../asn1/writer.ts";
import { SmimeError } from "../errors.ts";
import { type CipherParameters, type ContentCipher, cipherByOid, cipherOid } from "../primitives/content-cipher.ts";
import { readingCms } from "./content-info.ts";

/** A content cipher with what its AlgorithmIdentifier's parameters say. */
export interface ContentEncryption extends CipherParameters {
  readonly cipher: ContentCipher;
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
  const cipher = cipherByOid(algorithm.oid);
  const { parameters } = algorithm;
  if (!cipher) return null;
  if (!parameters) throw new SmimeError("malformed.cms", { reason: "cipher-parameters-missing" });
  return readingCms(() => {
    const reader = new Asn1Reader(parameters.bytes, "ber");
    return cipher.mode === "cbc" ? readCbcParameters(cipher, reader) : readGcmParameters(cipher, reader);
  });
}

function readCbcParameters(cipher: ContentCipher, reader: Asn1Reader): ContentEncryption {
  const iv = reader.octetString();
  if (iv.length !== cipher.ivLength) throw new SmimeError("malformed.cms", { reason: "iv-length", length: iv.length });
  return { cipher, iv, tagLength: 0 };
}

/** `GCMParameters ::= SEQUENCE { aes-nonce OCTET STRING, aes-ICVlen AES-GCM-ICVlen DEFAULT 12 }` */
function readGcmParameters(cipher: ContentCipher, reader: Asn1Reader): ContentEncryption {
  const fields = reader.sequence();
  const iv = fields.octetString();
  const tagLength = fields.nextTag === Tag.Integer ? fields.smallInteger() : MIN_TAG_LENGTH;
  fields.end();
  if (tagLength < MIN_TAG_LENGTH || tagLength > MAX_TAG_LENGTH || iv.length === 0) {
    throw new SmimeError("malformed.cms", { reason: "gcm-parameters", tagLength, nonceLength: iv.length });
  }
  return { cipher, iv, tagLength };
}

export function contentEncryptionAlgorithm({ cipher, iv, tagLength }: ContentEncryption): Der {
  const parameters = cipher.mode === "cbc" ? octetString(iv) : sequence(octetString(iv), smallInteger(tagLength));
  return algorithmIdentifier(cipherOid(cipher), parameters);
}
