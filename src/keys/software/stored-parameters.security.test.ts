import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { VaultKeyRow } from "../../storage/vault.ts";
import { softwareKeys, type SoftwareKeys } from "../../testing/software-keys.ts";

let keys: SoftwareKeys;
let row: VaultKeyRow;
beforeEach(async () => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  keys = softwareKeys();
  await keys.vault.create({ kind: "passphrase", passphrase: "correct horse" });
  await keys.vault.lock("person");
  row = (await keys.rows.vault.get("vault"))!;
});

describe("parameters that were written into the profile (as attack 44)", () => {
  it.each<[string, Record<string, unknown>]>([
    ["so many rounds that the worker would hang", { rounds: 1e12 }],
    ["few rounds, to make guessing cheap", { rounds: 1000 }],
    ["rounds that are no number", { rounds: "1000000" }],
    ["no salt", { salt: new Uint8Array() }],
    ["a key of another size", { wrapped: new Uint8Array(1024 * 1024) }],
    ["a protection that is none", { protection: "none" }],
  ])("are refused before anything is derived: %s", async (_, change) => {
    await (await keys.database.connect()).put("vault", { ...row, ...change });
    const derive = vi.spyOn(crypto.subtle, "deriveKey");
    await expect(keys.vault.unlock("correct horse")).rejects.toMatchObject({ code: "storage.damaged" });
    expect(derive).not.toHaveBeenCalled();
    derive.mockRestore();
  });

  it("do not stop a vault that can be made only where there is none", async () => {
    await (await keys.database.connect()).put("vault", { ...row, rounds: 1 });
    await expect(keys.vault.create({ kind: "device" })).rejects.toMatchObject({ code: "storage.damaged" });
  });
});
