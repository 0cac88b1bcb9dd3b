import { beforeEach, describe, expect, it, vi } from "vitest";
import { HEADER_POLICIES } from "../engine/smime/header-policy.ts";
import { encryptMessage } from "../engine/smime/protect.ts";
import type { FrameEvent } from "../messages/frame-requests.ts";
import type { TabSender } from "../messages/mail-senders.ts";
import { ALICE, bytesOf, HEADER, identityOf, lines } from "../testing/mail-builder.ts";
import { testMailContext } from "../testing/mail-context.ts";
import { viewMemory } from "../testing/view-memory.ts";
import type { Browser } from "./browser.ts";
import type { FramePort } from "./frame-port.ts";
import { mailService, type MailParts, type MailService } from "./mail.ts";

const BASE = "chrome-extension://abcdefgh/";
const SECRET = "gate code 4711";
const content: TabSender = {
  id: "abcdefgh",
  url: "https://mail.example/",
  frameId: 0,
  documentId: "D",
  tab: { id: 1 },
};
const frame: TabSender = { ...content, url: `${BASE}message/index.html`, frameId: 5, documentId: "F" };

/** Everything that reaches a content script, or a page, from the background. */
let toPage: unknown[];
let isGranted: boolean;
let message: Uint8Array;

function fakeBrowser(): Browser {
  const action = { setTitle: () => Promise.resolve(), setBadgeText: () => Promise.resolve() };
  return {
    runtime: { id: "abcdefgh", getURL: (path: string) => BASE + path },
    storage: { session: viewMemory() },
    permissions: { contains: () => Promise.resolve(isGranted) },
    i18n: { getMessage: () => "Signet" },
    action: { ...action, setPopup: () => Promise.resolve() },
    windows: { onRemoved: { addListener: () => undefined } },
    tabs: {
      onRemoved: { addListener: () => undefined },
      sendMessage: (...words: unknown[]) => {
        toPage.push(...words);
        return Promise.resolve({ ok: true, source: new Blob([message.slice()]) });
      },
    },
  } as unknown as Browser;
}

const parts: MailParts = {
  ...testMailContext(),
  keys: {
    issuers: () => Promise.resolve([]),
    certificates: () => Promise.resolve([ALICE.certificate]),
    unlocked: async () => [await identityOf(ALICE)],
  },
  mark: () => Promise.resolve({ shape: "cat", colour: "red", word: "" }),
};

let mail: MailService;
beforeEach(async () => {
  toPage = [];
  isGranted = true;
  mail = mailService(fakeBrowser(), parts);
  message = await encryptMessage(bytesOf(lines(...HEADER, "Content-Type: text/plain", "", SECRET)), {
    recipients: [ALICE.certificate],
    cipher: "aes-256-cbc",
    keyTransport: { kind: "rsa-pkcs1" },
    headerPolicy: HEADER_POLICIES.none,
  });
});

async function read(viewId: string): Promise<FrameEvent[]> {
  const events: FrameEvent[] = [];
  let hear: (message: unknown) => void = () => undefined;
  const port = {
    name: "view",
    sender: frame,
    postMessage: (event) => events.push(event),
    disconnect: () => undefined,
    onMessage: {
      addListener: (listener) => {
        hear = listener;
      },
    },
    onDisconnect: { addListener: () => undefined },
  } satisfies FramePort & { name: string };
  expect(mail.connect(port)).toBe(true);
  hear({ name: "claim", viewId, parentOrigin: "https://mail.example" });
  hear({ name: "openMessage", isPressed: true });
  await vi.waitFor(() => {
    expect(events.at(-1)).toEqual({ kind: "message", event: { kind: "done" } });
  });
  hear({ name: "resize", height: 600 });
  hear({ name: "showVerdict", title: "Encrypted, sender not confirmed", tone: "neutral" });
  return events;
}

describe("a content script that the page has taken over (attack 50)", () => {
  it("is answered with a view's name and address, and with nothing else", async () => {
    const opened = await mail.answer({ name: "openView", kind: "message" }, content);
    expect(opened).toEqual({
      viewId: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      url: `${BASE}message/index.html#${opened?.viewId ?? ""}`,
      isSendHeld: false,
      isGuarded: false,
    });
    expect(await mail.answer({ name: "closeView", viewId: opened?.viewId }, content)).toBeNull();
  });

  it.each([
    { name: "claim", viewId: "0".repeat(32), parentOrigin: null },
    { name: "openMessage", isPressed: true },
    { name: "openAttached", path: "1", source: new Uint8Array(1) },
    { name: "send", draft: {}, certificate: "0a".repeat(32) },
    { name: "sendEncrypted", draft: "0d".repeat(16), content: {}, recipients: [], signer: null, rest: null },
    { name: "readAnswered" },
    { name: "openKept", draft: "0d".repeat(16) },
    { name: "openSaved", item: "A" },
    { name: "lookUp", addresses: ["b@b.example"] },
    { name: "suggest", text: "b" },
    { name: "handOver", to: [], cc: [], bcc: [], subject: "", html: "", text: "" },
    { name: "listIdentities" },
    { name: "listContacts" },
    { name: "getMark" },
    { name: "unlock", passphrase: "x" },
    { name: "askPassword", from: null },
    { name: "openWithPassword", viewId: "0".repeat(32), password: "x" },
    { name: "verdictsInTab", tabId: 1 },
  ])("is not answered when it asks as a frame or a page: $name", async (request) => {
    expect(await mail.answer(request, content)).toBeNull();
  });

  it("gets no view on a site that was never granted", async () => {
    isGranted = false;
    expect(await mail.answer({ name: "openView", kind: "message" }, content)).toBeNull();
  });

  it("hears nothing of a message that its frame decrypts, nor the person's mark", async () => {
    const opened = await mail.answer({ name: "openView", kind: "message" }, content);
    const events = await read(opened?.viewId ?? "");
    const pieces = events.flatMap((event) =>
      event.kind === "message" && event.event.kind === "piece" ? [Buffer.from(event.event.bytes).toString()] : [],
    );
    expect(pieces.join("")).toContain(SECRET);
    await vi.waitFor(() => {
      expect(toPage).toContainEqual({ name: "resize", viewId: opened?.viewId, height: 600 });
    });
    expect(toPage.filter((word) => typeof word === "object")).toEqual([
      { name: "needSource", viewId: opened?.viewId },
      { frameId: 0 },
      { name: "resize", viewId: opened?.viewId, height: 600 },
      { frameId: 0 },
    ]);
  });
});
