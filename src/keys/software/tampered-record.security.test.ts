import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { IdentityRow } from "../../storage/identities.ts";
import type { VaultKeyRow } from "../../storage/vault.ts";
import { certificate, type TestCertificate } from "../../testing/certificate-builder.ts";
import { softwareKeys, type SoftwareKeys } from "../../testing/software-keys.ts";

const PASSPHRASE = "correct horse";
const ca = certificate().subject("CN=CA").ca().build();
const alice = certificate().subject("CN=Alice").email("alice@a.example").key("p-256").issuedBy(ca).build();
const mallory = certificate().subject("CN=Alice").email("alice@a.example").key(alice).build();
const bob = certificate().subject("CN=Bob").email("bob@a.example").key("p-256").build();
const identity = (own: TestCertificate) => ({
  certificate: own.certificate,
  pkcs8: own.privateKeyPkcs8,
  chain: [ca.certificate],
});
const flip = (bytes: Uint8Array, at = 0): Uint8Array<ArrayBuffer> => {
  const changed = bytes.slice();
  changed[at]! ^= 1;
  return changed;
};

let keys: SoftwareKeys;
let rows: readonly IdentityRow[];
beforeEach(async () => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  keys = softwareKeys();
  await keys.vault.create({ kind: "device" });
  await keys.store.add([identity(alice), identity(bob)], "vault");
  rows = await keys.rows.identities.list();
});

/** What somebody who can write to the profile may do; the key is asked for by the fingerprint that then stands there. */
async function sign(fingerprint: string): Promise<unknown> {
  const found = await keys.store.identityFor(fingerprint);
  return found?.key.sign({ kind: "ecdsa", digest: "sha-256" }, new Uint8Array(1));
}

describe("a changed record of an identity", () => {
  it.each<[string, (row: IdentityRow, other: IdentityRow) => Partial<IdentityRow>]>([
    ["fingerprint", () => ({ fingerprint: "00".repeat(32) })],
    ["certificate, of the same key", () => ({ certificate: mallory.der.slice() })],
    ["chain", (row) => ({ chain: [...row.chain, bob.der.slice()] })],
    ["chain, now empty", () => ({ chain: [] })],
    ["time", (row) => ({ addedAt: new Date(row.addedAt.getTime() + 1) })],
    ["nonce", (row) => ({ nonce: flip(row.nonce) })],
    ["key", (row) => ({ wrapped: flip(row.wrapped) })],
    ["key, its tag", (row) => ({ wrapped: flip(row.wrapped, row.wrapped.length - 1) })],
    ["key, cut short", (row) => ({ wrapped: row.wrapped.slice(0, -1) })],
    ["key, of another identity", (_, { nonce, wrapped }) => ({ nonce, wrapped })],
  ])("opens no key: %s", async (_, change) => {
    const [row, other] = rows;
    const changed = { ...row!, ...change(row!, other!) };
    await keys.rows.identities.put(changed);
    await expect(sign(changed.fingerprint)).rejects.toMatchObject({ code: "identity.damaged" });
  });

  it("opens no key of the vault under the name of the session", async () => {
    await keys.sessionVault.keyOrNew(() => Promise.resolve());
    await keys.rows.identities.put({ ...rows[0]!, protection: "session" });
    await expect(sign(rows[0]!.fingerprint)).rejects.toMatchObject({ code: "identity.damaged" });
  });

  it("opens no key where two records were swapped", async () => {
    const [one, two] = rows as [IdentityRow, IdentityRow];
    await keys.rows.identities.put({ ...one, fingerprint: two.fingerprint });
    await keys.rows.identities.put({ ...two, fingerprint: one.fingerprint });
    for (const { fingerprint } of rows) {
      await expect(sign(fingerprint)).rejects.toMatchObject({ code: "identity.damaged" });
    }
  });
});

type ByPassphrase = Extract<VaultKeyRow, { protection: "passphrase" }>;

describe("a changed record of the vault key", () => {
  it.each<[string, (row: ByPassphrase) => Partial<ByPassphrase>]>([
    ["salt", (row) => ({ salt: flip(row.salt) })],
    ["rounds", (row) => ({ rounds: row.rounds + 1 })],
    ["nonce", (row) => ({ nonce: flip(row.nonce) })],
    ["key", (row) => ({ wrapped: flip(row.wrapped) })],
  ])("does not open by the right passphrase: %s", async (_, change) => {
    await keys.vault.changeProtection(null, { kind: "passphrase", passphrase: PASSPHRASE });
    await keys.vault.lock("person");
    const row = (await keys.rows.vault.get("vault")) as ByPassphrase;
    await keys.rows.vault.put({ ...row, ...change(row) });
    await expect(keys.vault.unlock(PASSPHRASE)).rejects.toMatchObject({ code: "vault.wrong-passphrase" });
  });

  it("does not open by the device where it was wrapped by a passphrase", async () => {
    const own = (await keys.rows.vault.get("vault")) as Extract<VaultKeyRow, { protection: "device" }>;
    await keys.vault.changeProtection(null, { kind: "passphrase", passphrase: PASSPHRASE });
    await keys.vault.lock("browser");
    const { nonce, wrapped } = (await keys.rows.vault.get("vault"))!;
    await keys.rows.vault.put({ ...own, nonce, wrapped });
    await expect(keys.vault.unlock(null)).rejects.toMatchObject({ code: "vault.damaged" });
    expect(await keys.store.isOpen(rows[0]!.fingerprint)).toBe(true);
    await expect(sign(rows[0]!.fingerprint)).rejects.toMatchObject({ code: "vault.damaged" });
  });
});
