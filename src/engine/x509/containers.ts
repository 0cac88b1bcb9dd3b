import { readWhole } from "../asn1/reader.ts";
import { Tag } from "../asn1/tag.ts";
import { readTlv } from "../asn1/tlv.ts";
import { SmimeError } from "../errors.ts";
import { MAX_CONTAINER_CERTIFICATES, MAX_CONTAINER_SIZE } from "../limits.ts";
import { parseCertificate, type Certificate } from "./certificate.ts";
import { readCertificateBag } from "./p7b.ts";
import { hasPemBlock, readBareBase64, readFileText, readPemBlocks, type PemBlock } from "./pem.ts";
import { isSerializedStore, readSerializedStore } from "./sst.ts";
import { hasVcard, readVcardKeys } from "./vcard.ts";

/** The kinds of file that hold certificates; names as people know them by their endings. */
export type ContainerKind = "pem" | "der" | "p7b" | "sst" | "vcard" | "pkcs12";

/**
 * What a file holds. A store of hundreds of authorities, as Windows exports it, often has one that no strict reader
 * takes; the others count, and that one is named.
 */
export interface CertificateContainer {
  readonly kind: Exclude<ContainerKind, "pkcs12">;
  readonly certificates: readonly Certificate[];
  readonly unreadable: readonly UnreadableCertificate[];
}

export interface UnreadableCertificate {
  /** Its place in the file, from 0. */
  readonly index: number;
  readonly der: Uint8Array;
  readonly error: SmimeError;
}

/** PEM labels whose blocks are certificates or bags of them; all others (keys, CRLs, requests) are passed over. */
const CERTIFICATE_LABELS: ReadonlySet<string> = new Set([
  "CERTIFICATE",
  // RFC 7468 section 5.3: names that older tools wrote.
  "X509 CERTIFICATE",
  "X.509 CERTIFICATE",
  "TRUSTED CERTIFICATE",
  "PKCS7",
  "PKCS #7 SIGNED DATA",
  "CMS",
]);

/** OpenSSL's own form: the certificate, and after it a SEQUENCE of trust settings, which are not ours. */
const TRUSTED_CERTIFICATE = "TRUSTED CERTIFICATE";

/**
 * The certificates of a file, whatever form it has; the form is told by content, never by name. Unreadable ones are left
 * out where there are others.
 *
 * @throws {SmimeError} `malformed.certificate`, `malformed.pem`, `malformed.cms`, `malformed.sst`, `limit.exceeded`, and
 *   `unsupported.content-type` for a PKCS#12 file, which needs a passphrase
 */
export function readCertificates(file: Uint8Array): Certificate[] {
  const { certificates, unreadable } = readCertificateContainer(file);
  const [first] = unreadable;
  if (certificates.length === 0 && first) throw first.error;
  return [...certificates];
}

/**
 * The certificate that a file is given for, the first in it, and those that follow. Where the first cannot be read, the
 * next is not taken in its place: it is somebody else's.
 *
 * @throws {SmimeError} what `readCertificates` throws, and `malformed.certificate` for the first certificate
 */
export function readCertificateWithChain(file: Uint8Array): readonly [Certificate, ...Certificate[]] {
  const { certificates, unreadable } = readCertificateContainer(file);
  const broken = unreadable.find(({ index }) => index === 0);
  if (broken) throw broken.error;
  const [first, ...others] = certificates;
  if (!first) throw new SmimeError("malformed.certificate", { reason: "no-certificate" });
  return [first, ...others];
}

/** As `readCertificates`, and says which kind of file it is. */
export function readCertificateContainer(file: Uint8Array): CertificateContainer {
  if (file.length > MAX_CONTAINER_SIZE) throw new SmimeError("limit.exceeded", { limit: "container-size" });
  if (isSerializedStore(file)) return parseAll("sst", readSerializedStore(file));
  if (startsAsBinary(file)) return readDer(file);

  const text = readFileText(file);
  if (hasPemBlock(text)) return parseAll("pem", readPem(readPemBlocks(text)));
  if (hasVcard(text)) return readVcards(text);
  const bare = readBareBase64(text);
  if (bare?.[0] === Tag.Sequence) return readDer(bare);
  throw new SmimeError("malformed.certificate", { reason: "unknown-container" });
}

/** Whether a file is a PKCS#12 PFX: `SEQUENCE { version INTEGER (3), authSafe ContentInfo, … }` (RFC 7292 section 4). */
export function isPkcs12(file: Uint8Array): boolean {
  try {
    const pfx = readWhole(file, "ber");
    return pfx.smallInteger() === 3 && pfx.nextTag === Tag.Sequence;
  } catch {
    return false;
  }
}

/**
 * A SEQUENCE whose length octet is no printable ASCII character. Text may begin with "0", the octet of SEQUENCE, but is
 * printable after it; a SEQUENCE of 32 to 126 octets holds no certificate.
 */
function startsAsBinary(file: Uint8Array): boolean {
  const length = file[1] ?? 0;
  return file[0] === Tag.Sequence && (length > 0x7e || (length < 0x20 && !isLineEnd(length)));
}

function isLineEnd(octet: number): boolean {
  return octet === 0x0a || octet === 0x0d;
}

function readDer(der: Uint8Array): CertificateContainer {
  if (isContentInfo(der)) return parseAll("p7b", readCertificateBag(der));
  if (isPkcs12(der)) throw new SmimeError("unsupported.content-type", { contentType: "pkcs12" });
  return parseAll("der", [der]);
}

/**
 * `ContentInfo ::= SEQUENCE { contentType OBJECT IDENTIFIER, … }`; a certificate has a SEQUENCE in that place. Told from
 * the first octets alone, so that half a P7B is called that.
 */
function isContentInfo(der: Uint8Array): boolean {
  const length = der[1] ?? 0;
  const inside = 2 + (length > 0x80 ? length & 0x7f : 0);
  return der[0] === Tag.Sequence && der[inside] === Tag.ObjectIdentifier;
}

function readVcards(text: string): CertificateContainer {
  const ders = readVcardKeys(text).flatMap((octets) => (isContentInfo(octets) ? readCertificateBag(octets) : [octets]));
  if (ders.length === 0) throw new SmimeError("malformed.certificate", { reason: "vcard-without-certificate" });
  return parseAll("vcard", ders);
}

function readPem(blocks: readonly PemBlock[]): Uint8Array[] {
  const ders: Uint8Array[] = [];
  let found = false;
  for (const { label, der } of blocks) {
    if (!CERTIFICATE_LABELS.has(label)) continue;
    found = true;
    if (label === TRUSTED_CERTIFICATE) ders.push(withoutTrustSettings(der));
    else if (isContentInfo(der)) ders.push(...readCertificateBag(der));
    else ders.push(der);
    if (ders.length > MAX_CONTAINER_CERTIFICATES) {
      throw new SmimeError("limit.exceeded", { limit: "container-certificates" });
    }
  }
  if (!found) throw new SmimeError("malformed.pem", { reason: "no-certificate" });
  return ders;
}

function withoutTrustSettings(der: Uint8Array): Uint8Array {
  try {
    return readTlv(der, 0, "der").bytes;
  } catch (error) {
    throw new SmimeError("malformed.certificate", { reason: "trusted-certificate" }, { cause: error });
  }
}

function parseAll(kind: CertificateContainer["kind"], ders: readonly Uint8Array[]): CertificateContainer {
  const certificates: Certificate[] = [];
  const unreadable: UnreadableCertificate[] = [];
  for (const [index, der] of ders.entries()) {
    try {
      certificates.push(parseCertificate(der));
    } catch (error) {
      if (!(error instanceof SmimeError)) throw error;
      unreadable.push({ index, der, error });
    }
  }
  return { kind, certificates, unreadable };
}
