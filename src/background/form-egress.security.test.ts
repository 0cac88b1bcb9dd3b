import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PageRequest } from "../messages/content-requests.ts";
import type { FrameEvent } from "../messages/frame-requests.ts";
import type { TabSender } from "../messages/mail-senders.ts";
import { formContent } from "../testing/form-content.ts";
import { sha256Hex } from "../testing/memory-key-store.ts";
import { alice, bob, carol, secureMail, type SecureMail } from "../testing/secure-mail.ts";
import { serveFrame, type FramePort } from "./frame-port.ts";

const WORDS = ["gate-code-4711", "hidden-subject-8822", "hidden-file-name-3344", "contents-of-the-file-5566"];
const [TEXT = "", SUBJECT = "", NAME = "", CONTENTS = ""] = WORDS;
const draft = "0d".repeat(16);
const octets = new TextEncoder().encode(CONTENTS);
const file = { id: "0e".repeat(16), name: `${NAME}.txt`, type: "text/plain", size: octets.length };
const content = formContent({
  ...{ signs: true, subject: SUBJECT, text: TEXT, html: `<p>${TEXT}</p>`, bcc: ["carol@c.example"], files: [file] },
});

/** A quarter in: the private exponent. */
const exponent = alice.privateKeyPkcs8.subarray(alice.privateKeyPkcs8.length / 4).subarray(0, 24);
/** Each in the forms in which it may stand somewhere: as it is, in base64 at each place, in UTF-16, in hexadecimal. */
const FORMS = [...WORDS.map((word) => Buffer.from(word)), Buffer.from(exponent)].flatMap((secret) => [
  ...[
    secret.toString("latin1"),
    secret.toString("hex"),
    Buffer.from(secret.toString("latin1"), "utf16le").toString("latin1"),
  ],
  ...[0, 1, 2].map((skip) => secret.subarray(skip).toString("base64").slice(0, 16)),
]);

/** Everything in a value as one text, octets as Latin-1, in whatever depth. */
async function textOf(value: unknown): Promise<string> {
  if (value instanceof Blob) return Buffer.from(await value.arrayBuffer()).toString("latin1");
  if (value instanceof ArrayBuffer) return Buffer.from(value).toString("latin1");
  if (value instanceof Uint8Array) return Buffer.from(value).toString("latin1");
  if (typeof value !== "object" || value === null) return String(value);
  return (await Promise.all(Object.values(value).map(textOf))).join("\n");
}
async function found(...where: unknown[]): Promise<readonly string[]> {
  const text = await textOf(where);
  return FORMS.filter((form) => text.includes(form));
}

const frame: TabSender = {
  ...{ id: "abcdefgh", url: "chrome-extension://abcdefgh/compose/index.html", frameId: 7, documentId: "frame" },
  tab: { id: 1 },
};

/** alice's form in its frame; `say` answers once the background is done with it. */
async function open(mail: SecureMail) {
  const events: FrameEvent[] = [];
  let hear: (message: unknown) => void = () => undefined;
  const port: FramePort = {
    sender: frame,
    postMessage: (event) => events.push(event),
    disconnect: () => undefined,
    onMessage: {
      addListener: (listener) => {
        hear = listener;
      },
    },
    onDisconnect: { addListener: () => undefined },
  };
  const nothing = (): Promise<void> => Promise.resolve();
  const acts = { askUnlock: nothing, askQuestion: nothing, compare: nothing, showPage: nothing, showVerdicts: nothing };
  serveFrame({
    port,
    extension: { id: "abcdefgh", baseUrl: "chrome-extension://abcdefgh/" },
    context: mail.context,
    acts,
  });
  const say = async (message: object, until: FrameEvent["kind"]): Promise<FrameEvent[]> => {
    const before = events.length;
    hear(message);
    await vi.waitFor(
      () => {
        expect(events.slice(before).map(({ kind }) => kind)).toContain(until);
      },
      { timeout: 5000 },
    );
    return events;
  };
  await say({ name: "claim", viewId: mail.view.id, parentOrigin: "https://mail.example" }, "compose");
  return {
    say,
    events,
    tell: (message: object): void => {
      hear(message);
    },
  };
}

/** All that is written to any database, and to the session's memory. */
let written: unknown[];
let asked: PageRequest[];
let mail: SecureMail;
beforeEach(async () => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  written = [];
  asked = [];
  for (const method of ["put", "add"] as const) {
    const original = Reflect.get(IDBObjectStore.prototype, method) as IDBObjectStore["put"];
    vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(function (this: IDBObjectStore, value, key) {
      written.push(value);
      return original.call(this, value, key);
    });
  }
  mail = await secureMail({
    page: (request) => {
      asked.push(request);
      return request.name === "needAnswered" ? { ok: false, reason: "not-found", text: "" } : undefined;
    },
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe("what leaves the secure form, which has it all in clear (attack 56, invariant 1)", () => {
  it("is ciphertext: to the page, the disk, the session's memory, the logs and the network", async () => {
    const fetched = vi.spyOn(globalThis, "fetch");
    const logs = (["log", "info", "warn", "error", "debug"] as const).map((name) => vi.spyOn(console, name));
    const { say } = await open(mail);
    await say({ name: "readAnswered" }, "answered");
    await say({ name: "lookUp", addresses: ["bob@b.example"] }, "recipients");
    await say({ name: "putFile", draft, file, bytes: octets, isLast: true }, "filePut");
    await say({ name: "keepDraft", draft, content }, "kept");
    await say({ name: "saveToWebmail", draft, content }, "saved");
    const recipients = [
      { address: "bob@b.example", certificate: sha256Hex(bob.der) },
      { address: "carol@c.example", certificate: sha256Hex(carol.der) },
    ];
    const { events, say: send } = await open(await another());
    await send({ name: "putFile", draft, file, bytes: octets, isLast: true }, "filePut");
    await send(
      { name: "sendEncrypted", draft, content, recipients, signer: sha256Hex(alice.der), rest: null },
      "sendState",
    );
    await vi.waitFor(
      () => {
        expect(events.at(-1)).toMatchObject({ state: { status: "sent", copy: "same" } });
      },
      { timeout: 5000 },
    );

    expect([mail.saved.length, mail.sent.length]).toEqual([1, 2]);
    expect(written.length).toBeGreaterThan(2);
    expect(await found(asked)).toEqual([]);
    expect(await found(written)).toEqual([]);
    expect(await found(await mail.context.views.inTab(1))).toEqual([]);
    expect(logs.flatMap(({ mock }) => mock.calls)).toEqual([]);
    expect(fetched).not.toHaveBeenCalled();
  });

  it("is nothing where nobody has confirmed that the page may have the text", async () => {
    const { say, tell } = await open(mail);
    tell({ name: "turnOff", lines: 1, files: 1, isAnswer: false });
    tell({ name: "handOver", to: [], cc: [], bcc: [], subject: SUBJECT, html: "", text: TEXT });
    await say({ name: "lookUp", addresses: [] }, "recipients");
    expect(asked.map(({ name }) => name)).not.toContain("handOver");
    expect(await found(asked)).toEqual([]);
  });

  it("would be found", async () => {
    for (const word of WORDS) {
      expect(await found({ deep: [new Blob([`xx${Buffer.from(`y${word}`).toString("base64")}`])] })).not.toEqual([]);
      expect(await found([new TextEncoder().encode(word)])).not.toEqual([]);
    }
    expect(await found({ key: alice.privateKeyPkcs8 })).not.toEqual([]);
  });
});

/** The same mail in another form of the page. */
async function another(): Promise<SecureMail> {
  const { page, origin } = mail.view;
  return { ...mail, view: await mail.context.views.open("compose", { ...page, origin }) };
}
