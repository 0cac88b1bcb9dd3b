import "../../testing/native-base64.ts";
import { Window } from "happy-dom";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CONTINUED_MS } from "../dom/page-changes.ts";
import { formOf, type ComposeForm } from "./compose-form.ts";
import type { Action } from "./envelope.ts";
import type { Service, ServiceResult } from "./service.ts";
import { takenForm } from "./taken-form.ts";

const FORM = `
  <div id="docking_InitVisiblePart_1">
    <div id="ours"></div>
    <div data-testid="ComposeSendButton"><button aria-label="Send">Send</button></div>
    <div aria-label="To" contenteditable="true"><span data-lpc-hover-target-id="bob@b.example">Bob</span></div>
    <div aria-label="Bcc" contenteditable="true">carol@c.example</div>
    <input id="MSG_AAMk1_SUBJECT" aria-label="Subject" value="Vault">
    <div id="editorParent_1" style="display: flex"><div contenteditable="true"><p>The code</p></div></div>
  </div>`;
const SOURCE = "Subject: Vault\r\n\r\nThe code";

describe("a form that is taken over", () => {
  let window: Window;
  let end: AbortController;
  let form: ComposeForm;
  let asked: [Action, string][];
  let answers: Partial<Record<Action, ServiceResult>>;

  const service: Service = (action, body) => {
    asked.push([action, JSON.stringify(body)]);
    const good: ServiceResult = { ok: true, message: { Items: [{ MimeContent: { Value: btoa(SOURCE) } }] } };
    return Promise.resolve(answers[action] ?? good);
  };
  const find = (css: string): HTMLElement => {
    const found = window.document.querySelector(css);
    if (found === null) throw new Error(css);
    return found as unknown as HTMLElement;
  };
  const isOurs = (element: Element): boolean => element.id === "ours";
  /** The pictures that the page's server has. */
  const fetchPicture: typeof fetch = (address) => {
    asked.push(["GetItem", address as string]);
    return Promise.resolve(new Response("octets", { headers: { "Content-Type": "image/png" } }));
  };
  const refused = (reason: "not-found" | "refused" | "unreachable", isSure = true): ServiceResult => {
    return { ok: false, reason, text: "", isSure };
  };
  const settle = (): Promise<void> => new Promise((done) => setTimeout(done, CONTINUED_MS));

  beforeEach(() => {
    window = new Window({ url: "https://outlook.office.com/mail/" });
    for (const name of ["MutationObserver", "HTMLElement", "HTMLInputElement", "InputEvent", "FocusEvent"] as const) {
      vi.stubGlobal(name, window[name]);
    }
    vi.stubGlobal("DOMParser", window.DOMParser);
    window.document.body.innerHTML = FORM;
    const found = formOf(find("#editorParent_1 > div"));
    if (found === null) throw new Error("no form");
    form = found;
    end = new AbortController();
    asked = [];
    answers = {};
  });
  afterEach(() => {
    end.abort();
    vi.unstubAllGlobals();
    window.close();
  });

  it("is read, emptied, covered and dead, and the server's copy is gone for good", async () => {
    const heard: string[] = [];
    window.addEventListener("input", (event) => heard.push((event.target as unknown as HTMLElement).tagName));
    const reply = await takenForm(form, { service, fetch: fetchPicture, end: end.signal }).takeOver(isOurs);
    expect(reply).toMatchObject({
      ok: true,
      serverCopy: "removed",
      draft: { to: ["bob@b.example"], bcc: ["carol@c.example"], subject: "Vault", html: "<p>The code</p>" },
    });
    expect(asked.map(([action]) => action)).toEqual(["GetItem", "DeleteItem"]);
    expect(asked[1]?.[1]).toMatch(/AAMk1.*HardDelete/);
    expect(form.root.textContent.replace(/\s+|Send/g, "")).toBe("");
    expect((find("input") as HTMLInputElement).value).toBe("");
    // The page's own scripts have heard of it, or they would save what they remember.
    expect(heard).toEqual(expect.arrayContaining(["INPUT", "DIV"]));
    for (const element of form.root.children) {
      expect([element.id, (element as HTMLElement).inert]).toEqual([element.id, element.id !== "ours"]);
    }
  });

  it("removes what the page stores afterwards, and covers what it puts there later", async () => {
    answers = { DeleteItem: refused("refused") };
    await takenForm(form, { service, fetch: fetchPicture, end: end.signal }).takeOver(isOurs);
    answers = {};
    asked = [];
    find("input").id = "MSG_AAMk2_SUBJECT";
    const late = window.document.createElement("p");
    find("#docking_InitVisiblePart_1").append(late as unknown as Node);
    await settle();
    expect(asked).toHaveLength(1);
    expect(asked[0]?.[1]).toContain("AAMk2");
    expect(late.style.display).toBe("none");
  });

  it.each<[string, ServiceResult, string]>([
    ["was never saved", refused("refused"), "none"],
    ["is gone already", refused("not-found"), "none"],
    ["could not be removed", refused("unreachable", false), "remains"],
  ])("says what became of the server's copy: it %s", async (_, answer, serverCopy) => {
    answers = { DeleteItem: answer };
    expect(await takenForm(form, { service, fetch: fetchPicture, end: end.signal }).takeOver(isOurs)).toMatchObject({
      ok: true,
      serverCopy,
    });
  });

  it("brings the pictures that its own server keeps, and asks nobody else for one", async () => {
    const own = "/owa/service.svc/s/GetFileAttachment?id=1";
    form.editor.innerHTML = `<p>The code <img src="${own}"><img src="https://tracker.example/1.png"></p>`;
    const reply = await takenForm(form, { service, fetch: fetchPicture, end: end.signal }).takeOver(isOurs);
    const html = reply.ok ? reply.draft.html : "";
    expect(html).toContain(`src="data:image/png;base64,${btoa("octets")}"`);
    expect(html).toContain("tracker.example");
    // Before the server's copy is removed, or there would be no picture any more.
    expect(asked.map(([action, what]) => [action, /^https?:[^"]*/.exec(what)?.[0]])).toEqual([
      ["GetItem", undefined],
      ["GetItem", `https://outlook.office.com${own}`],
      ["DeleteItem", undefined],
    ]);
  });

  it("is left as it was where its files cannot be had", async () => {
    form.root.insertAdjacentHTML("beforeend", `<div data-testid="AttachmentCard">plan.txt</div>`);
    answers = { GetItem: refused("unreachable", false) };
    const reply = await takenForm(form, { service, fetch: fetchPicture, end: end.signal }).takeOver(isOurs);
    expect(reply).toMatchObject({ ok: false, reason: "unreachable" });
    expect(form.editor.textContent).toBe("The code");
    expect(find("#editorParent_1").style.display).toBe("flex");
  });

  it("is the page's again when Encrypt is turned off", async () => {
    const taken = takenForm(form, { service, fetch: fetchPicture, end: end.signal });
    await taken.takeOver(isOurs);
    taken.handOver({ to: ["dan@d.example"], cc: [], bcc: [], subject: "Open", html: "<p>Openly</p>", text: "Openly" });
    expect(form.editor.innerHTML).toBe("<p>Openly</p>");
    expect((find("input") as HTMLInputElement).value).toBe("Open");
    expect(find('[aria-label="To"]').textContent).toBe("dan@d.example");
    expect([find("#editorParent_1").style.display, find("#editorParent_1").inert]).toEqual(["flex", false]);
  });
});
