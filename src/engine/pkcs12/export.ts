import { algorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { Cipher, ContentType } from "../asn1/oids.ts";
import { Tag } from "../asn1/tag.ts";
import {
  constructed,
  type Der,
  encode,
  encoded,
  explicit,
  implicitPrimitive,
  octetString,
  oid,
  sequence,
  setOf,
  smallInteger,
} from "../asn1/writer.ts";
import { equalBytes } from "../bytes/equal.ts";
import { joinBytes } from "../bytes/concat.ts";
import { CIPHERS } from "../primitives/cipher-registry.ts";
import { encryptCbc, generateIv } from "../primitives/content-cipher.ts";
import { digest } from "../primitives/digest.ts";
import type { Certificate } from "../x509/certificate.ts";
import { iterationBudget } from "./iteration-budget.ts";
import { Bag, BagAttribute, Pkcs5, X509_CERTIFICATE } from "./oids.ts";
import { bmpText, passphraseForms, type Passphrase } from "./passphrase.ts";
import { deriveWithPbkdf2, newPbkdf2Params, pbkdf2Algorithm } from "./pbkdf2-params.ts";
import { type MacKind, macDataOver } from "./mac.ts";

/** An identity to be written; the certificates of its issuers in any order. */
export interface ExportedIdentity {
  /** PrivateKeyInfo. */
  readonly pkcs8: Uint8Array;
  readonly certificate: Certificate;
  readonly chain: readonly Certificate[];
  readonly friendlyName: string | null;
}

export interface Pkcs12ExportOptions {
  readonly passphrase: string;
  /** `pkcs12`, which every program reads, by default; `pbmac1` (RFC 9579) since 2024, which older ones refuse. */
  readonly mac?: MacKind;
  /** Of each derivation. */
  readonly iterations?: number;
}

/**
 * OWASP's advice for PBKDF2 with HMAC-SHA-256 in 2026. The MAC gets as many: who guesses takes the cheaper of the two.
 */
export const EXPORT_ITERATIONS = 600_000;

const CIPHER = CIPHERS["aes-256-cbc"];

/**
 * Writes a PKCS#12 file (RFC 7292): keys and certificates under PBES2 with AES-256-CBC and PBKDF2 with HMAC-SHA-256
 * (RFC 8018 section 6.2), all of it under a MAC with SHA-256. Nothing of it is readable without the passphrase.
 */
export async function exportPkcs12(
  identities: readonly ExportedIdentity[],
  { passphrase, mac = "pkcs12", iterations = EXPORT_ITERATIONS }: Pkcs12ExportOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const [form] = passphraseForms(passphrase);
  const certificates = sequence(...(await certificateBags(identities)));
  const keys = await Promise.all(identities.map((identity) => keyBag(identity, form, iterations)));
  // AuthenticatedSafe ::= SEQUENCE OF ContentInfo (RFC 7292 section 4.1)
  const authSafe = encode(
    sequence(await encryptedSafe(encode(certificates), form, iterations), dataContent(encode(sequence(...keys)))),
  );
  return encode(sequence(smallInteger(3), dataContent(authSafe), await macDataOver(authSafe, mac, form, iterations)));
}

function dataContent(content: Uint8Array): Der {
  return sequence(oid(ContentType.data), explicit(0, octetString(content)));
}

/** `EncryptedData` (RFC 5652 section 8) around a SafeContents. */
async function encryptedSafe(content: Uint8Array, passphrase: Passphrase, iterations: number): Promise<Der> {
  const { algorithm, ciphertext } = await encryptPbes2(content, passphrase, iterations);
  const info = sequence(oid(ContentType.data), algorithm, implicitPrimitive(0, ciphertext));
  return sequence(oid(ContentType.encryptedData), explicit(0, sequence(smallInteger(0), info)));
}

/** Each certificate once; those with a key carry its localKeyId, by which other programs pair the two. */
async function certificateBags(identities: readonly ExportedIdentity[]): Promise<Der[]> {
  const own = identities.map(({ certificate }) => certificate);
  const others = identities.flatMap(({ chain }) => chain);
  const all = [...own, ...others].filter(
    (certificate, index, list) => list.findIndex(({ der }) => equalBytes(der, certificate.der)) === index,
  );
  return Promise.all(
    all.map(async (certificate) => {
      const identity = identities.find((candidate) => equalBytes(candidate.certificate.der, certificate.der));
      const value = sequence(oid(X509_CERTIFICATE), explicit(0, octetString(certificate.der)));
      return safeBag(Bag.certificate, value, identity ? await bagAttributes(identity) : []);
    }),
  );
}

/** `PKCS8ShroudedKeyBag` (RFC 7292 section 4.2.2): an EncryptedPrivateKeyInfo. */
async function keyBag(identity: ExportedIdentity, passphrase: Passphrase, iterations: number): Promise<Der> {
  const { algorithm, ciphertext } = await encryptPbes2(identity.pkcs8, passphrase, iterations);
  return safeBag(Bag.shroudedKey, sequence(algorithm, octetString(ciphertext)), await bagAttributes(identity));
}

function safeBag(bagId: string, value: Der, attributes: readonly Der[]): Der {
  return sequence(oid(bagId), explicit(0, value), attributes.length > 0 ? setOf(attributes) : null);
}

/** localKeyId: SHA-1 of the certificate, as OpenSSL and Windows have it; it identifies and protects nothing. */
async function bagAttributes({ certificate, friendlyName }: ExportedIdentity): Promise<Der[]> {
  const id = bagAttribute(BagAttribute.localKeyId, octetString(await digest("sha-1", certificate.der)));
  if (friendlyName === null) return [id];
  return [id, bagAttribute(BagAttribute.friendlyName, constructed(Tag.BmpString, encoded(bmpText(friendlyName))))];
}

function bagAttribute(type: string, value: Der): Der {
  return sequence(oid(type), setOf([value]));
}

/** PBES2 (RFC 8018 section 6.2.1) with a salt and an initialization vector of its own each time. */
async function encryptPbes2(
  plaintext: Uint8Array,
  passphrase: Passphrase,
  iterations: number,
): Promise<{ algorithm: Der; ciphertext: Uint8Array }> {
  const params = newPbkdf2Params(iterations, null);
  const key = await deriveWithPbkdf2(params, passphrase.utf8, CIPHER.keyLength, iterationBudget());
  const iv = generateIv(CIPHER);
  const chunks: Uint8Array[] = [];
  for await (const chunk of encryptCbc(CIPHER, key, iv, [plaintext]).chunks) chunks.push(chunk.slice());
  const scheme = algorithmIdentifier(Cipher.aes256Cbc, octetString(iv));
  const algorithm = algorithmIdentifier(Pkcs5.pbes2, sequence(pbkdf2Algorithm(params), scheme));
  return { algorithm, ciphertext: joinBytes(chunks) };
}
