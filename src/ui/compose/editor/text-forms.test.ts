// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { costInPasses } from "../../../testing/cost.ts";
import { lineCount, markupOfWords, wordsOfText } from "./text-forms.ts";

function words(markup: string): string {
  const root = document.createElement("div");
  root.innerHTML = markup;
  return wordsOfText(root);
}

describe("a text in plain words", () => {
  it.each([
    ["lines as the editor writes them", "<div>one<br></div><div><br></div><div>two</div>", "one\n\ntwo"],
    ["breaks inside a block", "<div>one<br>two<br><br>three</div>", "one\ntwo\n\nthree"],
    ["emphasis and links by their words", `<div>a <b>b</b> <a href="https://x.example/">c</a></div>`, "a b c"],
    [
      "what is quoted",
      "<div>new</div><blockquote><div>old</div><blockquote>older</blockquote></blockquote>",
      "new\n> old\n> > older",
    ],
    ["lists", "<ul><li>a</li><li>b</li></ul><ol><li>c</li><li>d</li></ol>", "- a\n- b\n1. c\n2. d"],
    [
      "tables",
      "<table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></tbody></table>",
      "a\tb\nc\td",
    ],
    ["text as it stands", "<pre>a\n  b</pre>", "a\n  b"],
    ["spaces between blocks as nothing", "<div>a</div>\n  <div>b</div>", "a\nb"],
  ])("writes %s", (_, markup, text) => {
    expect(words(markup)).toBe(text);
  });

  it("comes back from markup as it was", () => {
    const text = "Dear <Ben> & all,\n\n  indented   words\nend";
    expect(words(markupOfWords(text))).toBe(text);
  });

  it("is done with a run of blanks in one pass, as somebody may send it to be quoted (attack 58)", async () => {
    const root = document.createElement("pre");
    root.append(`a${"\u00a0".repeat(100_000)}x`);
    expect(await costInPasses(() => wordsOfText(root))).toBeLessThan(20);
  });

  it("counts the lines that say something", () => {
    expect([lineCount(""), lineCount("  \n"), lineCount("a\n\nb")]).toEqual([0, 0, 2]);
  });
});
