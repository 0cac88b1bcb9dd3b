import { describe, expect, it } from "vitest";
import { utf8Bytes } from "../../engine/bytes/text.ts";
import { isMultipart } from "../../engine/mime/entity.ts";
import { parseMessage } from "../../engine/mime/parse.ts";
import { displayedParts, type HtmlPolicy } from "./displayed-parts.ts";

const leaf = (type: string): string => `Content-Type: ${type}\r\n\r\nx\r\n`;
const [plain, html, image, calendar] = ["text/plain", "text/html", "image/png", "text/calendar"].map(leaf) as [
  string,
  string,
  string,
  string,
];

let boundary = 0;
function multi(subtype: string, ...parts: readonly string[]): string {
  const mark = `b${String(++boundary)}`;
  const body = parts.map((part) => `--${mark}\r\n${part}\r\n`).join("");
  return `Content-Type: multipart/${subtype}; boundary=${mark}\r\n\r\n${body}--${mark}--\r\n`;
}

function rolesOf(entity: string, policy: HtmlPolicy = "formatted"): string[] {
  const content = parseMessage(utf8Bytes(`From: a@b.example\r\n${entity}`));
  return [...displayedParts(content, policy)]
    .filter(([part]) => !isMultipart(part))
    .sort(([a], [b]) => a.path.localeCompare(b.path))
    .map(([part, role]) => `${part.path} ${role}`);
}

describe("what becomes of a part", () => {
  it("is shown where it is text, and a file where it is not", () => {
    expect(rolesOf(plain)).toEqual(["1 text"]);
    expect(rolesOf(multi("mixed", html, image, leaf("message/rfc822")))).toEqual([
      "1 html",
      "2 attachment",
      "3 attachment",
    ]);
  });

  it("is a file where it has a name or says so", () => {
    expect(rolesOf(multi("mixed", plain, leaf("text/html; name=x.html")))).toEqual(["1 text", "2 attachment"]);
  });

  it("is the best form of several, once", () => {
    expect(rolesOf(multi("alternative", plain, html))).toEqual(["1 alternative", "2 html"]);
    expect(rolesOf(multi("alternative", plain, multi("related", html, image)))).toEqual([
      "1 alternative",
      "2.1 html",
      "2.2 related",
    ]);
  });

  it("is words only where it may have been put together by somebody else (attack 24)", () => {
    expect(rolesOf(multi("alternative", plain, html), "words-only")).toEqual(["1 text", "2 alternative"]);
    expect(rolesOf(html, "words-only")).toEqual(["1 html-as-text"]);
    expect(rolesOf(multi("mixed", html, multi("alternative", html)), "words-only")).toEqual([
      "1 html-as-text",
      "2.1 html-as-text",
    ]);
  });

  it("stays a file among the forms that are not shown, so that it can be saved", () => {
    expect(rolesOf(multi("alternative", plain, html, calendar))).toEqual(["1 alternative", "2 html", "3 attachment"]);
  });
});
