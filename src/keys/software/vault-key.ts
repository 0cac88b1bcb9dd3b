import { VaultRow } from "../../storage/names.ts";
import { SALT_SIZE, type VaultKeyRow } from "../../storage/vault.ts";
import { KeyStoreError } from "../key-store-error.ts";
import { authenticated, randomBytes, unwrap, wrap, type WrappingKey } from "./wrapping.ts";

/**
 * What opens the vault key. A passphrase protects it from whoever gets a copy of the profile. `device` protects it from
 * nobody who can use this browser profile or copy it whole: the browser keeps a key that it does not hand out, and uses
 * it for whoever asks. It is for people who would otherwise choose no passphrase worth the name.
 */
export type Protection = { readonly kind: "passphrase"; readonly passphrase: string } | { readonly kind: "device" };

/** Short ones are found by trying, whatever the rounds (NIST SP 800-63B section 5.1.1). Counted as people count. */
export const MIN_PASSPHRASE_LENGTH = 8;

/** PBKDF2 of this many rounds takes 0.2 to 0.5 s on the computers of people. */
export const ROUNDS = 1_000_000;

/** RFC 8265 section 4.2.2, as far as it matters here: the same letters however they were typed. */
const passphraseBytes = (passphrase: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(passphrase.normalize("NFC"));

async function keyFromPassphrase(
  passphrase: string,
  salt: Uint8Array<ArrayBuffer>,
  rounds: number,
): Promise<WrappingKey> {
  const secret = await crypto.subtle.importKey("raw", passphraseBytes(passphrase), "PBKDF2", false, ["deriveKey"]);
  const derivation = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(derivation, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

const passphraseFields = (salt: Uint8Array, rounds: number): Uint8Array<ArrayBuffer> =>
  authenticated("signet vault 1", VaultRow.vault, "passphrase", salt, rounds);
const deviceFields = authenticated("signet vault 1", VaultRow.vault, "device");

/**
 * Wraps a vault key.
 *
 * @throws {KeyStoreError} `vault.passphrase-too-short`
 */
export async function wrapVaultKey(
  raw: Uint8Array<ArrayBuffer>,
  protection: Protection,
  rounds: number,
): Promise<VaultKeyRow> {
  if (protection.kind === "device") {
    const usages: KeyUsage[] = ["encrypt", "decrypt"];
    const deviceKey = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, usages);
    return { name: VaultRow.vault, protection: "device", deviceKey, ...(await wrap(deviceKey, raw, deviceFields)) };
  }
  if (Array.from(protection.passphrase).length < MIN_PASSPHRASE_LENGTH) {
    throw new KeyStoreError("vault.passphrase-too-short", { least: MIN_PASSPHRASE_LENGTH });
  }
  const salt = randomBytes(SALT_SIZE);
  const key = await keyFromPassphrase(protection.passphrase, salt, rounds);
  const wrapped = await wrap(key, raw, passphraseFields(salt, rounds));
  return { name: VaultRow.vault, protection: "passphrase", salt, rounds, ...wrapped };
}

/** `null` where it does not open: for a passphrase, that is what a wrong one looks like. */
export async function unwrapVaultKey(
  row: VaultKeyRow,
  passphrase: string | null,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (row.protection === "device") return unwrap(row.deviceKey, row, deviceFields);
  const key = await keyFromPassphrase(passphrase ?? "", row.salt, row.rounds);
  return unwrap(key, row, passphraseFields(row.salt, row.rounds));
}
