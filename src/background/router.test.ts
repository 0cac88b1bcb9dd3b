import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OpenEvent } from "../messages/answers.ts";
import type { MessageSender } from "../messages/sender.ts";
import { answer, openEvents } from "./router.ts";
import { sessionStore, type SessionArea, type SessionStore } from "./session-store.ts";
import type { OpenContext } from "./use-cases/open-message.ts";

const extension = { id: "abcdefgh", baseUrl: "chrome-extension://abcdefgh/" };
const page: MessageSender = { id: "abcdefgh", url: "chrome-extension://abcdefgh/open/index.html", frameId: 0 };
const webPage: MessageSender = { id: "abcdefgh", url: "https://mail.example/", frameId: 0 };

/** `storage.session` as browsers do it: what is stored is a copy of plain values. */
function memoryArea(): SessionArea & { readonly content: () => string } {
  let content: Record<string, unknown> = {};
  return {
    get: (key) => Promise.resolve(structuredClone(key in content ? { [key]: content[key] } : {})),
    set: (items) => {
      content = { ...content, ...(JSON.parse(JSON.stringify(items)) as typeof content) };
      return Promise.resolve();
    },
    remove: (key) => {
      content = Object.fromEntries(Object.entries(content).filter(([name]) => name !== key));
      return Promise.resolve();
    },
    content: () => JSON.stringify(content),
  };
}

const contextOf = (store: SessionStore): OpenContext => ({
  store,
  builtInRoots: () => Promise.resolve([]),
  now: () => new Date(),
});

async function eventsOf(message: unknown, sender: MessageSender, store: SessionStore): Promise<OpenEvent[]> {
  const events: OpenEvent[] = [];
  for await (const event of openEvents(message, sender, extension, contextOf(store))) events.push(event);
  return events;
}

describe("requests to the background", () => {
  let folder = "";
  let p12 = new Uint8Array();
  let certificate = new Uint8Array();
  const openssl = (...words: string[]): Buffer =>
    execFileSync("openssl", words, { cwd: folder, stdio: ["ignore", "pipe", "ignore"] });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "signet-router-"));
    openssl(
      ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "k.pem", "-out", "c.pem", "-days", "30"],
      ...["-subj", "/CN=Ana", "-addext", "subjectAltName=email:ana@a.example"],
    );
    openssl("pkcs12", "-export", "-inkey", "k.pem", "-in", "c.pem", "-passout", "pass:päss", "-out", "a.p12");
    p12 = new Uint8Array(readFileSync(join(folder, "a.p12")));
    certificate = new Uint8Array(readFileSync(join(folder, "c.pem")));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each<[string, MessageSender, unknown]>([
    ["a web page", webPage, { name: "listIdentities" }],
    ["another extension", { ...page, id: "other" }, { name: "listIdentities" }],
    ["nobody", {}, { name: "listIdentities" }],
    ["a page that asks for something unknown", page, { name: "exportKeys" }],
    ["a page that adds a field", page, { name: "forgetIdentities", all: true }],
    ["a page that asks for nothing", page, undefined],
  ])("gives no answer to %s", async (_, sender, message) => {
    const store = sessionStore(memoryArea());
    expect(await answer(message, sender, extension, store)).toBeNull();
  });

  it("opens no message for a web page, nor one that is no file", async () => {
    const store = sessionStore(memoryArea());
    const message = new Blob(["From: a@b.example\r\n\r\nhi"]);
    expect(await eventsOf({ name: "openMessage", message }, webPage, store)).toEqual([]);
    expect(await eventsOf({ name: "openMessage", message: "From: x" }, page, store)).toEqual([]);
    expect(await eventsOf({ name: "openMessage", message, path: "x" }, page, store)).toEqual([]);
  });

  it("shows what a PKCS#12 file holds and takes nothing of it", async () => {
    const area = memoryArea();
    const request = { name: "inspectPkcs12", file: p12, passphrase: "päss" };
    const shown = await answer(request, page, extension, sessionStore(area));
    expect(shown).toMatchObject({
      ok: true,
      value: { identities: [{ emails: ["ana@a.example"], subject: "CN=Ana" }], certificates: [], keysAlone: 0 },
    });
    expect(area.content()).toBe("{}");
  });

  it("takes only the identities that are named, once each, and forgets them", async () => {
    const area = memoryArea();
    const store = sessionStore(area);
    const ask = (message: unknown): ReturnType<typeof answer> => answer(message, page, extension, store);
    const shown = await ask({ name: "inspectPkcs12", file: p12, passphrase: "päss" });
    if (!shown?.ok || !("identities" in shown.value)) throw new Error("not shown");
    const accept = shown.value.identities.map(({ fingerprint }) => fingerprint);
    const request = { name: "importIdentities", file: p12, passphrase: "päss" };
    expect(await ask({ ...request, accept: ["00".repeat(32)] })).toMatchObject({ error: { code: "pkcs12.no-key" } });
    expect(area.content()).toBe("{}");
    await ask({ ...request, accept });
    expect(await ask({ ...request, accept })).toMatchObject({ ok: true, value: [{ emails: ["ana@a.example"] }] });
    expect(await ask({ name: "forgetIdentities" })).toEqual({ ok: true, value: [] });
    expect(area.content()).toBe("{}");
  });

  it("says of a wrong passphrase that it is wrong, and gives no other word of the error", async () => {
    const request = { name: "inspectPkcs12", file: p12, passphrase: "secret-typed" };
    const refused = await answer(request, page, extension, sessionStore(memoryArea()));
    expect(refused).toMatchObject({ ok: false, error: { code: "pkcs12.wrong-passphrase" } });
    expect(JSON.stringify(refused)).not.toContain("secret-typed");
  });

  it("trusts what is named of a certificate file", async () => {
    const store = sessionStore(memoryArea());
    const ask = (message: unknown): ReturnType<typeof answer> => answer(message, page, extension, store);
    const shown = await ask({ name: "inspectAnchors", file: certificate });
    if (!shown?.ok || !Array.isArray(shown.value)) throw new Error("not shown");
    expect(await ask({ name: "listAnchors" })).toEqual({ ok: true, value: [] });
    const accept = (shown.value as { fingerprint: string }[]).map(({ fingerprint }) => fingerprint);
    expect(await ask({ name: "trustAnchors", file: certificate, accept })).toEqual(shown);
    expect(await ask({ name: "listAnchors" })).toEqual(shown);
  });

  it("answers a message with its view first, then pieces, then the end", async () => {
    const message = new Blob(["From: a@b.example\r\nSubject: s\r\n\r\nhello"]);
    const events = await eventsOf({ name: "openMessage", message }, page, sessionStore(memoryArea()));
    expect(events.map(({ kind }) => kind)).toEqual(["opened", "piece", "done"]);
    const [opened, piece] = events;
    expect(opened).toMatchObject({ view: { outer: { subject: "s", from: [{ address: "a@b.example" }] } } });
    expect(piece).toMatchObject({ path: "1", bytes: new TextEncoder().encode("hello") });
  });

  it("answers a file that cannot be read with a code", async () => {
    const message = new Blob(["Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\nMIAG"]);
    const events = await eventsOf({ name: "openMessage", message }, page, sessionStore(memoryArea()));
    expect(events).toMatchObject([
      { kind: "failed", error: { code: expect.stringMatching(/^malformed\./) as string } },
    ]);
  });
});
