import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { RequestOf } from "../messages/answers.ts";
import type { PageRequestName } from "../messages/page-requests.ts";
import { certificate } from "../testing/certificate-builder.ts";
import { ALICE, signedMail, textEntity } from "../testing/mail-builder.ts";
import { sha256Hex } from "../testing/memory-key-store.ts";
import { testPageContext } from "../testing/page-context.ts";
import { opensslPkcs12 } from "../testing/pkcs12-file.ts";
import { answer, openEvents } from "./router.ts";

const extension = { id: "abcdefgh", baseUrl: "chrome-extension://abcdefgh/" };
const page = { id: "abcdefgh", url: "chrome-extension://abcdefgh/options/index.html", frameId: 0 };
const FILE_PASSPHRASE = "of-the-file-Zq7";
const VAULT_PASSPHRASE = "of-the-vault-Xw9";
const WRONG_PASSPHRASE = "mistyped-secret-Kp3";
const ana = certificate().subject("CN=Ana").email("ana@a.example").build();
const p12 = opensslPkcs12(ana, FILE_PASSPHRASE);

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");

/** Everything in a value as one text, bytes as Latin-1, in whatever depth. */
function textOf(value: unknown): string {
  if (value instanceof Uint8Array) return latin1(value);
  if (value instanceof Error) return `${value.name} ${value.message} ${value.stack ?? ""} ${textOf(value.cause)}`;
  if (typeof value !== "object" || value === null) return String(value);
  return Object.values(value).map(textOf).join("\n");
}

/** A quarter in: the private exponent. */
const quarter = Math.floor(ana.privateKeyPkcs8.length / 4);
const keyPart = ana.privateKeyPkcs8.subarray(quarter, quarter + 24);
const SECRETS = [
  ...[FILE_PASSPHRASE, VAULT_PASSPHRASE, WRONG_PASSPHRASE],
  latin1(keyPart),
  Buffer.from(keyPart).toString("hex"),
  ...[0, 1, 2].map((skip) => Buffer.from(keyPart.subarray(skip)).toString("base64").slice(0, 20)),
];
const found = (where: readonly string[]): readonly string[] =>
  SECRETS.filter((secret) => where.some((text) => text.includes(secret)));

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

describe("what leaves the background while keys are imported and used (attacks 55 and 56)", () => {
  it("is no private key and no passphrase: not in stores, answers, events, logs or requests", async () => {
    const fetched = vi.spyOn(globalThis, "fetch");
    const logs = (["log", "info", "warn", "error", "debug"] as const).map((name) => vi.spyOn(console, name));
    const context = testPageContext();
    const sets = vi.spyOn(context.session, "set");
    const answers: string[] = [];
    const ask = async (request: RequestOf<PageRequestName>): Promise<void> => {
      const answered = await answer(request, page, extension, context);
      expect(answered).not.toBeNull();
      answers.push(textOf(answered), JSON.stringify(answered));
    };
    const accept = [sha256Hex(ana.der)];
    await ask({ name: "createVault", protection: "passphrase", passphrase: VAULT_PASSPHRASE });
    await ask({ name: "inspectPkcs12", file: p12, passphrase: WRONG_PASSPHRASE });
    await ask({ name: "inspectPkcs12", file: p12, passphrase: FILE_PASSPHRASE });
    await ask({ name: "importIdentities", file: p12, passphrase: FILE_PASSPHRASE, accept });
    await ask({ name: "importIdentities", file: p12, passphrase: FILE_PASSPHRASE, accept, keep: "session" });
    await ask({ name: "lockNow" });
    await ask({ name: "unlock", passphrase: WRONG_PASSPHRASE });
    await ask({ name: "unlock", passphrase: VAULT_PASSPHRASE });
    await ask({ name: "changeProtection", current: WRONG_PASSPHRASE, protection: "device" });
    await ask({ name: "changeProtection", current: VAULT_PASSPHRASE, protection: "device" });
    await ask({ name: "vaultState" });
    await ask({ name: "listIdentities" });
    const message = new Blob([signedMail(textEntity("hello"), { signer: ALICE }).slice()]);
    for await (const event of openEvents({ name: "openMessage", message }, page, extension, context)) {
      answers.push(textOf(event));
    }

    expect(await context.keys.list()).toHaveLength(1);
    expect(written.length).toBeGreaterThan(2);
    expect(found(written)).toEqual([]);
    expect(found(answers)).toEqual([]);
    expect(found(sets.mock.calls.map(([items]) => textOf(items)))).toEqual([]);
    expect(found([context.session.content()])).toEqual([]);
    expect(logs.flatMap(({ mock }) => mock.calls)).toEqual([]);
    expect(fetched).not.toHaveBeenCalled();
  });

  it("would be found", () => {
    expect(found([textOf({ deep: [{ key: ana.privateKeyPkcs8 }] })])).toHaveLength(1);
    expect(found([textOf(new Error("x", { cause: new Error(WRONG_PASSPHRASE) }))])).toEqual([WRONG_PASSPHRASE]);
  });
});
