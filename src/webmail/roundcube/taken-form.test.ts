import { Window } from "happy-dom";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { formOf, type ComposeForm } from "./compose-form.ts";
import type { PageSettings } from "./page-settings.ts";
import { refused, type ServiceRequest, type ServiceResult } from "./service.ts";
import { takenForm, type TakenForm } from "./taken-form.ts";

const PAGE = `
  <div id="messagestack"></div>
  <div id="layout-sidebar"><ul id="attachment-list"><li id="rcmfile1"><span class="attachment-name">a.csv</span></li></ul></div>
  <div id="layout-content"><div id="toolbar"></div>
    <form name="form" method="post"><div id="ours"></div><div id="compose-headers">
      <input name="_from" value="me@a.example"><div><textarea name="_to">bob@b.example,</textarea></div>
      <div class="form-group hidden"><textarea name="_cc"></textarea></div>
      <div class="form-group hidden"><textarea name="_bcc"></textarea></div><input name="_subject" value="Vault"></div>
      <input type="hidden" name="_draft_saveid" value="5"><input type="hidden" name="_is_html" value="0">
      <input type="hidden" name="_draft" value=""><textarea name="_message">The code</textarea>
    </form></div>`;

const settings = { drafts: "Drafts", composeId: "c1", mode: null, identities: new Map(), answered: null };
const saved: ServiceResult = { ok: true, calls: [{ name: "set_draft_id", values: ["9"] }] };

describe("a form of Roundcube's that is taken over", () => {
  let window: Window;
  let end: AbortController;
  let form: ComposeForm;
  let asked: ServiceRequest[];
  let answers: Partial<Record<ServiceRequest["action"], ServiceResult>>;
  let source: string;
  let taken: TakenForm;

  const find = (css: string): HTMLElement => window.document.querySelector(css) as unknown as HTMLElement;
  const valueOf = (name: string): string => (find(`[name=${name}]`) as HTMLInputElement).value;
  const isOurs = (element: Element): boolean => element.id === "ours";
  const fieldsOf = (request: ServiceRequest | undefined): Record<string, unknown> =>
    request?.form instanceof FormData ? Object.fromEntries(request.form.entries()) : { ...request?.form };
  const make = (change: Partial<PageSettings> = {}): TakenForm =>
    takenForm({
      form,
      settings: { ...settings, ...change } as PageSettings,
      service: (request) => {
        asked.push(request);
        return Promise.resolve(
          answers[request.action] ?? (request.action === "send" ? saved : { ok: true, calls: [] }),
        );
      },
      fetchSource: () => Promise.resolve({ ok: true, source: new Blob([source]) }),
      fetch: () => Promise.reject(new Error("no picture here")),
      end: end.signal,
    });

  beforeEach(() => {
    window = new Window({ url: "https://mail.example/" });
    for (const name of [
      ...(["MutationObserver", "Element", "HTMLElement", "HTMLInputElement", "HTMLSelectElement", "Event"] as const),
      ...(["HTMLTextAreaElement", "HTMLFormElement", "HTMLIFrameElement", "FormData"] as const),
    ]) {
      vi.stubGlobal(name, window[name]);
    }
    window.document.body.innerHTML = PAGE;
    form = formOf(window.document as unknown as Document)!;
    end = new AbortController();
    [asked, answers, source] = [[], {}, "Subject:\r\n\r\n"];
    taken = make();
  });
  afterEach(async () => {
    end.abort();
    vi.unstubAllGlobals();
    await window.happyDOM.close();
  });

  it("is read, emptied and covered, and the server is asked for its part without a word of it", async () => {
    const reply = await taken.takeOver(isOurs);
    expect(reply).toMatchObject({
      ok: true,
      draft: { to: ["bob@b.example"], subject: "Vault", text: "The code", attachments: [{ name: "a.csv" }] },
      serverCopy: "removed",
    });
    expect(asked.map(({ action }) => action)).toEqual(["send", "remove-attachment", "delete"]);
    expect(fieldsOf(asked[0])).toMatchObject({ _to: "", _subject: "", _message: "", _draft: "1", _draft_saveid: "5" });
    expect(fieldsOf(asked[2])).toEqual({ _mbox: "Drafts", _uid: "9" });
    expect([valueOf("_to"), valueOf("_subject"), valueOf("_message"), valueOf("_draft_saveid")]).toEqual([
      "",
      "",
      "",
      "",
    ]);
    expect(find("#attachment-list").children).toHaveLength(0);
    for (const css of ["#toolbar", "#compose-headers", "#attachment-list"]) expect(find(css).inert).toBe(true);
    expect(find("#ours").inert).toBe(false);
  });

  it("goes nowhere when the page saves it, and does again once it is handed over", async () => {
    await taken.takeOver(isOurs);
    expect(find("form").getAttribute("method")).toBe("dialog");
    taken.handOver({
      to: ["dan@d.example"],
      cc: [],
      bcc: ["eve@e.example"],
      subject: "Open",
      html: "",
      text: "Openly",
    });
    expect(find("form").getAttribute("method")).toBe("post");
    expect([valueOf("_to"), valueOf("_bcc"), valueOf("_message")]).toEqual([
      "dan@d.example, ",
      "eve@e.example, ",
      "Openly",
    ]);
    // Nobody is written to unseen.
    expect(find("[name=_bcc]").closest(".hidden")).toBeNull();
    expect(find("[name=_cc]").closest(".hidden")).not.toBeNull();
    expect(find("#compose-headers").inert).toBe(false);
  });

  it("leaves no copy in the browser, and those of other forms", async () => {
    for (const id of ["c1", "c2"]) window.localStorage.setItem(`roundcube.1.compose.${id}`, "The code");
    await taken.takeOver(isOurs);
    expect(Object.keys(window.localStorage)).toEqual(["roundcube.1.compose.c2"]);
  });

  it("removes a draft that the page stores afterwards", async () => {
    await taken.takeOver(isOurs);
    asked.length = 0;
    find("[name=_draft_saveid]").setAttribute("value", "11");
    await window.happyDOM.waitUntilComplete();
    expect(asked.map(fieldsOf)).toEqual([{ _mbox: "Drafts", _uid: "11" }]);
  });

  it.each(["send", "remove-attachment", "delete"] as const)(
    "says what remains where the server refuses: %s",
    async (action) => {
      answers[action] = refused("refused", "", true);
      const reply = await taken.takeOver(isOurs);
      if (action !== "send") expect(reply).toMatchObject({ ok: true, serverCopy: "remains" });
      else {
        // Files would be lost: then nothing is taken, and the page saves as before.
        expect(reply).toMatchObject({ ok: false, reason: "refused" });
        expect(valueOf("_message")).toBe("The code");
        expect(find("form").getAttribute("method")).toBe("post");
      }
    },
  );

  it("leaves an encrypted draft that the page has opened where it is", async () => {
    source = "Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\nMIIB";
    const reply = await make({ mode: "draft" }).takeOver(isOurs);
    expect(reply).toMatchObject({ ok: true, source: null, draft: { attachments: [] }, serverCopy: "none" });
    expect(asked).toEqual([]);
  });

  it("is not encrypted by Roundcube's plugin, so that its files can be read back", async () => {
    find("form").insertAdjacentHTML("beforeend", '<input type="checkbox" name="_enigma_encrypt" value="1" checked>');
    expect(await taken.takeOver(isOurs)).toMatchObject({ ok: true });
    expect(fieldsOf(asked[0])).not.toHaveProperty("_enigma_encrypt");
  });

  it("stays as it was where the server encrypts it all the same: its files would be lost", async () => {
    source = 'Content-Type: multipart/encrypted;\r\n protocol="application/pgp-encrypted"\r\n\r\n--x';
    expect(await taken.takeOver(isOurs)).toMatchObject({ ok: false, reason: "page-encrypts" });
    expect(asked.map(({ action }) => action)).toEqual(["send"]);
    expect(valueOf("_message")).toBe("The code");
    expect(find("#attachment-list").children).toHaveLength(1);
    expect(taken.isTaken()).toBe(false);
  });

  it("asks the server for nothing where it has nothing", async () => {
    find("[name=_draft_saveid]").setAttribute("value", "");
    find("#attachment-list").replaceChildren();
    expect(await taken.takeOver(isOurs)).toMatchObject({ ok: true, source: null, serverCopy: "none" });
    expect(asked).toEqual([]);
  });
});
