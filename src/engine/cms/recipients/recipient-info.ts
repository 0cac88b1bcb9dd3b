import { type AlgorithmIdentifier, readAlgorithmIdentifier } from "../../asn1/algorithm-identifier.ts";
import type { Asn1Reader } from "../../asn1/reader.ts";
import { Tag, contextConstructed } from "../../asn1/tag.ts";
import { SmimeError } from "../../errors.ts";
import { MAX_RECIPIENT_INFOS } from "../../limits.ts";
import {
  type CertificateIdentifier,
  type IssuerAndSerialNumber,
  type KeyIdentifier,
  readCertificateIdentifier,
  readIssuerAndSerialNumber,
} from "../certificate-identifier.ts";

/**
 * ```
 * RecipientInfo ::= CHOICE {
 *   ktri KeyTransRecipientInfo,
 *   kari [1] KeyAgreeRecipientInfo,
 *   kekri [2] KEKRecipientInfo,
 *   pwri [3] PasswordRecipientInfo,
 *   ori [4] OtherRecipientInfo }
 * ```
 * (RFC 5652 section 6.2)
 */
export type RecipientInfo =
  KeyTransRecipientInfo | KeyAgreeRecipientInfo | KekRecipientInfo | PasswordRecipientInfo | { readonly kind: "ori" };

/** `SEQUENCE { version, rid RecipientIdentifier, keyEncryptionAlgorithm, encryptedKey }` (RFC 5652 section 6.2.1) */
export interface KeyTransRecipientInfo {
  readonly kind: "ktri";
  readonly rid: CertificateIdentifier;
  readonly keyEncryptionAlgorithm: AlgorithmIdentifier;
  readonly encryptedKey: Uint8Array;
}

/**
 * `SEQUENCE { version, originator [0] EXPLICIT OriginatorIdentifierOrKey, ukm [1] EXPLICIT OPTIONAL,
 * keyEncryptionAlgorithm, recipientEncryptedKeys }` (RFC 5652 section 6.2.2)
 */
export interface KeyAgreeRecipientInfo {
  readonly kind: "kari";
  readonly originator: OriginatorPublicKey | CertificateIdentifier;
  readonly ukm: Uint8Array | null;
  readonly keyEncryptionAlgorithm: AlgorithmIdentifier;
  readonly recipientEncryptedKeys: readonly RecipientEncryptedKey[];
}

/** `OriginatorPublicKey ::= SEQUENCE { algorithm AlgorithmIdentifier, publicKey BIT STRING }` */
export interface OriginatorPublicKey {
  readonly kind: "public-key";
  readonly algorithm: AlgorithmIdentifier;
  readonly publicKey: Uint8Array;
}

/** `RecipientEncryptedKey ::= SEQUENCE { rid KeyAgreeRecipientIdentifier, encryptedKey EncryptedKey }` */
export interface RecipientEncryptedKey {
  readonly rid: IssuerAndSerialNumber | KeyIdentifier;
  readonly encryptedKey: Uint8Array;
}

/**
 * `SEQUENCE { version, kekid KEKIdentifier, keyEncryptionAlgorithm, encryptedKey }` (RFC 5652 section 6.2.3), kekid
 * being `SEQUENCE { keyIdentifier OCTET STRING, date OPTIONAL, other OPTIONAL }`
 */
export interface KekRecipientInfo {
  readonly kind: "kekri";
  readonly keyIdentifier: Uint8Array;
  readonly keyEncryptionAlgorithm: AlgorithmIdentifier;
  readonly encryptedKey: Uint8Array;
}

/**
 * `SEQUENCE { version, keyDerivationAlgorithm [0] OPTIONAL, keyEncryptionAlgorithm, encryptedKey }` (RFC 5652 section
 * 6.2.4)
 */
export interface PasswordRecipientInfo {
  readonly kind: "pwri";
  readonly keyDerivationAlgorithm: AlgorithmIdentifier | null;
  readonly keyEncryptionAlgorithm: AlgorithmIdentifier;
  readonly encryptedKey: Uint8Array;
}

export function readRecipientInfos(set: Asn1Reader): RecipientInfo[] {
  return set.rest(MAX_RECIPIENT_INFOS).map((tlv) => {
    switch (tlv.tag) {
      case Tag.Sequence:
        return readKeyTransRecipientInfo(set.inside(tlv));
      case contextConstructed(1):
        return readKeyAgreeRecipientInfo(set.inside(tlv));
      case contextConstructed(2):
        return readKekRecipientInfo(set.inside(tlv));
      case contextConstructed(3):
        return readPasswordRecipientInfo(set.inside(tlv));
      case contextConstructed(4):
        return { kind: "ori" };
      default:
        throw new SmimeError("malformed.cms", { reason: "recipient-info", tag: tlv.tag });
    }
  });
}

function readKeyTransRecipientInfo(fields: Asn1Reader): KeyTransRecipientInfo {
  fields.smallInteger();
  const rid = readCertificateIdentifier(fields);
  const keyEncryptionAlgorithm = readAlgorithmIdentifier(fields);
  const encryptedKey = fields.octetString();
  fields.end();
  return { kind: "ktri", rid, keyEncryptionAlgorithm, encryptedKey };
}

function readKeyAgreeRecipientInfo(fields: Asn1Reader): KeyAgreeRecipientInfo {
  fields.smallInteger();
  const originator = readOriginator(fields.sequence(contextConstructed(0)));
  const ukmReader = fields.optionalExplicit(1);
  const ukm = ukmReader ? ukmReader.octetString() : null;
  ukmReader?.end();
  const keyEncryptionAlgorithm = readAlgorithmIdentifier(fields);
  const keys = fields.sequence();
  fields.end();
  const recipientEncryptedKeys = keys.rest(MAX_RECIPIENT_INFOS).map((tlv) => {
    if (tlv.tag !== Tag.Sequence) throw new SmimeError("malformed.cms", { reason: "recipient-encrypted-key" });
    return readRecipientEncryptedKey(keys.inside(tlv));
  });
  return { kind: "kari", originator, ukm, keyEncryptionAlgorithm, recipientEncryptedKeys };
}

/** `CHOICE { issuerAndSerialNumber, subjectKeyIdentifier [0], originatorKey [1] OriginatorPublicKey }` */
function readOriginator(choice: Asn1Reader): OriginatorPublicKey | CertificateIdentifier {
  const fields = choice.optionalSequence(contextConstructed(1));
  if (!fields) {
    const identifier = readCertificateIdentifier(choice);
    choice.end();
    return identifier;
  }
  const algorithm = readAlgorithmIdentifier(fields);
  const publicKey = fields.bitStringOctets();
  fields.end();
  choice.end();
  return { kind: "public-key", algorithm, publicKey };
}

/** rid is `CHOICE { issuerAndSerialNumber, rKeyId [0] IMPLICIT SEQUENCE { subjectKeyIdentifier, date, other } }` */
function readRecipientEncryptedKey(fields: Asn1Reader): RecipientEncryptedKey {
  const keyId = fields.optionalSequence(contextConstructed(0));
  const rid: RecipientEncryptedKey["rid"] = keyId
    ? { kind: "subject-key-identifier", keyIdentifier: keyId.octetString() }
    : readIssuerAndSerialNumber(fields);
  const encryptedKey = fields.octetString();
  fields.end();
  return { rid, encryptedKey };
}

function readKekRecipientInfo(fields: Asn1Reader): KekRecipientInfo {
  fields.smallInteger();
  const keyIdentifier = fields.sequence().octetString();
  const keyEncryptionAlgorithm = readAlgorithmIdentifier(fields);
  const encryptedKey = fields.octetString();
  fields.end();
  return { kind: "kekri", keyIdentifier, keyEncryptionAlgorithm, encryptedKey };
}

function readPasswordRecipientInfo(fields: Asn1Reader): PasswordRecipientInfo {
  fields.smallInteger();
  const tag = contextConstructed(0);
  const keyDerivationAlgorithm = fields.nextTag === tag ? readAlgorithmIdentifier(fields, tag) : null;
  const keyEncryptionAlgorithm = readAlgorithmIdentifier(fields);
  const encryptedKey = fields.octetString();
  fields.end();
  return { kind: "pwri", keyDerivationAlgorithm, keyEncryptionAlgorithm, encryptedKey };
}
