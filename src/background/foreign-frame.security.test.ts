import { describe, expect, it, vi } from "vitest";
import type { FrameEvent } from "../messages/frame-requests.ts";
import type { ContentSender, TabSender } from "../messages/mail-senders.ts";
import { formContent } from "../testing/form-content.ts";
import { testMailContext, type TestMail } from "../testing/mail-context.ts";
import { serveFrame, type FramePort } from "./frame-port.ts";
import type { MailContext } from "./mail-context.ts";

const extension = { id: "abcdefgh", baseUrl: "chrome-extension://abcdefgh/" };
const content: ContentSender = { tabId: 1, frameId: 0, documentId: "page", origin: "https://mail.example" };
const frame: TabSender = {
  id: "abcdefgh",
  url: "chrome-extension://abcdefgh/message/index.html",
  frameId: 7,
  documentId: "frame",
  tab: { id: 1 },
};

function make(): { context: MailContext; askPage: TestMail["askPage"] } {
  const context = testMailContext({
    askPage: () => Promise.resolve({ ok: true, source: new Blob(["From: a@b.example\r\n\r\nhello"]) }),
  });
  return { context, askPage: context.askPage };
}

interface Heard {
  readonly events: FrameEvent[];
  isEnded: boolean;
}

/** A frame that says these things, one after the other; what it hears from then on, and whether its port was ended. */
async function talk(context: MailContext, sender: TabSender, ...messages: unknown[]): Promise<Heard> {
  const heard: Heard = { events: [], isEnded: false };
  let hear: (message: unknown) => void = () => undefined;
  const port: FramePort = {
    sender,
    postMessage: (event) => heard.events.push(event),
    disconnect: () => {
      heard.isEnded = true;
    },
    onMessage: {
      addListener: (listener) => {
        hear = listener;
      },
    },
    onDisconnect: { addListener: () => undefined },
  };
  const acts = {
    askUnlock: () => Promise.resolve(),
    askQuestion: () => Promise.resolve(),
    compare: () => Promise.resolve(),
    showPage: () => Promise.resolve(),
    showVerdicts: () => Promise.resolve(),
  };
  serveFrame({ port, extension, context, acts });
  for (const message of messages) {
    hear(message);
    await new Promise((done) => setTimeout(done, 20));
  }
  return heard;
}

const claim = (viewId: string): unknown => ({ name: "claim", viewId, parentOrigin: "https://mail.example" });
const read = { name: "openMessage", isPressed: true };

describe("a frame that nobody asked for (attacks 45 and 49)", () => {
  it("hears nothing, and the one that was asked for hears of its message", async () => {
    const { context } = make();
    const { id } = await context.views.open("message", content);
    const good = await talk(context, frame, claim(id), read);
    await vi.waitFor(() => {
      expect(good.events.map(({ kind }) => kind)).toEqual(["claimed", "readers", "message", "message", "message"]);
    });
  });

  it.each<[string, TabSender]>([
    ["another document", { ...frame, documentId: "other" }],
    ["another tab", { ...frame, tab: { id: 2 } }],
    ["a whole tab of ours", { ...frame, frameId: 0 }],
    ["a content script", { ...frame, url: "https://mail.example/" }],
    ["another extension", { ...frame, id: "other" }],
  ])("does not replay a view that is taken: %s", async (_, sender) => {
    const { context, askPage } = make();
    const { id } = await context.views.open("message", content);
    await talk(context, frame, claim(id));
    const replayed = await talk(context, sender, claim(id), read);
    await vi.waitFor(() => {
      expect(replayed).toEqual({ events: [], isEnded: true });
    });
    expect(askPage).not.toHaveBeenCalled();
  });

  it.each<[string, unknown]>([
    ["does not claim first", read],
    ["claims a view that was made up", claim("0".repeat(32))],
    ["claims with a field more", { ...(claim("0".repeat(32)) as object), tab: 1 }],
    ["says nothing", null],
  ])("is let go when it %s", async (_, first) => {
    const { context, askPage } = make();
    const heard = await talk(context, frame, first, read);
    await vi.waitFor(() => {
      expect(heard).toEqual({ events: [], isEnded: true });
    });
    expect(askPage).not.toHaveBeenCalled();
  });

  it("is let go when it asks for what is not declared, or when its view has left the page", async () => {
    const { context } = make();
    const { id } = await context.views.open("message", content);
    const asking = await talk(context, frame, claim(id), { name: "listIdentities" });
    await vi.waitFor(() => {
      expect(asking.isEnded).toBe(true);
    });
    await context.views.close(id, content);
    expect((await talk(context, frame, claim(id), read)).events).toEqual([]);
  });

  const shown = { from: "a@a.example", to: ["b@b.example"], cc: [], bcc: [], subject: "", html: "", text: "x" };
  const form = formContent({ signs: true });
  const draft = "0d".repeat(16);
  it.each<[string, object]>([
    [
      "a signature",
      { name: "send", draft: { ...shown, attachments: [], inReplyTo: null }, certificate: "0a".repeat(32) },
    ],
    [
      "an encrypted message",
      { name: "sendEncrypted", draft, content: form, recipients: [], signer: "0a".repeat(32), rest: null },
    ],
    ["a draft in the webmail", { name: "saveToWebmail", draft, content: form }],
    ["what a draft says", { name: "openSaved", item: "A" }],
    ["what is answered", { name: "readAnswered" }],
    ["the page's text", { name: "takeOver" }],
  ])("causes from beside a message no %s (attack 47)", async (_, request) => {
    const { context, askPage } = make();
    const { id } = await context.views.open("message", content);
    const { events } = await talk(context, frame, claim(id), request);
    await vi.waitFor(() => {
      expect(events.map(({ kind }) => kind)).toEqual(["claimed", "readers"]);
    });
    expect(askPage).not.toHaveBeenCalled();
  });
});
