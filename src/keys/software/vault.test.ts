import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { certificate } from "../../testing/certificate-builder.ts";
import { HALF_AN_HOUR, softwareKeys, type SoftwareKeys } from "../../testing/software-keys.ts";
import { delayAfter } from "./attempts.ts";

const PASSPHRASE = "correct horse";
const passphrase = { kind: "passphrase", passphrase: PASSPHRASE } as const;
const device = { kind: "device" } as const;
const alice = certificate().subject("CN=Alice").email("alice@a.example").key("p-256").build();
const identity = { certificate: alice.certificate, pkcs8: alice.privateKeyPkcs8, chain: [] };
const words = new Uint8Array([1, 2, 3]);

async function canSign({ store }: SoftwareKeys): Promise<boolean> {
  const [own] = await store.identities();
  return own!.key.sign({ kind: "ecdsa", digest: "sha-256" }, words).then(
    () => true,
    () => false,
  );
}

let keys: SoftwareKeys;
beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  keys = softwareKeys();
});

describe("a vault", () => {
  it("is none until it is made, and refuses keys until then", async () => {
    expect(await keys.vault.state()).toEqual({ kind: "none", protection: null, expiresAt: null, waitUntil: null });
    await expect(keys.vault.unlock(PASSPHRASE)).rejects.toMatchObject({ code: "vault.none" });
    await expect(keys.store.add([identity], "vault")).rejects.toMatchObject({ code: "vault.none" });
  });

  it("is not made a second time, so that no key loses what opens it", async () => {
    await keys.vault.create(device);
    await expect(keys.vault.create(passphrase)).rejects.toMatchObject({ code: "vault.exists" });
    const [one, other] = [softwareKeys(), softwareKeys()];
    vi.stubGlobal("indexedDB", new IDBFactory());
    const outcomes = await Promise.allSettled([one.vault.create(device), other.vault.create(device)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("wants a passphrase of some length", async () => {
    const short = keys.vault.create({ kind: "passphrase", passphrase: "1234567" });
    await expect(short).rejects.toMatchObject({ code: "vault.passphrase-too-short" });
    expect((await keys.vault.state()).kind).toBe("none");
  });

  it("opens by its passphrase, however that was typed", async () => {
    await keys.vault.create({ kind: "passphrase", passphrase: "Überfülle" });
    await keys.store.add([identity], "vault");
    await keys.vault.lock("person");
    expect(await canSign(keys)).toBe(false);
    await keys.vault.unlock("Überfülle".normalize("NFD"));
    expect(await canSign(keys)).toBe(true);
  });

  it("locks by itself when it was not used for its time, and each use prolongs it", async () => {
    await keys.vault.create(passphrase);
    await keys.store.add([identity], "vault");
    keys.wait(HALF_AN_HOUR - 1000);
    expect(await canSign(keys)).toBe(true);
    keys.wait(HALF_AN_HOUR - 1000);
    expect((await keys.vault.state()).kind).toBe("unlocked");
    keys.wait(1000);
    expect((await keys.vault.state()).kind).toBe("locked");
    expect(await canSign(keys)).toBe(false);
    expect(keys.session.content()).not.toContain("expiresAt");
  });

  it("removes the opened key at its time, also where nobody asks for it", async () => {
    await keys.vault.create(passphrase);
    keys.wait(HALF_AN_HOUR - 1);
    await keys.vault.expire();
    expect(keys.session.content()).toContain("expiresAt");
    keys.wait(1);
    await keys.vault.expire();
    expect(keys.session.content()).toBe("{}");
  });

  it("is locked where the clock was turned back behind the longest time", async () => {
    await keys.vault.create(passphrase);
    keys.wait(-13 * 60 * 60_000);
    expect((await keys.vault.state()).kind).toBe("locked");
  });

  it("stays as it is when the worker dies", async () => {
    await keys.vault.create(passphrase);
    await keys.store.add([identity], "vault");
    expect(await canSign(keys.restart())).toBe(true);
    await keys.restart().vault.lock("person");
    expect(await canSign(keys.restart())).toBe(false);
    await keys.restart().vault.unlock(PASSPHRASE);
    expect(await canSign(keys.restart())).toBe(true);
  });

  it("that the device opens asks nobody, but after a person has locked it", async () => {
    await keys.vault.create(device);
    await keys.store.add([identity], "vault");
    await keys.vault.lock("browser");
    expect(await canSign(keys.restart())).toBe(true);
    await keys.vault.lock("person");
    expect([await canSign(keys.restart()), (await keys.vault.state()).kind]).toEqual([false, "locked"]);
    await keys.vault.unlock(null);
    expect(await canSign(keys)).toBe(true);
  });

  it("changes what opens it without touching an identity", async () => {
    await keys.vault.create(device);
    await keys.store.add([identity], "vault");
    const before = await keys.rows.identities.list();
    await keys.vault.changeProtection(null, passphrase);
    expect(await keys.rows.identities.list()).toEqual(before);
    await keys.vault.lock("person");
    await expect(keys.vault.unlock(null)).rejects.toMatchObject({ code: "vault.wrong-passphrase" });
    await keys.vault.unlock(PASSPHRASE);
    expect(await canSign(keys)).toBe(true);
  });

  it("keeps its protection where the change is refused", async () => {
    await keys.vault.create(passphrase);
    const change = keys.vault.changeProtection("wrong passphrase", device);
    await expect(change).rejects.toMatchObject({ code: "vault.wrong-passphrase" });
    const short = keys.vault.changeProtection(PASSPHRASE, { kind: "passphrase", passphrase: "x" });
    await expect(short).rejects.toMatchObject({ code: "vault.passphrase-too-short" });
    expect((await keys.vault.state()).protection).toBe("passphrase");
    await keys.vault.unlock(PASSPHRASE);
  });
});

describe("a wrong passphrase", () => {
  beforeEach(async () => {
    await keys.vault.create(passphrase);
    await keys.vault.lock("person");
  });
  const wrong = (own = keys): Promise<void> => own.vault.unlock("wrong passphrase");

  it("costs time from the third on, also after the worker has died", async () => {
    for (const waits of [false, false, true]) {
      await expect(wrong(keys.restart())).rejects.toMatchObject({ code: "vault.wrong-passphrase" });
      expect((await keys.vault.state()).waitUntil !== null).toBe(waits);
    }
    const right = keys.restart().vault.unlock(PASSPHRASE);
    await expect(right).rejects.toMatchObject({
      code: "vault.wait",
      context: { waitUntil: expect.any(Number) as number },
    });
    keys.wait(delayAfter(3));
    await keys.vault.unlock(PASSPHRASE);
    expect((await keys.vault.state()).waitUntil).toBeNull();
  });

  it("costs twice as much each time, and never more than five minutes", () => {
    expect([1, 2, 3, 4, 5].map(delayAfter)).toEqual([0, 0, 5_000, 10_000, 20_000]);
    expect(delayAfter(1000)).toBe(300_000);
  });

  it("is counted before it is tried: a worker that is stopped in the middle gives no free one", async () => {
    await keys.rows.attempts.put({ name: "attempts", failures: 5, waitUntil: 0 });
    const derive = vi.spyOn(crypto.subtle, "deriveKey").mockImplementation(() => new Promise(() => undefined));
    void wrong();
    await vi.waitFor(() => {
      expect(derive).toHaveBeenCalled();
    });
    derive.mockRestore();
    await expect(wrong(keys.restart())).rejects.toMatchObject({ code: "vault.wait" });
  });

  it("makes nobody wait longer than the longest time, where the clock was turned back", async () => {
    await keys.rows.attempts.put({ name: "attempts", failures: 9, waitUntil: Date.UTC(2100, 0) });
    keys.wait(300_000);
    const { waitUntil } = await keys.vault.state();
    expect(waitUntil! - Date.UTC(2026, 5, 1, 12)).toBe(600_000);
  });
});
