import "../../testing/native-base64.ts";
import { Window } from "happy-dom";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ComposeInPage, MessageInPage } from "../adapter.ts";
import { followedMessage } from "./draft-copy.ts";
import { isRoundcube, roundcube } from "./roundcube.ts";

const page = (env: object, body: string): string => `<html><head>
  <script src="program/js/app.min.js?s=1" type="text/none"></script>
  <script type="text/none">
var rcmail = {};
rcmail.set_env(${JSON.stringify({ task: "mail", comm_path: "/?_task=mail", request_token: "t", ...env })});
rcmail.gui_object('a', 'b');
</script></head><body>${body}</body></html>`;

const compose = { action: "compose", drafts_mailbox: "Drafts", identities: { 1: { email: "me@a.example" } } };

/** The fields as Elastic has them; Larry's are the same, with a header of another id. */
const form = (
  header: string,
  fields: { readonly text?: string; readonly isHtml?: string; readonly files?: string } = {},
): string => `
  <select name="_store_target"><option value="Sent" selected>Sent</option></select>
  <form name="form" action="/?_task=mail">
    <div id="${header}">
      <select name="_from"><option value="1" selected>Me</option></select>
      <div><textarea name="_to">"Doe, Jane" &lt;jane@d.example&gt;, Friends,</textarea>
        <ul class="recipient-input"><li><input value="typed@t.example"></li></ul></div>
      <div><textarea name="_cc"></textarea></div><div><textarea name="_bcc">bob@b.example,</textarea></div>
      <input name="_subject" value="Hello">
    </div>
    <input type="hidden" name="_draft_saveid"><input type="hidden" name="_is_html" value="${fields.isHtml ?? "0"}">
    <textarea name="_message">${fields.text ?? "a  b \nFrom here"}</textarea>
    <button type="button" onclick="return rcmail.command('send','',this,event)">Send</button>
  </form>
  <ul id="attachment-list">${fields.files ?? '<li id="rcmfile1"><a><span class="attachment-name">a.csv</span><span>(4 B)</span></a></li>'}</ul>`;

describe("Roundcube's page", () => {
  let window: Window;
  let life: AbortController;
  let messages: MessageInPage[];
  let forms: ComposeInPage[];
  const asked: string[] = [];

  const load = (url: string, html: string): void => {
    window.happyDOM.setURL(`https://mail.example/${url}`);
    window.document.write(html);
    window.document.close();
    const document = window.document as unknown as Document;
    roundcube(document, (address) => {
      asked.push(address as string);
      return Promise.reject(new TypeError("no network"));
    }).observe({ message: (view) => messages.push(view), compose: (view) => forms.push(view) }, life.signal);
  };

  beforeEach(() => {
    window = new Window();
    for (const name of [
      ...(["MutationObserver", "Element", "Node", "HTMLInputElement", "HTMLSelectElement"] as const),
      ...(["HTMLTextAreaElement", "HTMLFormElement", "HTMLIFrameElement", "FormData"] as const),
    ]) {
      vi.stubGlobal(name, window[name]);
    }
    life = new AbortController();
    [messages, forms] = [[], []];
    asked.length = 0;
  });
  afterEach(async () => {
    life.abort();
    vi.unstubAllGlobals();
    await window.happyDOM.close();
  });

  it("is known by what it is made of", () => {
    const document = window.document as unknown as Document;
    expect(isRoundcube(document)).toBe(false);
    load("?_task=mail", page({ action: "" }, ""));
    expect(isRoundcube(document)).toBe(true);
    expect(messages).toHaveLength(0);
  });

  it.each(["login", "settings", "addressbook"])("is none of its mail: %s", (task) => {
    window.document.write(page({ task }, '<div id="messagebody"></div>'));
    expect(isRoundcube(window.document as unknown as Document)).toBe(false);
  });

  it.each(["preview", "show"])("tells of the message that its address names: %s", async (action) => {
    load(
      `?_task=mail&_action=${action}&_uid=10&_mbox=Archive%2F2026`,
      page({ action }, '<div id="messagebody">x</div>'),
    );
    expect(messages).toHaveLength(1);
    await messages[0]?.fetchSource();
    expect(asked).toEqual(["/?_task=mail&_action=viewsource&_mbox=Archive%2F2026&_uid=10&_save=1&_token=t"]);
  });

  it.each(["_uid=10", "_uid=*&_mbox=INBOX", "_uid=1,2&_mbox=INBOX", "_mbox=INBOX"])(
    "asks for nothing where the address names no one message: %s",
    async (query) => {
      load(`?_task=mail&_action=show&${query}`, page({ action: "show" }, '<div id="messagebody">x</div>'));
      expect(await messages[0]?.fetchSource()).toMatchObject({ ok: false, reason: "page-unknown" });
      expect(asked).toEqual([]);
    },
  );

  it.each([
    ["Elastic", "compose-headers"],
    ["Larry", "composeheaders"],
  ])("gives what stands in the form of %s", (_, header) => {
    load(
      "?_task=mail&_action=compose&_id=1",
      page({ ...compose, max_filesize: 2097152, reply_msgid: "<q@b.example>" }, form(header)),
    );
    expect(forms[0]?.readDraft()).toEqual({
      ok: true,
      draft: {
        from: "me@a.example",
        to: ["jane@d.example", "typed@t.example"],
        cc: [],
        bcc: ["bob@b.example"],
        subject: "Hello",
        html: "",
        text: "a  b \nFrom here",
        attachments: [{ name: "a.csv" }],
        unreadable: ["Friends"],
        inReplyTo: "<q@b.example>",
        sizeLimit: 2_097_152,
      },
    });
  });

  it("does not read a form whose files are still on their way, or whose editor is not there", () => {
    const uploading = form("compose-headers", { files: '<li class="uploading">a.csv</li>' });
    load("?_task=mail&_action=compose", page(compose, uploading));
    expect(forms[0]?.readDraft()).toMatchObject({ ok: false, reason: "page-unknown" });
    load("?_task=mail&_action=compose", page(compose, form("compose-headers", { isHtml: "1" })));
    expect(forms.at(-1)?.readDraft()).toMatchObject({ ok: false, reason: "page-unknown" });
  });

  it.each([
    ["its plugin is to encrypt it", "checked", false],
    ["its plugin is to encrypt everything", "checked disabled", false],
    ["the plugin is off", "", true],
  ])("is handed to the server readable only where nobody is to encrypt it: %s", async (_, state, isHanded) => {
    const plugin = `<input type="checkbox" id="enigmaencryptopt" name="_enigma_encrypt" value="1" ${state}>`;
    load("?_task=mail&_action=compose", page(compose, form("compose-headers") + plugin));
    const outgoing = { message: new Uint8Array([1]), messageId: "<1@a.example>", from: "me@a.example" };
    const sent = await forms[0]?.transmit({ ...outgoing, to: ["bob@b.example"], cc: [], bcc: [] });
    const saved = await forms[0]?.fetchDraftSource();
    expect([sent?.reason, saved?.ok === false && saved.reason].includes("page-encrypts")).toBe(!isHanded);
    expect(asked.length > 0).toBe(isHanded);
  });

  it("keeps its own Send from acting until it is let go", () => {
    load("?_task=mail&_action=compose", page(compose, form("compose-headers")));
    const button = window.document.querySelector("button")!;
    const [pressed, attempted] = [vi.fn(), vi.fn()];
    button.addEventListener("click", pressed);
    const held = new AbortController();
    forms[0]?.holdSend(attempted, held.signal);
    button.click();
    expect([pressed.mock.calls.length, attempted.mock.calls.length]).toEqual([0, 1]);
    held.abort();
    button.click();
    expect([pressed.mock.calls.length, attempted.mock.calls.length]).toEqual([1, 1]);
  });
});

describe("a saved draft", () => {
  it.each([
    ["X-Draft-Info: type=reply; uid=1; folder=B::SU5CT1g=", { how: "answered", uid: "1", folder: "INBOX" }],
    [
      "X-Draft-Info: type=forward; uid=4:5;\r\n folder=B::SMOkdXNlcg==",
      { how: "forwarded", uid: "4:5", folder: "Häuser" },
    ],
    ["X-Draft-Info: dsn=on", null],
    ["X-Draft-Info: type=constructor; uid=1; folder=B::SU5CT1g=", null],
    ["Subject: x\r\n\r\nX-Draft-Info: type=reply; uid=1; folder=B::SU5CT1g=", null],
  ])("says what it answers: %j", async (header, followed) => {
    expect(await followedMessage(new Blob([`From: a@a.example\r\n${header}\r\n\r\ntext`]))).toEqual(followed);
  });
});
