import "../../testing/native-base64.ts";
import { Window } from "happy-dom";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ComposeInPage, MessageInPage } from "../adapter.ts";
import { CONTINUED_MS } from "../dom/page-changes.ts";
import { isOutlookWeb, outlookWeb } from "./outlook-web.ts";
import type { Service } from "./service.ts";

const part = (id: string, body: string): string =>
  `<div class="item-part"><span id="MSG_${id}_FROM"></span><div id="UniqueMessageBody_${body}">text</div></div>`;
const form = `
  <div id="docking_InitVisiblePart_1">
    <div data-testid="ComposeSendButton"><button aria-label="Send" id="send">Send</button></div>
    <button id="discardCompose">Discard</button>
    <div aria-label="To" contenteditable="true">
      <span data-lpc-hover-target-id="bob@b.example">Bob</span>carol@c.example; dave
    </div>
    <div aria-label="Cc" contenteditable="true"></div>
    <input id="MSG_AAMk1_SUBJECT" value="Hello">
    <div data-testid="AttachmentCard">a.csv</div>
    <div id="editorParent_1"><div contenteditable="true"><p>Text</p></div></div>
  </div>`;

describe("the page of Outlook on the web", () => {
  let window: Window;
  let life: AbortController;
  let messages: MessageInPage[];
  let forms: ComposeInPage[];
  const asked: unknown[] = [];
  const service: Service = (_, body) => {
    asked.push(body);
    return Promise.resolve({ ok: true, message: { Items: [{ MimeContent: { Value: btoa("mime") } }] } });
  };
  const settle = (): Promise<void> => new Promise((done) => setTimeout(done, CONTINUED_MS + 20));
  const show = async (html: string): Promise<void> => {
    window.document.body.innerHTML = `<div data-app-section="MailReadCompose">${html}</div>`;
    await settle();
  };

  beforeEach(() => {
    window = new Window({ url: "https://mail.example/mail/inbox" });
    for (const name of ["MutationObserver", "Element", "Node", "HTMLElement", "HTMLInputElement"] as const) {
      vi.stubGlobal(name, window[name]);
    }
    life = new AbortController();
    [messages, forms] = [[], []];
    asked.length = 0;
    const document = window.document as unknown as Document;
    outlookWeb(document, service, fetch).observe(
      { message: (view) => messages.push(view), compose: (view) => forms.push(view) },
      life.signal,
    );
  });
  afterEach(() => {
    life.abort();
    vi.unstubAllGlobals();
    window.close();
  });

  it("is known by what it is made of", async () => {
    const document = window.document as unknown as Document;
    expect(isOutlookWeb(document)).toBe(false);
    await show("");
    expect(isOutlookWeb(document)).toBe(true);
  });

  it("tells of each message of a conversation once, with its own source", async () => {
    await show(part("AAMkA", "1") + part("AAMkB", "2"));
    await show(part("AAMkA", "1") + part("AAMkB", "2"));
    expect(messages.filter(({ end }) => !end.aborted)).toHaveLength(2);
    await messages.at(-1)?.fetchSource();
    expect(JSON.stringify(asked)).toContain("AAMkB");
  });

  it("begins anew where another message takes the same place, and ends with the page", async () => {
    await show(part("AAMkA", "1"));
    const [first] = messages;
    const sender = window.document.querySelector("[id^=MSG_]");
    if (sender) sender.id = "MSG_AAMkC_FROM";
    await settle();
    expect(first?.end.aborted).toBe(true);
    expect(messages).toHaveLength(2);
    life.abort();
    expect(messages[1]?.end.aborted).toBe(true);
  });

  it("takes the only message from the address, and guesses at none", async () => {
    window.happyDOM.setURL("https://mail.example/mail/inbox/id/AAMk%2FX%3D");
    await show('<div id="UniqueMessageBody_1">text</div>');
    await messages[0]?.fetchSource();
    expect(JSON.stringify(asked)).toContain("AAMk/X=");
    window.happyDOM.setURL("https://mail.example/mail/inbox");
    await show('<div id="UniqueMessageBody_3">text</div>');
    expect(await messages.at(-1)?.fetchSource()).toMatchObject({ ok: false, reason: "page-unknown" });
  });

  it("reads what stands in a form", async () => {
    await show(form);
    expect(forms[0]?.readDraft()).toEqual({
      ok: true,
      draft: {
        from: null,
        to: ["bob@b.example", "carol@c.example"],
        cc: [],
        bcc: [],
        subject: "Hello",
        html: "<p>Text</p>",
        text: null,
        attachments: [{ name: "a.csv" }],
        unreadable: ["dave"],
        inReplyTo: null,
        sizeLimit: null,
      },
    });
  });

  it("says of a form without a field for recipients that it does not know it", async () => {
    await show(form.replace('aria-label="To"', 'aria-label="An"'));
    expect(forms[0]?.readDraft()).toMatchObject({ ok: false, reason: "page-unknown" });
  });

  it("keeps the webmail's Send and its shortcut from acting while it is held, and no longer", async () => {
    await show(form);
    const sent = vi.fn();
    const attempt = vi.fn();
    const button = window.document.querySelector("#send");
    button?.addEventListener("click", sent);
    const hold = new AbortController();
    forms[0]?.holdSend(attempt, hold.signal);
    button?.dispatchEvent(new window.MouseEvent("click", { bubbles: true, cancelable: true }));
    const editor = window.document.querySelector("#editorParent_1 > div");
    const shortcut = new window.KeyboardEvent("keydown", {
      key: "Enter",
      ctrlKey: true,
      bubbles: true,
      cancelable: true,
    });
    editor?.dispatchEvent(shortcut);
    expect(attempt).toHaveBeenCalledTimes(2);
    expect(shortcut.defaultPrevented).toBe(true);
    expect(sent).not.toHaveBeenCalled();
    hold.abort();
    button?.dispatchEvent(new window.MouseEvent("click", { bubbles: true, cancelable: true }));
    expect(sent).toHaveBeenCalledOnce();
  });
});
