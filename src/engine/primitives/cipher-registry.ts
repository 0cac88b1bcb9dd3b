import { Cipher } from "../asn1/oids.ts";

/** What is written as well as read. */
export type CipherName = "aes-128-cbc" | "aes-192-cbc" | "aes-256-cbc" | "aes-128-gcm" | "aes-192-gcm" | "aes-256-gcm";

/** What is only read: what nobody should write any more, and AES-CCM, which few can read. */
export type ReadCipherName =
  | CipherName
  | "aes-128-ccm"
  | "aes-192-ccm"
  | "aes-256-ccm"
  | "des-ede3-cbc"
  | "des-cbc"
  | "rc2-40-cbc"
  | "rc2-64-cbc"
  | "rc2-128-cbc";

/** A content-encryption algorithm; lengths in octets. */
export interface ContentCipher {
  readonly name: ReadCipherName;
  readonly mode: "cbc" | "gcm" | "ccm";
  readonly keyLength: number;
  /** Of the initialization vector or nonce: what CBC demands, and what RFC 5084 section 3.2 recommends for GCM. */
  readonly ivLength: number;
}

/** Ciphers that are written. */
export const CIPHERS: Readonly<Record<CipherName, ContentCipher>> = {
  "aes-128-cbc": { name: "aes-128-cbc", mode: "cbc", keyLength: 16, ivLength: 16 },
  "aes-192-cbc": { name: "aes-192-cbc", mode: "cbc", keyLength: 24, ivLength: 16 },
  "aes-256-cbc": { name: "aes-256-cbc", mode: "cbc", keyLength: 32, ivLength: 16 },
  "aes-128-gcm": { name: "aes-128-gcm", mode: "gcm", keyLength: 16, ivLength: 12 },
  "aes-192-gcm": { name: "aes-192-gcm", mode: "gcm", keyLength: 24, ivLength: 12 },
  "aes-256-gcm": { name: "aes-256-gcm", mode: "gcm", keyLength: 32, ivLength: 12 },
};

const READ_CIPHERS: Readonly<Record<ReadCipherName, ContentCipher>> = {
  ...CIPHERS,
  "aes-128-ccm": { name: "aes-128-ccm", mode: "ccm", keyLength: 16, ivLength: 12 },
  "aes-192-ccm": { name: "aes-192-ccm", mode: "ccm", keyLength: 24, ivLength: 12 },
  "aes-256-ccm": { name: "aes-256-ccm", mode: "ccm", keyLength: 32, ivLength: 12 },
  "des-ede3-cbc": { name: "des-ede3-cbc", mode: "cbc", keyLength: 24, ivLength: 8 },
  "des-cbc": { name: "des-cbc", mode: "cbc", keyLength: 8, ivLength: 8 },
  "rc2-40-cbc": { name: "rc2-40-cbc", mode: "cbc", keyLength: 5, ivLength: 8 },
  "rc2-64-cbc": { name: "rc2-64-cbc", mode: "cbc", keyLength: 8, ivLength: 8 },
  "rc2-128-cbc": { name: "rc2-128-cbc", mode: "cbc", keyLength: 16, ivLength: 8 },
};

const OIDS: Readonly<Record<ReadCipherName, string>> = {
  "aes-128-cbc": Cipher.aes128Cbc,
  "aes-192-cbc": Cipher.aes192Cbc,
  "aes-256-cbc": Cipher.aes256Cbc,
  "aes-128-gcm": Cipher.aes128Gcm,
  "aes-192-gcm": Cipher.aes192Gcm,
  "aes-256-gcm": Cipher.aes256Gcm,
  "aes-128-ccm": Cipher.aes128Ccm,
  "aes-192-ccm": Cipher.aes192Ccm,
  "aes-256-ccm": Cipher.aes256Ccm,
  "des-ede3-cbc": Cipher.desEde3Cbc,
  "des-cbc": Cipher.desCbc,
  "rc2-40-cbc": Cipher.rc2Cbc,
  "rc2-64-cbc": Cipher.rc2Cbc,
  "rc2-128-cbc": Cipher.rc2Cbc,
};

const BY_OID: ReadonlyMap<string, ContentCipher> = new Map(
  Object.values(READ_CIPHERS)
    .filter(({ name }) => OIDS[name] !== Cipher.rc2Cbc)
    .map((cipher) => [OIDS[cipher.name], cipher]),
);

const OBSOLETE: ReadonlySet<string> = new Set([
  "des-ede3-cbc",
  "des-cbc",
  "rc2-40-cbc",
  "rc2-64-cbc",
  "rc2-128-cbc",
] satisfies ReadCipherName[]);

/** RFC 8551 section 2.7 has AES only; its appendix B calls 3DES and RC2 historic. */
export function isObsoleteCipher(name: string): boolean {
  return OBSOLETE.has(name);
}

/** `null` for an algorithm that is not read, and for RC2, which only its parameters make a cipher: see `rc2Cipher`. */
export function cipherByOid(oid: string): ContentCipher | null {
  return BY_OID.get(oid) ?? null;
}

/** RC2 by its effective key bits (RFC 2268 section 6); `null` for other numbers than RFC 3370 section 5.2 has. */
export function rc2Cipher(effectiveKeyBits: number): ContentCipher | null {
  const name = (["rc2-40-cbc", "rc2-64-cbc", "rc2-128-cbc"] as const).find(
    (candidate) => candidate === `rc2-${effectiveKeyBits}-cbc`,
  );
  return name ? READ_CIPHERS[name] : null;
}

/**
 * Octets that the content's key may have. RC2 takes a key of any length, whatever its effective bits: as many as those
 * (OpenSSL, Windows), or 16 (RFC 3370 section 5.2's generator).
 */
export function keyLengths({ name, keyLength }: ContentCipher): readonly number[] {
  return name === "rc2-40-cbc" || name === "rc2-64-cbc" ? [keyLength, 16] : [keyLength];
}

export function cipherOid({ name }: ContentCipher): string {
  return OIDS[name];
}

export function isAesCbc({ name }: ContentCipher): boolean {
  return name.startsWith("aes-") && name.endsWith("-cbc");
}
