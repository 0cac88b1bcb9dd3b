import type { Protection as ProtectionKind, VaultState } from "../../messages/page-answers.ts";
import type { Protection } from "../../keys/software/vault-key.ts";
import type { PageContext } from "../page-context.ts";

type VaultContext = Pick<PageContext, "vault" | "keys">;

const protectionOf = (kind: ProtectionKind, passphrase: string | undefined): Protection =>
  kind === "device" ? { kind } : { kind, passphrase: passphrase ?? "" };

export const vaultState = ({ vault }: VaultContext): Promise<VaultState> => vault.state();

/** @throws {KeyStoreError} as `Vault.create` */
export async function createVault(
  { vault }: VaultContext,
  kind: ProtectionKind,
  passphrase: string | undefined,
): Promise<VaultState> {
  await vault.create(protectionOf(kind, passphrase));
  return vault.state();
}

/** @throws {KeyStoreError} as `Vault.unlock` */
export async function unlock({ vault }: VaultContext, passphrase: string | null): Promise<VaultState> {
  await vault.unlock(passphrase);
  return vault.state();
}

/**
 * Closes the vault, and forgets the identities of the session: nothing but the session's memory protects those.
 *
 * @param by see `Vault.lock`
 */
export async function lock({ vault, keys }: VaultContext, by: "person" | "browser"): Promise<VaultState> {
  await vault.lock(by);
  await keys.forgetSession();
  return vault.state();
}

/**
 * Removes every key and the vault: the way out for whoever has forgotten the passphrase. Trust, contacts and settings
 * stay. Keys go first: where it ends in the middle, the vault is still there to be erased again.
 */
export async function eraseKeys({ vault, keys }: VaultContext): Promise<VaultState> {
  await keys.removeAll();
  await vault.erase();
  return vault.state();
}

/** @throws {KeyStoreError} as `Vault.changeProtection` */
export async function changeProtection(
  { vault }: VaultContext,
  current: string | null,
  kind: ProtectionKind,
  passphrase: string | undefined,
): Promise<VaultState> {
  await vault.changeProtection(current, protectionOf(kind, passphrase));
  return vault.state();
}
