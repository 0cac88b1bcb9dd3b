import { readAlgorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { ContentType } from "../asn1/oids.ts";
import { readWhole, type Asn1Reader } from "../asn1/reader.ts";
import { contextPrimitive } from "../asn1/tag.ts";
import { SmimeError } from "../errors.ts";
import { MAX_CONTAINER_SIZE, MAX_SAFE_BAGS } from "../limits.ts";
import type { DigestName } from "../primitives/digest.ts";
import { parseCertificate, type Certificate } from "../x509/certificate.ts";
import { PKCS12_LABEL } from "../x509/containers.ts";
import { withoutArmour } from "../x509/pem.ts";
import { iterationBudget, type IterationBudget } from "./iteration-budget.ts";
import { readMacData, verifyMac, type MacData } from "./mac.ts";
import { passphraseForms, type Passphrase } from "./passphrase.ts";
import { decryptWithPassphrase } from "./pbe.ts";
import { readSafeContents, type BagAttributes, type SafeBag } from "./safe-contents.ts";

export { pairIdentities, type Pkcs12Identity } from "./pairing.ts";

export interface Pkcs12Key extends BagAttributes {
  /** PrivateKeyInfo as it was in the file; for `importPrivateKey`, which says whether it can be used. */
  readonly pkcs8: Uint8Array;
}

/** What a PKCS#12 file holds. */
export interface Pkcs12Contents {
  /** How the file is protected against changes; "absent" is worth a warning, SHA-1 and few iterations too. */
  readonly mac: { readonly digest: DigestName; readonly iterations: number } | "absent";
  readonly keys: readonly Pkcs12Key[];
  readonly certificates: readonly Certificate[];
  /** Names and ids that the file gives to its certificates. */
  readonly attributes: ReadonlyMap<Certificate, BagAttributes>;
  /** Certificates that cannot be read; one broken CA certificate is no reason to lose a key. */
  readonly unreadableCertificates: number;
}

/**
 * Reads a PKCS#12 file (RFC 7292) in DER, BER or PEM, protected by a passphrase. The MAC is checked before anything is
 * decrypted.
 *
 * @throws {SmimeError} `pkcs12.wrong-passphrase`; `malformed.pkcs12`; `malformed.pem`; `limit.exceeded`; `unsupported.algorithm` with
 *   its OID; `unsupported.option` for files protected by public keys; `unsupported.version`
 */
export async function importPkcs12(file: Uint8Array, passphrase: string): Promise<Pkcs12Contents> {
  if (file.length > MAX_CONTAINER_SIZE) throw new SmimeError("limit.exceeded", { limit: "container-size" });
  try {
    return await openPfx(readPfx(withoutArmour(file, PKCS12_LABEL)), passphrase);
  } catch (error) {
    if (error instanceof SmimeError && error.code === "malformed.asn1") {
      throw new SmimeError("malformed.pkcs12", error.context);
    }
    throw error;
  }
}

/** `PFX ::= SEQUENCE { version INTEGER (3), authSafe ContentInfo, macData MacData OPTIONAL }` (RFC 7292 section 4) */
interface Pfx {
  /** AuthenticatedSafe, the octets that the MAC covers. */
  readonly authSafe: Uint8Array;
  readonly macData: MacData | null;
}

function readPfx(file: Uint8Array): Pfx {
  const fields = readWhole(file, "ber");
  const version = fields.smallInteger();
  if (version !== 3) throw new SmimeError("unsupported.version", { format: "pkcs12", version });
  const contentInfo = fields.sequence();
  const contentType = contentInfo.oid();
  if (contentType === ContentType.signedData) {
    throw new SmimeError("unsupported.option", { option: "public-key-integrity" });
  }
  const authSafe = contentType === ContentType.data ? contentInfo.optionalExplicit(0)?.octetString() : undefined;
  if (authSafe === undefined) throw new SmimeError("malformed.pkcs12", { reason: "auth-safe", contentType });
  const macData = fields.atEnd ? null : readMacData(fields.sequence());
  fields.end();
  return { authSafe, macData };
}

/** Tries the forms that the passphrase may have; the MAC, or where there is none decryption, says which is right. */
async function openPfx({ authSafe, macData }: Pfx, passphrase: string): Promise<Pkcs12Contents> {
  const budget = iterationBudget();
  for (const form of passphraseForms(passphrase)) {
    if (macData !== null) {
      if (!(await verifyMac(macData, authSafe, form, budget))) continue;
      const { digest, iterations } = macData;
      return { mac: { digest, iterations }, ...(await readAuthenticatedSafe(authSafe, form, budget)) };
    }
    try {
      return { mac: "absent", ...(await readAuthenticatedSafe(authSafe, form, budget)) };
    } catch (error) {
      if (!(error instanceof SmimeError && error.code === "pkcs12.wrong-passphrase")) throw error;
    }
  }
  throw new SmimeError("pkcs12.wrong-passphrase");
}

/** `AuthenticatedSafe ::= SEQUENCE OF ContentInfo` (RFC 7292 section 4.1), each with a SafeContents inside */
async function readAuthenticatedSafe(
  authSafe: Uint8Array,
  passphrase: Passphrase,
  budget: IterationBudget,
): Promise<Omit<Pkcs12Contents, "mac">> {
  const bags: SafeBag[] = [];
  const safe = readWhole(authSafe, "ber");
  for (let i = 0; !safe.atEnd; i++) {
    if (i >= MAX_SAFE_BAGS) throw new SmimeError("limit.exceeded", { limit: "safe-bags" });
    await readSafe(safe.sequence(), bags, passphrase, budget);
  }
  const keys: Pkcs12Key[] = [];
  const attributes = new Map<Certificate, BagAttributes>();
  let unreadableCertificates = 0;
  for (const bag of bags) {
    const { friendlyName, localKeyId } = bag;
    if (bag.kind === "certificate") {
      const certificate = readCertificate(bag.der);
      if (certificate === null) unreadableCertificates++;
      else attributes.set(certificate, { friendlyName, localKeyId });
      continue;
    }
    const pkcs8 =
      bag.kind === "key"
        ? bag.pkcs8
        : await decrypted(bag.algorithm, bag.encrypted, passphrase, budget, (key) => {
            readWhole(key, "ber");
            return key;
          });
    keys.push({ pkcs8, friendlyName, localKeyId });
  }
  return { keys, certificates: [...attributes.keys()], attributes, unreadableCertificates };
}

/** One ContentInfo: in the clear, or `EncryptedData` (RFC 5652 section 8) under the passphrase. */
async function readSafe(
  contentInfo: Asn1Reader,
  bags: SafeBag[],
  passphrase: Passphrase,
  budget: IterationBudget,
): Promise<void> {
  const contentType = contentInfo.oid();
  const content = contentInfo.optionalExplicit(0);
  if (content === null) return;
  if (contentType === ContentType.envelopedData) {
    throw new SmimeError("unsupported.option", { option: "public-key-privacy" });
  }
  if (contentType === ContentType.data) {
    readSafeContents(content.octetString(), bags);
    return;
  }
  if (contentType !== ContentType.encryptedData) {
    throw new SmimeError("malformed.pkcs12", { reason: "safe-content-type", contentType });
  }
  const fields = content.sequence();
  fields.smallInteger();
  const encryptedContentInfo = fields.sequence();
  encryptedContentInfo.oid();
  const algorithm = readAlgorithmIdentifier(encryptedContentInfo);
  if (encryptedContentInfo.atEnd) return;
  const encrypted = encryptedContentInfo.octetString(contextPrimitive(0));
  await decrypted(algorithm, encrypted, passphrase, budget, (encoding) => {
    readSafeContents(encoding, bags);
  });
}

/**
 * Decrypts and reads. A wrong passphrase may leave a padding that looks right, so what then is no ASN.1 is its doing
 * too.
 */
async function decrypted<Result>(
  algorithm: Parameters<typeof decryptWithPassphrase>[0],
  encrypted: Uint8Array,
  passphrase: Passphrase,
  budget: IterationBudget,
  read: (plaintext: Uint8Array) => Result,
): Promise<Result> {
  const plaintext = await decryptWithPassphrase(algorithm, encrypted, passphrase, budget);
  try {
    return read(plaintext);
  } catch (error) {
    if (error instanceof SmimeError && error.code === "malformed.asn1") {
      throw new SmimeError("pkcs12.wrong-passphrase");
    }
    throw error;
  }
}

function readCertificate(der: Uint8Array): Certificate | null {
  try {
    return parseCertificate(der);
  } catch (error) {
    if (error instanceof SmimeError) return null;
    throw error;
  }
}
