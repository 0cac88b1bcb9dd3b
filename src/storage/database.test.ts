import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { anchorRows, type AnchorRow } from "./anchors.ts";
import { contactRows } from "./contacts.ts";
import { draftFileRows, draftRows } from "./drafts.ts";
import { database } from "./database.ts";
import { DATABASE, KEY_PATHS, Store } from "./names.ts";
import { SCHEMA_VERSION } from "./schema.ts";
import { personRows } from "./people.ts";
import { settingRows } from "./settings.ts";
import { verifiedRows } from "./verified.ts";

const der = new Uint8Array([0x30, 0]);
const anchor = (digit: string): AnchorRow => ({
  fingerprint: digit.repeat(64),
  certificate: der,
  isTrusted: true,
  decidedAt: new Date(0),
});

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});

/** As version 1 made it. Never changed: it stands for what people have on their disks. */
async function makeVersion1(): Promise<void> {
  const old = await openDB(DATABASE, 1, {
    upgrade(upgraded) {
      upgraded.createObjectStore("identities", { keyPath: "fingerprint" });
      upgraded.createObjectStore("anchors", { keyPath: "fingerprint" });
      upgraded.createObjectStore("contacts", { keyPath: "address" });
      upgraded.createObjectStore("settings", { keyPath: "name" });
      upgraded.createObjectStore("vault", { keyPath: "name" });
      upgraded.createObjectStore("sites", { keyPath: "origin" });
    },
  });
  await old.put("contacts", {
    address: "carol@clinic.example",
    fingerprint: "c".repeat(64),
    certificate: der,
    source: "signed-mail",
    addedAt: new Date(1),
  });
  await old.put("anchors", anchor("a"));
  await old.put("settings", { name: "setting/AlwaysSign", value: true });
  old.close();
}

/** As version 2 made it. Never changed either. */
async function makeVersion2(): Promise<void> {
  const old = await openDB(DATABASE, 2, {
    upgrade(upgraded) {
      for (const store of ["identities", "certificates", "anchors"])
        upgraded.createObjectStore(store, { keyPath: "fingerprint" });
      upgraded.createObjectStore("contacts", { keyPath: "address" });
      for (const store of ["settings", "vault"]) upgraded.createObjectStore(store, { keyPath: "name" });
      upgraded.createObjectStore("sites", { keyPath: "origin" });
      upgraded.createObjectStore("caches", { keyPath: "key" });
    },
  });
  await old.put("anchors", anchor("b"));
  old.close();
}

/** As versions 3, 4 and 6 made it. Never changed either. */
async function makeVersion(version: 3 | 4 | 6, contact: object): Promise<void> {
  const old = await openDB(DATABASE, version, {
    upgrade(upgraded) {
      for (const store of ["identities", "certificates", "anchors"])
        upgraded.createObjectStore(store, { keyPath: "fingerprint" });
      upgraded.createObjectStore("contacts", { keyPath: "address" });
      for (const store of ["settings", "vault"]) upgraded.createObjectStore(store, { keyPath: "name" });
      upgraded.createObjectStore("sites", { keyPath: "origin" });
      upgraded.createObjectStore("caches", { keyPath: "key" });
      upgraded.createObjectStore("drafts", { keyPath: "draft" });
      upgraded.createObjectStore("draft-files", { keyPath: "file" });
      if (version < 6) return;
      upgraded.createObjectStore("people", { keyPath: "decision" });
      upgraded.createObjectStore("verified", { keyPath: "seal" });
    },
  });
  await old.put("contacts", { ...contact });
  old.close();
}
const CONTACT_OF_VERSION_3 = {
  address: "carol@clinic.example",
  current: { fingerprint: "c".repeat(64), certificate: der, source: "file", addedAt: new Date(1) },
  waiting: { fingerprint: "d".repeat(64), certificate: der, source: "signed-mail", addedAt: new Date(2) },
  history: [],
  refused: ["e".repeat(64)],
} as const;

const CONTACT_OF_VERSION_4 = {
  ...CONTACT_OF_VERSION_3,
  history: [{ fingerprint: "f".repeat(64), certificate: der, source: "file", addedAt: new Date(0) }],
  capabilities: ["2.16.840.1.101.3.4.1.42"],
  signedMail: [new Date(3)],
} as const;
const withoutIssuers = <T extends object>(certificate: T): T & { issuers: [] } => ({ ...certificate, issuers: [] });
const { current, waiting } = CONTACT_OF_VERSION_3;
const CERTIFICATES_OF_TODAY = { current: withoutIssuers(current), waiting: withoutIssuers(waiting) };

const CONTACT_OF_VERSION_6 = { ...CONTACT_OF_VERSION_4, ...CERTIFICATES_OF_TODAY, history: [] };

describe("the database", () => {
  it("has the stores of names.ts and no others", async () => {
    const connection = await database().connect();
    expect([...connection.objectStoreNames].sort()).toEqual(Object.values(Store).sort());
    for (const store of Object.values(Store)) {
      expect(connection.transaction(store).store.keyPath).toBe(KEY_PATHS[store]);
    }
  });

  it("brings the data of version 1 to the current version", async () => {
    await makeVersion1();
    const current = database();
    expect((await current.connect()).version).toBe(SCHEMA_VERSION);
    expect(await contactRows(current).list()).toEqual([
      {
        address: "carol@clinic.example",
        current: {
          ...{ fingerprint: "c".repeat(64), certificate: der, issuers: [] },
          ...{ source: "signed-mail", addedAt: new Date(1) },
        },
        waiting: null,
        history: [],
        refused: [],
        capabilities: null,
        encryptedSince: null,
        signedMail: [],
      },
    ]);
    expect(await anchorRows(current).list()).toEqual([anchor("a")]);
    expect(await settingRows(current).get("setting/AlwaysSign")).toEqual({ name: "setting/AlwaysSign", value: true });
  });

  it("brings the data of version 2 to the current version: there is room for drafts, and nothing is lost", async () => {
    await makeVersion2();
    const current = database();
    expect((await current.connect()).version).toBe(SCHEMA_VERSION);
    expect(await anchorRows(current).list()).toEqual([anchor("b")]);
    const draft = { draft: "d".repeat(32), savedAt: new Date(2), origin: "https://mail.example", sealed: der };
    await draftRows(current).put({ ...draft, messageId: null });
    await draftFileRows(current).put({ file: "f".repeat(32), draft: draft.draft, sealed: der });
    expect(await draftRows(current).list()).toEqual([{ ...draft, messageId: null }]);
    expect(await draftFileRows(current).list()).toEqual([{ file: "f".repeat(32), draft: draft.draft, sealed: der }]);
  });

  it("brings the contacts of version 3 to the current version, with nothing known of their habits and programs", async () => {
    await makeVersion(3, CONTACT_OF_VERSION_3);
    const current = database();
    expect((await current.connect()).version).toBe(SCHEMA_VERSION);
    expect(await contactRows(current).list()).toEqual([
      { ...CONTACT_OF_VERSION_3, ...CERTIFICATES_OF_TODAY, signedMail: [], capabilities: null, encryptedSince: null },
    ]);
  });

  it("brings the data of version 4 to the current version: there is room for decisions and what was verified", async () => {
    await makeVersion(4, CONTACT_OF_VERSION_4);
    const current = database();
    expect((await current.connect()).version).toBe(SCHEMA_VERSION);
    expect(await contactRows(current).list()).toMatchObject([{ signedMail: [new Date(3)] }]);
    const address = "carol@clinic.example";
    const person = { decision: `${"c".repeat(64)}/${address}`, certificate: der, address, decidedAt: new Date(4) };
    await personRows(current).put(person);
    expect(await personRows(current).list()).toEqual([person]);
    const verified = { seal: "f".repeat(64), verifiedAt: new Date(5), wasInForce: true };
    await verifiedRows(current).put(verified);
    expect(await verifiedRows(current).list()).toEqual([verified]);
  });

  it("brings the contacts of version 4 to the current version: there is room for issuers, and nothing is lost", async () => {
    await makeVersion(4, CONTACT_OF_VERSION_4);
    const current = database();
    expect((await current.connect()).version).toBe(SCHEMA_VERSION);
    const history = CONTACT_OF_VERSION_4.history.map(withoutIssuers);
    expect(await contactRows(current).list()).toEqual([
      { ...CONTACT_OF_VERSION_4, ...CERTIFICATES_OF_TODAY, history, encryptedSince: null },
    ]);
  });

  it("brings the contacts of version 6 to the current version, with no encrypted mail known of them", async () => {
    await makeVersion(6, CONTACT_OF_VERSION_6);
    const current = database();
    expect((await current.connect()).version).toBe(SCHEMA_VERSION);
    expect(await contactRows(current).list()).toEqual([{ ...CONTACT_OF_VERSION_6, encryptedSince: null }]);
  });

  it("leaves the data as it was where a migration fails", async () => {
    await makeVersion1();
    const create = vi.spyOn(IDBDatabase.prototype, "createObjectStore").mockImplementation(() => {
      throw new DOMException("", "QuotaExceededError");
    });
    await expect(database().connect()).rejects.toMatchObject({ name: "StorageError" });
    create.mockRestore();
    const old = await openDB(DATABASE);
    expect([old.version, await old.count("contacts")]).toEqual([1, 1]);
    old.close();
  });

  it("says that it is of a newer version, and changes nothing", async () => {
    (await openDB(DATABASE, SCHEMA_VERSION + 1)).close();
    await expect(database().connect()).rejects.toMatchObject({ code: "storage.newer" });
  });

  it("says that it is refused, and tries again the next time", async () => {
    const own = database();
    const open = vi.spyOn(indexedDB, "open").mockImplementation(() => {
      throw new DOMException("The user denied permission to access the database", "UnknownError");
    });
    await expect(anchorRows(own).list()).rejects.toMatchObject({ code: "storage.refused" });
    open.mockRestore();
    expect(await anchorRows(own).list()).toEqual([]);
  });

  it("lets a newer version upgrade while it is open", async () => {
    const own = database();
    await own.connect();
    const newer = await openDB(DATABASE, SCHEMA_VERSION + 1);
    expect(newer.version).toBe(SCHEMA_VERSION + 1);
    newer.close();
  });

  it("asks the browser to keep the data", async () => {
    const persist = vi.fn(() => Promise.resolve(true));
    await database({ persist }).connect();
    expect(persist).toHaveBeenCalledTimes(1);
  });
});

describe("rows", () => {
  it("are on the disk when a write returns", async () => {
    const own = database();
    const transaction = vi.spyOn(IDBDatabase.prototype, "transaction");
    await anchorRows(own).put(anchor("a"));
    expect(transaction).toHaveBeenLastCalledWith(["anchors"], "readwrite", { durability: "strict" });
    transaction.mockRestore();
    await own.close();
    expect(await anchorRows(database()).get("a".repeat(64))).toEqual(anchor("a"));
  });

  it("say that the disk is full, and keep what was there", async () => {
    const own = database();
    await anchorRows(own).put(anchor("a"));
    const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("", "QuotaExceededError");
    });
    await expect(anchorRows(own).put(anchor("b"))).rejects.toMatchObject({ code: "storage.full" });
    put.mockRestore();
    expect(await anchorRows(own).list()).toEqual([anchor("a")]);
  });

  it("are changed one after the other", async () => {
    const settings = settingRows(database());
    const add = (): Promise<unknown> =>
      settings.change("n", (row) => ({ name: "n", value: ((row?.value as number | undefined) ?? 0) + 1 }));
    await Promise.all([add(), add(), add()]);
    expect(await settings.get("n")).toEqual({ name: "n", value: 3 });
    expect(await settings.change("n", () => null)).toBeNull();
    expect(await settings.get("n")).toBeNull();
  });

  it("stay as they were where the change throws", async () => {
    const settings = settingRows(database());
    await settings.put({ name: "n", value: 1 });
    const change = settings.change("n", () => {
      throw new RangeError("mine");
    });
    await expect(change).rejects.toThrow(RangeError);
    expect(await settings.get("n")).toEqual({ name: "n", value: 1 });
  });

  it("are not written where they could not be read back", async () => {
    const own = anchorRows(database());
    await expect(own.put({ ...anchor("a"), fingerprint: "none" })).rejects.toMatchObject({ code: "storage.damaged" });
    expect(await own.list()).toEqual([]);
  });

  it("are counted, and removed several at once", async () => {
    const own = anchorRows(database());
    for (const digit of ["a", "b", "c"]) await own.put(anchor(digit));
    expect(await own.count()).toBe(3);
    await own.remove("a".repeat(64), "c".repeat(64), "d".repeat(64));
    expect(await own.list()).toEqual([anchor("b")]);
  });

  it("are all removed, also damaged ones", async () => {
    const own = database();
    await (await own.connect()).put("anchors", { ...anchor("b"), isTrusted: "yes" });
    await anchorRows(own).clear();
    expect(await (await own.connect()).count("anchors")).toBe(0);
  });

  it("hide no other where one is damaged", async () => {
    const own = database();
    await anchorRows(own).put(anchor("a"));
    await (await own.connect()).put("anchors", { ...anchor("b"), isTrusted: "yes" });
    expect(await anchorRows(own).list()).toEqual([anchor("a")]);
    await expect(anchorRows(own).get("b".repeat(64))).rejects.toMatchObject({ code: "storage.damaged" });
  });
});
