import { SmimeError } from "../errors.ts";
import { MAX_CONTAINER_CERTIFICATES, MAX_CONTAINER_SIZE } from "../limits.ts";
import { type Certificate, parseCertificate } from "./certificate.ts";
import { readCertificates } from "./containers.ts";

/** What a directory holds of a person's certificates. */
export interface DirectoryCertificates {
  readonly form: "signed-data" | "certificate" | "settings";
  /** Certificates that are named for encryption, else all that there are; the directory vouches for nothing. */
  readonly encryption: readonly Certificate[];
  /** All others: to sign with, and the issuers'. */
  readonly others: readonly Certificate[];
}

/**
 * A value of `userSMIMECertificate` (RFC 2798 section 2.8) or PidTagUserX509Certificate (MS-OXOABK section 2.2.4.36):
 * a PKCS#7 SignedData whose certificates count, a bare certificate as many directories have it, or Outlook's list of
 * settings. Told by content.
 *
 * @throws {SmimeError} `malformed.certificate`, `malformed.cms`, `limit.exceeded`
 */
export function readUserSmimeCertificate(value: Uint8Array): DirectoryCertificates {
  if (value.length > MAX_CONTAINER_SIZE) throw new SmimeError("limit.exceeded", { limit: "container-size" });
  if (value[0] !== 0x30) return readSettings(value);
  const certificates = readCertificates(value);
  // SEQUENCE of SEQUENCE is a certificate, SEQUENCE of OBJECT IDENTIFIER a ContentInfo.
  const form =
    certificates.length === 1 && certificates[0]?.der.length === value.length ? "certificate" : "signed-data";
  return { form, encryption: certificates, others: [] };
}

/** Tags of the list (MS-OXOABK section 2.2.4.36.1). */
const Setting = { encryptionCertificate: 0x0003, chainCertificate: 0x0004, signingCertificate: 0x0008 } as const;

const CERTIFICATES: ReadonlySet<number> = new Set<number>([
  Setting.encryptionCertificate,
  Setting.chainCertificate,
  Setting.signingCertificate,
]);

/** Octets of a setting's own head: two of its tag, two of its length, which counts them, both little-endian. */
const HEAD = 4;

function readSettings(value: Uint8Array): DirectoryCertificates {
  const encryption: Certificate[] = [];
  const others: Certificate[] = [];
  for (let offset = 0; offset < value.length;) {
    const tag = uint16(value, offset);
    const length = uint16(value, offset + 2);
    const end = offset + length;
    if (length < HEAD || end > value.length) throw malformed(offset);
    if (CERTIFICATES.has(tag)) {
      if (encryption.length + others.length >= MAX_CONTAINER_CERTIFICATES) {
        throw new SmimeError("limit.exceeded", { limit: "container-certificates" });
      }
      const certificate = parseCertificate(value.slice(offset + HEAD, end));
      (tag === Setting.encryptionCertificate ? encryption : others).push(certificate);
    }
    offset = end;
  }
  if (encryption.length + others.length === 0) throw malformed(0);
  return { form: "settings", encryption, others };
}

function uint16(value: Uint8Array, offset: number): number {
  return (value[offset] ?? 0) + 256 * (value[offset + 1] ?? 0);
}

function malformed(offset: number): SmimeError {
  return new SmimeError("malformed.certificate", { reason: "user-smime-certificate", offset });
}
