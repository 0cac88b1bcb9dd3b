// @vitest-environment happy-dom
import { runInNewContext } from "node:vm";
import { render } from "preact";
import { describe, expect, it } from "vitest";
import { speak } from "../testing/own-page.ts";
import { text, Text } from "./i18n.tsx";
import { words } from "./words.ts";

speak("en");

describe("a text with something in its placeholders", () => {
  it("writes a date that came from another realm, as Firefox brings it into a frame in a page", () => {
    const date = runInNewContext("new Date(Date.UTC(2026, 2, 1, 12))") as Date;
    expect(date instanceof Date).toBe(false);
    const value = words("read_a7_sentence", { date });
    const own = words("read_a7_sentence", { date: new Date(date.getTime()) });
    expect(text(value)).toContain("March 1, 2026");
    expect(text(value)).toBe(text(own));
  });

  it("isolates what others wrote, and nothing of ours", () => {
    render(<Text words={words("read_a8_headline", { issuer: "<b>CA</b>" })} />, document.body);
    expect(document.body.innerHTML).toBe("Signed, but issuer <bdi>&lt;b&gt;CA&lt;/b&gt;</bdi> is not trusted");
  });

  it("shows a number in the way of the language, and its own form for one", () => {
    expect(text(words("read_c1_sentence_several", { n: 1200 }))).toContain("1,200");
  });
});
