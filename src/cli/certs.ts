import { decodeOid } from "../engine/asn1/reader.ts";
import { PublicKey } from "../engine/asn1/oids.ts";
import { Tag } from "../engine/asn1/tag.ts";
import { toHex } from "../engine/bytes/hex.ts";
import { SmimeError } from "../engine/errors.ts";
import { importPkcs12, type Pkcs12Contents } from "../engine/pkcs12/import.ts";
import { digest } from "../engine/primitives/digest.ts";
import { importPrivateKey, matchesPublicKey, type PrivateKey } from "../engine/primitives/private-key.ts";
import { parsePublicKey } from "../engine/primitives/public-key.ts";
import type { Certificate } from "../engine/x509/certificate.ts";
import { isPkcs12, readCertificateContainer, type ContainerKind } from "../engine/x509/containers.ts";
import { certificateEmails } from "../engine/x509/email-addresses.ts";
import { extendedKeyUsage, KeyPurpose } from "../engine/x509/extended-key-usage.ts";
import { keyUsage } from "../engine/x509/key-usage.ts";
import { nameToString } from "../engine/x509/name.ts";

/** What `signet certs` prints of one file; key material is never part of it. */
export interface ContainerDescription {
  readonly kind: ContainerKind;
  readonly certificates: readonly CertificateDescription[];
  /** Private keys in a PKCS#12 file; 0 in all others. */
  readonly keys: number;
  /** Certificates among the others that the reader refused. */
  readonly unreadableCertificates: number;
  /** What protects a PKCS#12 file against changes: nothing, where it is "absent"; `null` for all others. */
  readonly mac: Pkcs12Contents["mac"] | null;
}

export interface CertificateDescription {
  readonly subject: string;
  readonly issuer: string;
  /** Lower-case hexadecimal of the INTEGER's octets. */
  readonly serial: string;
  readonly emails: readonly string[];
  /** ISO 8601, UTC, whole seconds. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** `bits` is `null` where the algorithm is unknown here; `curve` is its name or OID, `null` for keys without one. */
  readonly key: { readonly algorithm: string; readonly bits: number | null; readonly curve: string | null };
  /** `null` where the certificate does not restrict it. */
  readonly keyUsage: readonly string[] | null;
  /** Names where known, else OIDs; `null` where the certificate does not restrict it. */
  readonly extendedKeyUsage: readonly string[] | null;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  readonly sha1: string;
  /** A private key in the same file belongs to this certificate. */
  readonly hasKey: boolean;
}

const KEY_ALGORITHMS: Readonly<Record<string, string>> = {
  [PublicKey.rsaEncryption]: "rsa",
  [PublicKey.rsassaPss]: "rsa-pss",
  [PublicKey.rsaesOaep]: "rsa-oaep",
  [PublicKey.ecPublicKey]: "ec",
  [PublicKey.x25519]: "x25519",
  [PublicKey.x448]: "x448",
  [PublicKey.ed25519]: "ed25519",
  [PublicKey.ed448]: "ed448",
  // RFC 3279 section 2.3.2: named, not used.
  "1.2.840.10040.4.1": "dsa",
};
const CURVE_BITS = {
  "P-256": 256,
  "P-384": 384,
  "P-521": 521,
  brainpoolP256r1: 256,
  brainpoolP384r1: 384,
  brainpoolP512r1: 512,
  secp256k1: 256,
} as const;
const PURPOSE_NAMES = new Map<string, string>(Object.entries(KeyPurpose).map(([name, purpose]) => [purpose, name]));

/**
 * Describes what is in a certificate file of any kind.
 *
 * @param passphrase of a PKCS#12 file; `null` where none was given, which opens files without one
 * @throws {SmimeError} what the readers throw
 */
export async function describeCertificates(file: Uint8Array, passphrase: string | null): Promise<ContainerDescription> {
  const { kind, certificates, unreadableCertificates, pkcs8s, mac } = isPkcs12(file)
    ? await readPkcs12(file, passphrase ?? "")
    : readContainer(file);
  const usable = await importAll(pkcs8s);
  return {
    kind,
    certificates: await Promise.all(certificates.map((certificate) => describe(certificate, usable))),
    keys: pkcs8s.length,
    unreadableCertificates,
    mac,
  };
}

interface Contents {
  readonly mac: ContainerDescription["mac"];
  readonly kind: ContainerKind;
  readonly certificates: readonly Certificate[];
  readonly unreadableCertificates: number;
  readonly pkcs8s: readonly Uint8Array[];
}

async function readPkcs12(file: Uint8Array, passphrase: string): Promise<Contents> {
  const { keys, certificates, unreadableCertificates, mac } = await importPkcs12(file, passphrase);
  return { kind: "pkcs12", mac, certificates, unreadableCertificates, pkcs8s: keys.map(({ pkcs8 }) => pkcs8) };
}

function readContainer(file: Uint8Array): Contents {
  const { kind, certificates, unreadable } = readCertificateContainer(file);
  const [first] = unreadable;
  if (certificates.length === 0 && first) throw first.error;
  return { kind, mac: null, certificates, unreadableCertificates: unreadable.length, pkcs8s: [] };
}

/** Keys of kinds that this build cannot use are in the file all the same; they belong to no certificate here. */
async function importAll(pkcs8s: readonly Uint8Array[]): Promise<PrivateKey[]> {
  const keys: PrivateKey[] = [];
  for (const pkcs8 of pkcs8s) {
    try {
      keys.push(await importPrivateKey(pkcs8));
    } catch (error) {
      if (!(error instanceof SmimeError)) throw error;
    }
  }
  return keys;
}

async function describe(certificate: Certificate, keys: readonly PrivateKey[]): Promise<CertificateDescription> {
  const hasKey = keys.some((key) => matchesPublicKey(key, certificate.spki));
  return {
    subject: nameToString(certificate.subject),
    issuer: nameToString(certificate.issuer),
    serial: toHex(certificate.serialNumber),
    emails: whereReadable(() => certificateEmails(certificate)) ?? [],
    notBefore: isoTime(certificate.notBefore),
    notAfter: isoTime(certificate.notAfter),
    key: describeKey(certificate),
    keyUsage: whereReadable(() => {
      const usages = keyUsage(certificate);
      return usages && [...usages];
    }),
    extendedKeyUsage: whereReadable(() => extendedKeyUsage(certificate))?.map(purposeName) ?? null,
    sha256: toHex(await digest("sha-256", certificate.der)),
    sha1: toHex(await digest("sha-1", certificate.der)),
    hasKey,
  };
}

/** A broken extension does not keep the rest of the certificate from being shown. */
function whereReadable<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof SmimeError) return null;
    throw error;
  }
}

function describeKey({ spki, publicKeyAlgorithm }: Certificate): CertificateDescription["key"] {
  const algorithm = KEY_ALGORITHMS[publicKeyAlgorithm.oid] ?? publicKeyAlgorithm.oid;
  const key = parsePublicKey(spki);
  if (key?.type === "rsa") return { algorithm, bits: key.modulusBits, curve: null };
  if (key?.type === "ec") return { algorithm, bits: CURVE_BITS[key.curve], curve: key.curve };
  const { parameters } = publicKeyAlgorithm;
  const named = algorithm === "ec" && parameters?.tag === Tag.ObjectIdentifier;
  return { algorithm, bits: null, curve: named ? whereReadable(() => decodeOid(parameters.content)) : null };
}

function purposeName(purpose: string): string {
  return PURPOSE_NAMES.get(purpose) ?? purpose;
}

function isoTime(time: Date): string {
  return time.toISOString().replace(/\.\d{3}Z$/, "Z");
}
