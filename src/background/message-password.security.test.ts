import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { PageRequest as AskedOfPage, ViewKind } from "../messages/content-requests.ts";
import type { FrameEvent } from "../messages/frame-requests.ts";
import type { TabSender } from "../messages/mail-senders.ts";
import { ALICE, lines, opaque } from "../testing/mail-builder.ts";
import { testMailContext, type TestMail } from "../testing/mail-context.ts";
import { opensslCms } from "../testing/openssl-cms.ts";
import { ownKeys } from "../testing/own-keys.ts";
import { viewMemory } from "../testing/view-memory.ts";
import type { Browser } from "./browser.ts";
import type { OwnKeys } from "./mail-context.ts";
import { mailService, type MailService } from "./mail.ts";
import { answer } from "./router.ts";

const BASE = "chrome-extension://abcdefgh/";
const extension = { id: "abcdefgh", baseUrl: BASE };
const PASSWORD = "grüße-4711";
const OTHER_PASSWORD = "other-0815";
const SECRET = "the pond is frozen";
const content: TabSender = {
  id: "abcdefgh",
  url: "https://mail.example/",
  frameId: 0,
  documentId: "D",
  tab: { id: 1 },
};
const ownWindow: TabSender = { id: "abcdefgh", url: `${BASE}windows/confirm.html`, frameId: 0, tab: { id: 9 } };

/** By OpenSSL (RFC 5652 section 6.2.4). */
function encryptedWith(password: string, ...recipients: readonly string[]): Uint8Array {
  const entity = lines("Content-Type: text/plain", "", SECRET);
  const options = ["-encrypt", "-in", "entity", "-outform", "DER", "-aes256", "-pwri_password", password];
  const cms = opensslCms([...options, ...recipients], { entity, "alice.pem": ALICE.pem });
  if (cms === null) throw new Error("OpenSSL has not encrypted it");
  return opaque(cms);
}
const message = encryptedWith(PASSWORD);
const otherMessage = encryptedWith(OTHER_PASSWORD);

/** Everything that reaches a page, or its content script, from the background. */
let toPage: unknown[];
let windows: string[];
let sources: Map<string, Uint8Array>;
let context: TestMail;
let mail: MailService;
const memory = { views: viewMemory() };

function start(keys: OwnKeys = ownKeys([])): void {
  const listening = { addListener: () => undefined };
  const action = { setTitle: () => Promise.resolve(), setBadgeText: () => Promise.resolve() };
  memory.views = viewMemory();
  const browser = {
    runtime: { id: "abcdefgh", getURL: (path: string) => BASE + path },
    storage: { session: memory.views },
    permissions: { contains: () => Promise.resolve(true) },
    i18n: { getMessage: () => "Signet" },
    action: { ...action, setPopup: () => Promise.resolve() },
    windows: {
      onRemoved: listening,
      create: ({ url }: { url: string }) => {
        windows.push(url);
        return Promise.resolve({ id: windows.length });
      },
    },
    tabs: {
      onRemoved: listening,
      sendMessage: (tabId: number, request: AskedOfPage) => {
        toPage.push(tabId, request);
        const source = "viewId" in request ? sources.get(request.viewId) : undefined;
        return Promise.resolve(source ? { ok: true, source: new Blob([source.slice()]) } : null);
      },
    },
  } as unknown as Browser;
  context = testMailContext({ keys });
  mail = mailService(browser, context);
}

interface Frame {
  readonly viewId: string;
  readonly events: FrameEvent[];
  readonly send: (request: unknown) => void;
}

/** A frame of ours in the page, which has claimed its view and shown its message. */
async function frameWith(source: Uint8Array, kind: ViewKind = "message"): Promise<Frame> {
  const asked = kind === "message" ? { kind } : { kind, isAnswer: false, isTaken: false };
  const opened = await mail.answer({ name: "openView", ...asked }, content);
  const viewId = opened?.viewId ?? "";
  sources.set(viewId, source);
  const events: FrameEvent[] = [];
  let send: (request: unknown) => void = () => undefined;
  mail.connect({
    name: "view",
    sender: { ...content, url: `${BASE}${kind}/index.html`, frameId: 5, documentId: `F${viewId}` },
    postMessage: (event) => events.push(event),
    disconnect: () => undefined,
    onMessage: {
      addListener: (listener) => {
        send = listener;
      },
    },
    onDisconnect: { addListener: () => undefined },
  });
  send({ name: "claim", viewId, parentOrigin: "https://mail.example" });
  if (kind === "message") {
    send({ name: "openMessage", isPressed: false });
    await vi.waitFor(() => {
      const last = events.at(-1);
      expect(last?.kind === "message" ? last.event.kind : last?.kind).toMatch(/^(done|closed|refused)$/);
    }, 5000);
  }
  return { viewId, events, send };
}

async function askingFrame(source = message): Promise<Frame> {
  const frame = await frameWith(source);
  const before = windows.length;
  frame.send({ name: "askPassword", from: "alice@example.com" });
  await vi.waitFor(() => {
    expect(windows.length).toBe(before + 1);
  });
  frame.events.length = 0;
  return frame;
}

const type = (viewId: string, password: string, sender = ownWindow) =>
  answer({ name: "openWithPassword", viewId, password }, sender, extension, {
    ...context.page,
    openInView: (view, typed) => mail.openInView(view, typed),
  });
const refused = (code: string) => ({ ok: false, error: { code } });
const heard = (events: readonly FrameEvent[]): string =>
  events
    .map((event) => (event.kind === "message" && event.event.kind === "piece" ? event.event.bytes : event))
    .map((event) => (event instanceof Uint8Array ? Buffer.from(event).toString() : JSON.stringify(event)))
    .join("\n");
const views = (events: readonly FrameEvent[]) =>
  events.flatMap((event) => (event.kind === "message" && event.event.kind === "opened" ? [event.event.view] : []));

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  toPage = [];
  windows = [];
  sources = new Map();
  start();
});

describe("the password of a message", () => {
  it("is asked for in a window of ours, which knows where the message is and whom it says that it is from", async () => {
    const { viewId } = await askingFrame();
    expect(windows).toEqual([`${BASE}windows/confirm.html#/password/${viewId}`]);
    const question = await answer({ name: "getQuestion", viewId }, ownWindow, extension, context.page);
    expect(question).toMatchObject({
      value: { kind: "password", host: "mail.example", from: "alice@example.com" },
    });
  });

  it("opens the message in the frame that has asked, by itself, without any seal", async () => {
    const { viewId, events } = await askingFrame();
    expect(await type(viewId, PASSWORD)).toEqual({ ok: true, value: null });
    expect(events[0]).toEqual({ kind: "passwordFits" });
    expect(heard(events)).toContain(SECRET);
    expect(views(events)).toMatchObject([
      { verdict: { signature: "none", sender: "none", encryption: "unauthenticated" }, known: { openedWith: null } },
    ]);
  });

  it("stands in nothing that a frame or a page hears, and in nothing that is stored (attack 56)", async () => {
    const { viewId, events } = await askingFrame();
    await type(viewId, "wrong one");
    await type(viewId, PASSWORD);
    const stored = [context.page.session.content(), JSON.stringify(await memory.views.get(null))];
    const databases = await indexedDB.databases();
    expect(databases.map(({ name }) => name)).toEqual(["signet"]);
    expect(JSON.stringify(await everyRow())).not.toMatch(/wrong one|4711/);
    for (const place of [heard(events), JSON.stringify(toPage), windows.join(), ...stored]) {
      expect(place).not.toMatch(/wrong one|4711/);
    }
    expect(JSON.stringify(toPage) + stored.join()).not.toContain(SECRET);
  });

  it("opens no other view, whether that has asked or not", async () => {
    const one = await askingFrame();
    const asking = await askingFrame(otherMessage);
    const silent = await frameWith(message);
    silent.events.length = 0;
    expect(await type(silent.viewId, PASSWORD)).toMatchObject(refused("password.gone"));
    await type(one.viewId, PASSWORD);
    expect([asking.events, silent.events]).toEqual([[], []]);
    expect(await type(asking.viewId, PASSWORD)).toMatchObject(refused("password.wrong"));
    expect(asking.events).toEqual([]);
  });

  it("opens it once: the same view again has to be asked for again", async () => {
    const { viewId, events, send } = await askingFrame();
    await type(viewId, PASSWORD);
    events.length = 0;
    expect(await type(viewId, PASSWORD)).toMatchObject(refused("password.gone"));
    expect(events).toEqual([]);
    send({ name: "openMessage", isPressed: true });
    await vi.waitFor(() => {
      expect(views(events)).toMatchObject([{ verdict: { reasons: ["needs-password"] } }]);
    });
    expect(heard(events)).not.toContain(SECRET);
  });

  it.each([
    [
      "the window was closed",
      async ({ viewId }: Frame) => {
        await answer({ name: "answerQuestion", viewId, isConfirmed: false }, ownWindow, extension, context.page);
      },
    ],
    [
      "the view was closed",
      async ({ viewId }: Frame) => {
        await mail.answer({ name: "closeView", viewId }, content);
      },
    ],
    [
      "the webmail has the message no more",
      ({ viewId }: Frame) => {
        sources.delete(viewId);
        return Promise.resolve();
      },
    ],
  ])("opens nothing after %s", async (_, end) => {
    const frame = await askingFrame();
    await end(frame);
    frame.events.length = 0;
    expect(await type(frame.viewId, PASSWORD)).toMatchObject(refused("password.gone"));
    expect(frame.events).toEqual([]);
  });

  it("is taken from a window of ours, and not from a content script nor from our frame in a page", async () => {
    const { viewId, events } = await askingFrame();
    const inPage = { ...content, url: `${BASE}message/index.html`, frameId: 5 };
    for (const sender of [content, inPage, { ...ownWindow, id: "other" }]) {
      expect(await type(viewId, PASSWORD, sender)).toBeNull();
      expect(await mail.answer({ name: "openWithPassword", viewId, password: PASSWORD }, sender)).toBeNull();
    }
    expect(events).toEqual([]);
  });

  it("is not asked for by a form", async () => {
    const form = await frameWith(message, "compose");
    form.send({ name: "askPassword", from: null });
    await new Promise((done) => setTimeout(done, 30));
    expect([windows, await context.questions.get(form.viewId)]).toEqual([[], null]);
  });

  it("costs time after the third wrong one, and the right one has to wait as well", async () => {
    const { viewId, events } = await askingFrame();
    for (const password of ["a", "b"]) {
      expect(await type(viewId, password)).toEqual({ ok: false, error: { code: "password.wrong", context: {} } });
    }
    const third = await type(viewId, "c");
    expect(third).toMatchObject({
      error: { code: "password.wrong", context: { waitUntil: expect.any(Number) as number } },
    });
    expect(await type(viewId, PASSWORD)).toMatchObject(refused("password.wait"));
    expect(events).toEqual([]);
    expect((await context.page.vault.state()).waitUntil).toBeNull();
  });

  it("is not needed where an own key fits, which opens the message as always", async () => {
    const mixed = encryptedWith(PASSWORD, "alice.pem");
    start(ownKeys([ALICE]));
    const { events } = await frameWith(mixed);
    expect(views(events)).toMatchObject([{ verdict: { encryption: "unauthenticated" } }]);
    start(ownKeys([ALICE], { isLocked: true }));
    expect((await frameWith(mixed)).events.at(-1)).toEqual({ kind: "closed", reason: "locked" });
  });

  it("is waited for beyond the death of a worker, as long as it is asked for", async () => {
    const { viewId, events, send } = await askingFrame();
    send({ name: "awaitPassword" });
    await new Promise((done) => setTimeout(done, 20));
    expect(events).toEqual([]);
    await context.questions.withdraw(viewId);
    send({ name: "awaitPassword" });
    await vi.waitFor(() => {
      expect(events).toEqual([{ kind: "passwordDeclined" }]);
    });
  });
});

/** Of every object store of our database. */
async function everyRow(): Promise<unknown[]> {
  const open = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((done, fail) => {
      request.onsuccess = () => {
        done(request.result);
      };
      request.onerror = () => {
        fail(new Error("not read"));
      };
    });
  const database = await open(indexedDB.open("signet"));
  const names = [...database.objectStoreNames];
  const transaction = database.transaction(names);
  const rows = await Promise.all(names.map((name) => open<unknown[]>(transaction.objectStore(name).getAll())));
  database.close();
  return rows.flat();
}
