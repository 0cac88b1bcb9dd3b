import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { OpenEvent, RequestOf, ValueOf } from "../messages/answers.ts";
import type { PageRequestName } from "../messages/page-requests.ts";
import type { MessageSender } from "../messages/sender.ts";
import { certificate } from "../testing/certificate-builder.ts";
import { testPageContext, type TestContext } from "../testing/page-context.ts";
import { opensslCms } from "../testing/openssl-cms.ts";
import { opensslPkcs12 } from "../testing/pkcs12-file.ts";
import { answer, openEvents } from "./router.ts";

const extension = { id: "abcdefgh", baseUrl: "chrome-extension://abcdefgh/" };
const page: MessageSender = { id: "abcdefgh", url: "chrome-extension://abcdefgh/open/index.html", frameId: 0 };
const webPage: MessageSender = { id: "abcdefgh", url: "https://mail.example/", frameId: 0 };

const root = certificate().subject("CN=Root").ca().build();
const ana = certificate().subject("CN=Ana").email("ana@a.example").issuedBy(root).build();
const p12 = opensslPkcs12(ana, "päss", [], [root]);
const fingerprint = "00".repeat(32);
const file = new Uint8Array(1);

let context: TestContext;
beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  context = testPageContext();
});

const ask = <Name extends PageRequestName>(request: RequestOf<Name>, sender = page) =>
  answer(request, sender, extension, context);

async function value<Name extends PageRequestName>(request: RequestOf<Name>): Promise<ValueOf<Name>> {
  const answered = await ask(request);
  if (!answered?.ok) throw new Error(JSON.stringify(answered));
  return answered.value as ValueOf<Name>;
}

async function eventsOf(message: unknown, sender: MessageSender): Promise<OpenEvent[]> {
  const events: OpenEvent[] = [];
  for await (const event of openEvents(message, sender, extension, context)) events.push(event);
  return events;
}

const REQUESTS: readonly RequestOf<PageRequestName>[] = [
  { name: "vaultState" },
  { name: "createVault", protection: "device" },
  { name: "unlock", passphrase: "x" },
  { name: "lockNow" },
  { name: "changeProtection", current: null, protection: "device" },
  { name: "eraseKeys", confirm: "erase" },
  { name: "inspectPkcs12", file, passphrase: "x" },
  { name: "importIdentities", file, passphrase: "x", accept: [] },
  { name: "listIdentities" },
  { name: "removeIdentity", fingerprint },
  { name: "forgetSessionIdentities" },
  { name: "inspectAnchors", file },
  { name: "trustAnchors", file, accept: [] },
  { name: "listAnchors" },
  { name: "removeAnchor", fingerprint },
  { name: "removeOwnAnchors" },
  { name: "switchAnchor", fingerprint, isTrusted: true },
  { name: "listContacts" },
  { name: "importContacts", file, accept: [] },
  { name: "removeContact", address: "a@b.example" },
  { name: "decideReplacement", address: "a@b.example", take: "new", fingerprint },
  { name: "openWithPassword", viewId: "0b".repeat(16), password: "x" },
  { name: "getSettings" },
  { name: "setSetting", setting: "AlwaysSign", value: true },
  { name: "acceptPolicyRemoval" },
  { name: "getMark" },
  { name: "setMark", mark: { shape: "cat", colour: "red", word: "" } },
  { name: "verdictsInTab", tabId: 1 },
  { name: "listSites" },
];

describe("requests to the background", () => {
  it.each(REQUESTS.map((request) => [request.name, request] as const))(
    "%s gives no answer to anybody but our pages as whole tabs",
    async (_, request) => {
      const others: MessageSender[] = [
        webPage,
        { ...page, id: "other" },
        { ...page, frameId: 2 },
        { ...page, url: "chrome-extension://abcdefgh/message/index.html" },
        { ...page, url: "chrome-extension://abcdefgh/compose/index.html" },
        {},
      ];
      for (const sender of others) expect(await ask(request, sender)).toBeNull();
      expect(await answer({ ...request, tab: 1 }, page, extension, context)).toBeNull();
      expect(context.session.content()).toBe("{}");
    },
  );

  it("gives no answer to what it does not know", async () => {
    for (const message of [{ name: "exportKeys" }, { name: "constructor" }, undefined, "listIdentities"]) {
      expect(await answer(message, page, extension, context)).toBeNull();
    }
  });

  it("opens no message for a web page, nor one that is no file", async () => {
    const message = new Blob(["From: a@b.example\r\n\r\nhi"]);
    expect(await eventsOf({ name: "openMessage", message }, webPage)).toEqual([]);
    expect(await eventsOf({ name: "openMessage", message: "From: x" }, page)).toEqual([]);
    expect(await eventsOf({ name: "openMessage", message, path: "x" }, page)).toEqual([]);
  });

  it("answers every kind of failure with its code and no other word", async () => {
    const refused = await ask({ name: "inspectPkcs12", file: p12, passphrase: "secret-typed" });
    expect(refused).toMatchObject({ ok: false, error: { code: "pkcs12.wrong-passphrase" } });
    expect(JSON.stringify(refused)).not.toContain("secret-typed");
    const code = async (request: RequestOf<PageRequestName>): Promise<unknown> => {
      const answered = await ask(request);
      return answered?.ok === false ? answered.error.code : answered;
    };
    expect(await code({ name: "unlock", passphrase: "x" })).toBe("vault.none");
    expect(await code({ name: "removeIdentity", fingerprint })).toBe("identity.unknown");
    expect(await code({ name: "removeAnchor", fingerprint })).toBe("anchor.unknown");
    expect(await code({ name: "setSetting", setting: "constructor", value: 1 })).toBe("setting.not-allowed");
  });

  it("says that the browser gives no storage", async () => {
    vi.spyOn(indexedDB, "open").mockImplementation(() => {
      throw new DOMException("The user denied permission to access the database", "UnknownError");
    });
    expect(await ask({ name: "vaultState" })).toMatchObject({ ok: false, error: { code: "storage.refused" } });
  });

  it("answers a message with its view first, then pieces, then the end", async () => {
    const message = new Blob(["From: a@b.example\r\nSubject: s\r\n\r\nhello"]);
    const events = await eventsOf({ name: "openMessage", message }, page);
    expect(events.map(({ kind }) => kind)).toEqual(["opened", "piece", "done"]);
    const [opened, piece] = events;
    expect(opened).toMatchObject({ view: { outer: { subject: "s", from: [{ address: "a@b.example" }] } } });
    expect(piece).toMatchObject({ path: "1", bytes: new TextEncoder().encode("hello") });
  });

  it("answers a file that cannot be read with a code", async () => {
    const message = new Blob(["Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\nMIAG"]);
    const events = await eventsOf({ name: "openMessage", message }, page);
    expect(events).toMatchObject([
      { kind: "failed", error: { code: expect.stringMatching(/^malformed\./) as string } },
    ]);
  });
});

describe("a message that a password encrypts", () => {
  const entity = "Content-Type: text/plain\r\n\r\nhello";
  const options = ["-encrypt", "-in", "entity", "-outform", "DER", "-aes256", "-pwri_password", "grüße"];
  const message = new Blob([opensslCms(options, { entity })!.slice()]);
  const open = (password?: string): Promise<OpenEvent[]> =>
    eventsOf({ name: "openMessage", message, ...(password !== undefined && { password }) }, page);

  it("is opened with it by a page of ours, as often as it is given", async () => {
    expect((await open())[0]).toMatchObject({ view: { verdict: { reasons: ["needs-password"] } } });
    expect((await open("grüße"))[1]).toMatchObject({ path: "1", bytes: new TextEncoder().encode("hello") });
    expect((await open())[0]).toMatchObject({ view: { verdict: { reasons: ["needs-password"] } } });
  });

  it("stays closed with a wrong one, and the third in a row costs time", async () => {
    const wrong = { kind: "failed", error: { code: "password.wrong", context: {} } };
    expect([await open("a"), await open("b")]).toEqual([[wrong], [wrong]]);
    expect(await open("c")).toMatchObject([{ error: { context: { waitUntil: expect.any(Number) as number } } }]);
    expect(await open("grüße")).toMatchObject([{ kind: "failed", error: { code: "password.wait" } }]);
  });
});

describe("identities", () => {
  const take = async (keep?: "session"): Promise<RequestOf<"importIdentities">> => {
    const { identities } = await value({ name: "inspectPkcs12", file: p12, passphrase: "päss" });
    const accept = identities.map((identity) => identity.fingerprint);
    return { name: "importIdentities", file: p12, passphrase: "päss", accept, ...(keep && { keep }) };
  };

  it("are all listed before anything is taken, with all that came with them (attack 48)", async () => {
    expect(await value({ name: "inspectPkcs12", file: p12, passphrase: "päss" })).toMatchObject({
      identities: [{ emails: ["ana@a.example"], subject: "CN=Ana", usages: ["sign", "encrypt"], key: "RSA 2048" }],
      certificates: [{ subject: "CN=Root", isAuthority: true, usages: ["authority"], key: "P-256" }],
      keysAlone: 0,
      hasMac: true,
    });
    expect(await value({ name: "listIdentities" })).toEqual([]);
    expect(context.session.content()).toBe("{}");
  });

  it("need a vault, and an open one", async () => {
    const request = await take();
    expect(await ask(request)).toMatchObject({ ok: false, error: { code: "vault.none" } });
    await value({ name: "createVault", protection: "passphrase", passphrase: "long enough" });
    await value({ name: "lockNow" });
    expect(await value(request)).toEqual({ needs: "unlock" });
    await value({ name: "unlock", passphrase: "long enough" });
    expect(await value(request)).toMatchObject([{ emails: ["ana@a.example"], keep: "vault", chainLength: 1 }]);
  });

  it("are taken by name and no others", async () => {
    await value({ name: "createVault", protection: "device" });
    const none = await ask({ ...(await take()), accept: [fingerprint] });
    expect(none).toMatchObject({ ok: false, error: { code: "choice.empty" } });
    expect(await value({ name: "listIdentities" })).toEqual([]);
  });

  it("can be kept for the session without a vault, until it is locked", async () => {
    expect(await value(await take("session"))).toMatchObject([{ keep: "session" }]);
    await value({ name: "lockNow" });
    expect(await value({ name: "listIdentities" })).toEqual([]);
  });

  it("are all erased with the vault where its passphrase is forgotten, damaged ones too; trust stays", async () => {
    await value({ name: "createVault", protection: "passphrase", passphrase: "long enough" });
    await value(await take());
    const rootName = (await value({ name: "inspectAnchors", file: root.der }))[0]!.fingerprint;
    await value({ name: "trustAnchors", file: root.der, accept: [rootName] });
    for (let count = 0; count < 3; count++) await ask({ name: "unlock", passphrase: "forgotten" });
    expect(await value({ name: "eraseKeys", confirm: "erase" })).toEqual({
      kind: "none",
      protection: null,
      expiresAt: null,
      waitUntil: null,
    });
    expect(await value({ name: "listIdentities" })).toEqual([]);
    expect(await value({ name: "listAnchors" })).toHaveLength(1);
    await value({ name: "createVault", protection: "device" });
    expect(await value(await take())).toHaveLength(1);
  });

  it("are removed one by one", async () => {
    await value({ name: "createVault", protection: "device" });
    const taken = await value(await take());
    if ("needs" in taken) throw new Error("locked");
    expect(await value({ name: "removeIdentity", fingerprint: taken[0]!.fingerprint })).toEqual([]);
  });
});
