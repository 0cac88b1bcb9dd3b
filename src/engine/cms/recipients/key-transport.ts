import {
  type AlgorithmIdentifier,
  algorithmIdentifier,
  readAlgorithmIdentifier,
} from "../../asn1/algorithm-identifier.ts";
import { Digest, PublicKey } from "../../asn1/oids.ts";
import { Asn1Reader } from "../../asn1/reader.ts";
import { type Der, explicit, octetString, sequence, smallInteger } from "../../asn1/writer.ts";
import { SmimeError } from "../../errors.ts";
import { type DigestName, digestByOid, digestOid } from "../../primitives/digest.ts";
import type { PrivateKey } from "../../primitives/private-key.ts";
import { encryptRsaOaep, encryptRsaPkcs1 } from "../../primitives/rsa-encryption.ts";
import type { Certificate } from "../../x509/certificate.ts";
import { issuerAndSerialNumber } from "../certificate-identifier.ts";
import { readingCms } from "../content-info.ts";
import type { KeyTransRecipientInfo } from "./recipient-info.ts";

/** RSAES-PKCS1-v1_5 (RFC 3370 section 4.2.1) or RSAES-OAEP (RFC 3560, RFC 4055 section 4). */
export type KeyTransport =
  | { readonly kind: "rsa-pkcs1" }
  | {
      readonly kind: "rsa-oaep";
      readonly digest: DigestName;
      readonly mgfDigest: DigestName;
      readonly label: Uint8Array;
    };

/** `null` where the algorithm is unknown here. */
export function readKeyTransport(algorithm: AlgorithmIdentifier): KeyTransport | null {
  if (algorithm.oid === PublicKey.rsaEncryption) return { kind: "rsa-pkcs1" };
  if (algorithm.oid !== PublicKey.rsaesOaep) return null;
  return readingCms(() => readOaepParams(algorithm));
}

/**
 * `RSAES-OAEP-params ::= SEQUENCE { hashFunc [0] DEFAULT sha1, maskGenFunc [1] DEFAULT mgf1SHA1,
 * pSourceFunc [2] DEFAULT pSpecifiedEmpty }` (RFC 4055 section 4.1)
 */
function readOaepParams({ parameters }: AlgorithmIdentifier): KeyTransport | null {
  const fields = parameters ? new Asn1Reader(parameters.bytes, "ber").sequence() : null;
  const hash = fields?.optionalExplicit(0);
  const digest = hash ? digestByOid(readAlgorithmIdentifier(hash).oid) : "sha-1";
  const mask = fields?.optionalExplicit(1);
  const mgfDigest = mask ? readMgf1(readAlgorithmIdentifier(mask)) : "sha-1";
  const source = fields?.optionalExplicit(2);
  const label = source ? readLabel(readAlgorithmIdentifier(source)) : new Uint8Array(0);
  fields?.end();
  return digest && mgfDigest && label && { kind: "rsa-oaep", digest, mgfDigest, label };
}

function readMgf1({ oid, parameters }: AlgorithmIdentifier): DigestName | null {
  if (oid !== PublicKey.mgf1 || !parameters) return null;
  return digestByOid(readAlgorithmIdentifier(new Asn1Reader(parameters.bytes, "ber")).oid);
}

function readLabel({ oid, parameters }: AlgorithmIdentifier): Uint8Array | null {
  if (oid !== PublicKey.pSpecified || !parameters) return null;
  return new Asn1Reader(parameters.bytes, "ber").octetString();
}

/**
 * The content-encryption key for the holder of `key`. With PKCS#1 v1.5 a wrong padding gives another key of
 * `keyLength` octets instead of an error (RFC 3218 section 2.3.2), so that what fails later tells nothing.
 *
 * @throws {SmimeError} `decrypt.failed`
 */
export async function recoverTransportedKey(
  transport: KeyTransport,
  info: KeyTransRecipientInfo,
  key: PrivateKey,
  keyLength: number,
): Promise<Uint8Array> {
  if (key.type !== "rsa") throw new SmimeError("decrypt.failed");
  if (transport.kind === "rsa-pkcs1") return key.unwrapRsaPkcs1(info.encryptedKey, keyLength);
  return key.unwrapRsaOaep(info.encryptedKey, transport.digest, transport.mgfDigest, transport.label);
}

/** What is written: PKCS#1 v1.5, which every program reads, or OAEP with one digest for hash and mask. */
export type WrittenKeyTransport =
  { readonly kind: "rsa-pkcs1" } | { readonly kind: "rsa-oaep"; readonly digest: DigestName };

/** A KeyTransRecipientInfo by issuer and serial number: version 0 (RFC 5652 section 6.2.1). */
export async function keyTransRecipientInfo(
  certificate: Certificate,
  transport: WrittenKeyTransport,
  contentKey: Uint8Array,
): Promise<Der> {
  const encryptedKey =
    transport.kind === "rsa-pkcs1"
      ? encryptRsaPkcs1(certificate.spki, contentKey)
      : await encryptRsaOaep(certificate.spki, transport.digest, contentKey);
  return sequence(
    smallInteger(0),
    issuerAndSerialNumber(certificate),
    transport.kind === "rsa-pkcs1"
      ? algorithmIdentifier(PublicKey.rsaEncryption, "null")
      : oaepAlgorithm(transport.digest),
    octetString(encryptedKey),
  );
}

/** Fields with their default value are left out, as DER asks (X.690 section 11.5): SHA-1 is the default. */
function oaepAlgorithm(digest: DigestName): Der {
  if (digestOid(digest) === Digest.sha1) return algorithmIdentifier(PublicKey.rsaesOaep, sequence());
  const hash = algorithmIdentifier(digestOid(digest), "null");
  const mask = algorithmIdentifier(PublicKey.mgf1, hash);
  return algorithmIdentifier(PublicKey.rsaesOaep, sequence(explicit(0, hash), explicit(1, mask)));
}
