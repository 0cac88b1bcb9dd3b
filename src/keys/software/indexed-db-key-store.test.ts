import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { certificate, type TestCertificate } from "../../testing/certificate-builder.ts";
import { softwareKeys, type SoftwareKeys } from "../../testing/software-keys.ts";
import type { SoftwareIdentity } from "./indexed-db-key-store.ts";

const old = certificate().subject("CN=Alice").email("alice@a.example").key("p-256").build();
const renewed = certificate().subject("CN=Alice").email("alice@a.example").key(old).build();
const bob = certificate().subject("CN=Bob").email("bob@a.example").key("p-256").build();

const identity = (own: TestCertificate, key = own): SoftwareIdentity => ({
  certificate: own.certificate,
  pkcs8: key.privateKeyPkcs8,
  chain: [],
});

let keys: SoftwareKeys;
beforeEach(async () => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  keys = softwareKeys();
  await keys.vault.create({ kind: "device" });
});
const names = async (own = keys): Promise<string[]> =>
  (await own.store.list()).map(({ certificate: { der }, protection }) => `${protection} ${der.length}`);
const sign = async (own = keys): Promise<Uint8Array[]> =>
  Promise.all(
    (await own.store.identities()).map(({ key }) => key.sign({ kind: "ecdsa", digest: "sha-256" }, new Uint8Array(1))),
  );

describe("identities in the vault", () => {
  it("keep the certificate from before a renewal, which opens old mail", async () => {
    await keys.store.add([identity(old)], "vault");
    await keys.store.add([identity(renewed)], "vault");
    expect(await keys.store.list()).toHaveLength(2);
    expect(await sign()).toHaveLength(2);
  });

  it("are taken once, and go one by one when a person says so", async () => {
    await keys.store.add([identity(old), identity(bob)], "vault");
    await keys.store.add([identity(old)], "vault");
    const [first, second] = await keys.store.list();
    await keys.store.remove(first!.fingerprint);
    expect((await keys.store.list()).map(({ fingerprint }) => fingerprint)).toEqual([second!.fingerprint]);
    await expect(keys.store.remove(first!.fingerprint)).rejects.toMatchObject({ code: "identity.unknown" });
  });

  it("are not taken with a key of another certificate, and then none of them is", async () => {
    const add = keys.store.add([identity(old), identity(bob, old)], "vault");
    await expect(add).rejects.toMatchObject({ code: "identity.damaged" });
    expect(await keys.store.list()).toEqual([]);
  });

  it("are repaired by the file that they came from", async () => {
    await keys.store.add([identity(old)], "vault");
    const [row] = await keys.rows.identities.list();
    await keys.rows.identities.put({ ...row!, wrapped: row!.wrapped.map((octet) => octet ^ 1) });
    await expect(sign()).rejects.toMatchObject({ code: "identity.damaged" });
    await keys.store.add([identity(old)], "vault");
    expect(await sign()).toHaveLength(1);
  });
});

describe("identities of a session", () => {
  it("need no vault, outlive the worker and end with the browser", async () => {
    vi.stubGlobal("indexedDB", new IDBFactory());
    const own = softwareKeys();
    await own.store.add([identity(old)], "session");
    expect(await sign(own.restart())).toHaveLength(1);
    const later = softwareKeys();
    expect(await later.store.list()).toEqual([]);
    expect(await later.rows.identities.list()).toEqual([]);
  });

  it("are forgotten together, and the vault's stay", async () => {
    await keys.store.add([identity(old)], "vault");
    await keys.store.add([identity(bob)], "session");
    expect(await names()).toHaveLength(2);
    await keys.store.forgetSession();
    expect((await keys.store.list()).map(({ protection }) => protection)).toEqual(["vault"]);
    expect(keys.session.content()).not.toContain("session-vault-key");
  });

  it("do not take one out of the vault, and may move into it", async () => {
    await keys.store.add([identity(old)], "vault");
    await keys.store.add([identity(old), identity(bob)], "session");
    expect((await keys.store.list()).map(({ protection }) => protection).sort()).toEqual(["session", "vault"]);
    await keys.store.add([identity(bob)], "vault");
    expect((await keys.store.list()).map(({ protection }) => protection)).toEqual(["vault", "vault"]);
  });

  it("that a session left behind are not mixed with those of the next", async () => {
    await keys.store.add([identity(old)], "session");
    await keys.sessionVault.forget();
    await keys.store.add([identity(bob)], "session");
    expect(await keys.store.list()).toHaveLength(1);
    expect(await sign()).toHaveLength(1);
  });
});
