// @vitest-environment happy-dom
import { describe, expect, it, vi } from "vitest";
import type { AddressView } from "../../../messages/answers.ts";
import type { AnsweredMessage } from "../../../messages/secure-form.ts";
import { answerSubject, isForward, partOf, quotation } from "./answer.ts";

// As if the first filter let everything through: what rebuilds the text must hold alone. (happy-dom's parser is none
// that a sanitiser can rely on; the filter itself is tested in browsers.)
vi.mock("dompurify", () => ({
  default: {
    sanitize: (html: string): DocumentFragment => {
      const template = document.createElement("template");
      template.innerHTML = html;
      return template.content;
    },
  },
}));

const person = (address: string): AddressView => ({ name: "", address, nameShowsOtherAddress: false });
const message = (change: Partial<AnsweredMessage>): AnsweredMessage => ({
  from: [person("ana@hospital.example")],
  replyTo: [],
  to: [person("ben@b.example")],
  cc: [person("carol@c.example")],
  subject: "Results",
  date: null,
  messageId: "<1@hospital.example>",
  references: null,
  parts: [],
  ...change,
});
const quote = (...parts: AnsweredMessage["parts"]): string => quotation(message({ parts }), () => "Ana wrote:");

describe("what an answer quotes (attacks 29, 30)", () => {
  it("quotes a text in its words, and no markup in it", () => {
    const quoted = quote({ type: "text", content: "one <b>two</b>\n<img src=https://x.example/?SECRET>" });
    expect(quoted).toContain("<blockquote><div>one &lt;b&gt;two&lt;/b&gt;</div>");
    expect(quoted).not.toContain("<img");
  });

  it("quotes HTML without looks, links, pictures, conditions and what was hidden", () => {
    const quoted = quote({
      type: "html",
      content: `<style>@media print { .a { display: none } }</style><p class="a" style="color:red">shown
        <a href="https://tracker.example/">link</a> <img src="cid:a" alt="ALT"></p><div style="display:none">HIDDEN</div>`,
    });
    expect(quoted).toContain("shown");
    expect(quoted).toContain("link");
    expect(quoted).not.toMatch(/style|class|href|tracker|ALT|HIDDEN|@media|<img/);
  });

  it("quotes nothing where nothing was shown", () => {
    expect(quote()).toBe("");
    expect(quote({ type: "html", content: `<p hidden>x</p>` })).toBe("");
  });
});

describe("who an answer goes to (attack 31)", () => {
  const answered = message({ replyTo: [person("eve@evil.example")] });

  it.each([
    ["ANA@hospital.example", "sender"],
    ["ben@b.example", "reader"],
    ["carol@c.example", "reader"],
    ["eve@evil.example", "reply-to"],
    ["mallory@m.example", "stranger"],
    ["ana@hospital.example.evil.example", "stranger"],
  ])("takes %s for the %s", (address, part) => {
    expect(partOf(address, answered)).toBe(part);
  });

  it("does not call a sender who names himself in Reply-To anything but the sender", () => {
    expect(partOf("ana@hospital.example", message({ replyTo: [person("ana@hospital.example")] }))).toBe("sender");
  });
});

describe("the subject of an answer (attack 61)", () => {
  it("stays hidden where the server knows another one", () => {
    expect(answerSubject("Re: [...]", "Results")).toEqual({ subject: "Re: Results", isHidden: true });
  });

  it("stays in sight where the server knew it", () => {
    expect(answerSubject("RE: Results", "Results")).toEqual({ subject: "RE: Results", isHidden: false });
  });

  it("does not pile up prefixes", () => {
    expect(answerSubject("Re: AW: [...]", "AW: Results").subject).toBe("Re: AW: Results");
  });

  it("takes the page's where the message has none", () => {
    expect(answerSubject("Re: Results", null)).toEqual({ subject: "Re: Results", isHidden: false });
  });

  it.each([
    ["Fwd: x", true],
    ["WG: x", true],
    ["Re: Fw: x", false],
  ])("tells an answer from a forwarded message: %s", (subject, is) => {
    expect(isForward(subject)).toBe(is);
  });
});
