import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { certificate, type TestCertificate } from "../../testing/certificate-builder.ts";
import { memorySession } from "../../testing/session-memory.ts";
import { softwareKeys } from "../../testing/software-keys.ts";

const PASSPHRASE = "Pa55phrase-that-nobody-writes";
const rsa = certificate().subject("CN=Alice").email("alice@a.example").build();
const ec = certificate().subject("CN=Alice").email("alice@a.example").key("p-521").build();
const identity = ({ certificate: own, privateKeyPkcs8 }: TestCertificate) => ({
  certificate: own,
  pkcs8: privateKeyPkcs8,
  chain: [],
});

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");

/** Everything in a stored value as one text, bytes as Latin-1, in whatever depth. */
function textOf(value: unknown): string {
  if (value instanceof Uint8Array) return latin1(value);
  if (typeof value !== "object" || value === null) return String(value);
  return Object.values(value).map(textOf).join("\n");
}

/** A secret as it could stand in a text: raw, base64 (in each of three positions) and hexadecimal, also in part. */
function shapes(secret: Uint8Array): string[] {
  // A quarter in: the private scalar of an EC key, and the private exponent of an RSA key; the rest is public in part.
  const from = Math.floor(secret.length / 4);
  const part = secret.subarray(from, from + 24);
  const encoded = [0, 1, 2].map((skip) => Buffer.from(part.subarray(skip)).toString("base64").slice(0, 20));
  return [latin1(part), ...encoded, Buffer.from(part).toString("hex")];
}

let written: string[];
beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  written = [];
  for (const method of ["put", "add"] as const) {
    const original = Reflect.get(IDBObjectStore.prototype, method) as IDBObjectStore["put"];
    vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(function (this: IDBObjectStore, value, key) {
      written.push(textOf(value));
      return original.call(this, value, key);
    });
  }
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe("what is written to storage (attacks 55 and 56)", () => {
  it("holds no private key and no passphrase, in no shape; the session holds the vault's keys only", async () => {
    const session = memorySession();
    const set = vi.spyOn(session, "set");
    const logged = (["log", "info", "warn", "error", "debug"] as const).map((name) => vi.spyOn(console, name));
    const keys = softwareKeys(session);
    await keys.store.add([identity(ec)], "session");
    await keys.vault.create({ kind: "passphrase", passphrase: PASSPHRASE });
    await keys.store.add([identity(rsa)], "vault");
    await keys.vault.lock("person");
    await keys.vault.unlock(`${PASSPHRASE} `).catch(() => undefined);
    await keys.vault.unlock(PASSPHRASE);
    for (const { key } of await keys.store.identities()) {
      await key.sign({ kind: key.type === "rsa" ? "rsa-pkcs1" : "ecdsa", digest: "sha-256" }, new Uint8Array(9));
    }
    await keys.vault.changeProtection(PASSPHRASE, { kind: "device" });

    const inSession = set.mock.calls.map(([items]) => items);
    const everything = [...written, ...inSession.map((items) => JSON.stringify(items))].join("\n");
    expect(written.length).toBeGreaterThan(4);
    for (const secret of [rsa.privateKeyPkcs8, ec.privateKeyPkcs8, new TextEncoder().encode(PASSPHRASE)]) {
      expect(shapes(secret).filter((shape) => everything.includes(shape))).toEqual([]);
    }
    expect([...new Set(inSession.flatMap(Object.keys))].sort()).toEqual([
      "held-locked",
      "session-vault-key",
      "vault-key",
    ]);
    const vaultKeys = inSession.flatMap(Object.values).flatMap((held: { key?: string }) => held.key ?? []);
    expect(
      vaultKeys.filter((key) => written.some((text) => text.includes(latin1(Buffer.from(key, "base64"))))),
    ).toEqual([]);
    expect(logged.flatMap(({ mock }) => mock.calls)).toEqual([]);
  });

  it("finds a secret where there is one, so that the test above says something", async () => {
    const keys = softwareKeys();
    await keys.vault.create({ kind: "device" });
    await keys.store.add([identity(rsa)], "vault");
    const [row] = await keys.rows.identities.list();
    await keys.rows.identities.put({ ...row!, wrapped: rsa.privateKeyPkcs8.slice() });
    expect(shapes(rsa.privateKeyPkcs8).some((shape) => written.join("\n").includes(shape))).toBe(true);
  });
});
