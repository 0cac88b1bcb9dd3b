import { describe, expect, it } from "vitest";
import { concatBytes } from "../bytes/concat.ts";
import { bytesOf, lines, textOf } from "../../testing/mail-builder.ts";
import { type Entity, walkEntities } from "../mime/entity.ts";
import { parseEntity } from "../mime/parse.ts";
import { leafText } from "../mime/transfer-encoding.ts";
import { HEADER_POLICIES } from "./header-policy.ts";
import { protectHeader } from "./header-protection.ts";
import { hasLegacyDisplay, textWithoutLegacyDisplay } from "./legacy-display.ts";
import { readSourceMessage } from "./source-message.ts";

/** RFC 9788 appendix E.1 and E.2: payloads that have a legacy display element. */
const RFC_TEXT = lines(
  'Content-Type: text/plain; charset="us-ascii"; hp-legacy-display="1";',
  ' hp="cipher"',
  "",
  "Subject: Dinner plans",
  "",
  "Let's meet at Rama's Roti Shop at 8pm and go to the park",
  "from there.",
  "",
);
const RFC_HTML = lines(
  'Content-Type: text/html; charset="us-ascii"; hp-legacy-display="1";',
  ' hp="cipher"',
  "",
  "<html><head><title></title></head><body>",
  '<div class="header-protection-legacy-display">',
  "<pre>Subject: Dinner plans</pre>",
  "</div>",
  "<p>",
  "Let's meet at Rama's Roti Shop at 8pm and go to the park",
  "from there.",
  "</p>",
  "</body>",
  "</html>",
  "",
);
const shown = (entity: string) => textWithoutLegacyDisplay(parseEntity(bytesOf(entity)));

function protect(mail: string): Entity {
  const options = { protection: "encrypted", headerPolicy: HEADER_POLICIES.baseline, legacyDisplay: "write" } as const;
  const { payload } = protectHeader(readSourceMessage(bytesOf(mail)), options);
  return parseEntity(concatBytes(...payload));
}

const HEADER = ["From: Alice <alice@example.com>", "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe_<b>?=", "Keywords: plan"];
const leaves = (entity: Entity) => [...walkEntities(entity)].filter(({ children }) => children.length === 0);

describe("legacy display elements (RFC 9788 sections 4.5.3 and 5.2)", () => {
  it("are removed from the RFC's own examples when shown", () => {
    expect(hasLegacyDisplay(parseEntity(bytesOf(RFC_TEXT)))).toBe(true);
    expect(shown(RFC_TEXT)).toBe("Let's meet at Rama's Roti Shop at 8pm and go to the park\r\nfrom there.\r\n");
    expect(hasLegacyDisplay(parseEntity(bytesOf(RFC_HTML)))).toBe(true);
    expect(shown(RFC_HTML)).not.toContain("Dinner");
    expect(shown(RFC_HTML)).toContain("<body>\r\n\r\n<p>\r\nLet's meet");
  });

  it("stand at the head of a text, and the text behind them is what it was", () => {
    const inner = protect(lines(...HEADER, "Content-Type: text/plain", "", "Hello", "", "Alice", ""));
    expect(leafText(inner)).toBe("Subject: Grüße <b>\r\nKeywords: plan\r\n\r\nHello\r\n\r\nAlice\r\n");
    expect(textWithoutLegacyDisplay(inner)).toBe("Hello\r\n\r\nAlice\r\n");
    expect([hasLegacyDisplay(inner), inner.contentType.parameters.get("hp")]).toEqual([true, "cipher"]);
  });

  it("stand in HTML inside the body, in their own element and escaped", () => {
    const html = '<html><body class="x"><div>Hello<div>!</div></div></body></html>';
    const inner = protect(lines(...HEADER, "Content-Type: text/html; charset=utf-8", "", html, ""));
    expect(leafText(inner)).toMatch(/^<html><body class="x"><div class="header-protection-legacy-display">/);
    expect(leafText(inner)).toContain("Grüße &lt;b&gt;");
    expect(textWithoutLegacyDisplay(inner).replaceAll("\r\n", "")).toBe(html);
  });

  it("stand in every form of the text and in no attachment", () => {
    const part = (type: string, text: string, more: readonly string[] = []) => [
      `Content-Type: ${type}`,
      ...more,
      "",
      text,
    ];
    const inner = protect(
      lines(
        ...[...HEADER, "Content-Type: multipart/mixed; boundary=m", "", "--m"],
        ...["Content-Type: multipart/alternative; boundary=a", "", "--a", ...part("text/plain", "Hello"), "--a"],
        ...[...part("text/html", "<p>Hello</p>"), "--a--", "", "--m"],
        ...[...part("text/plain", "notes"), "--m", ...part("text/plain", "file", ["Content-Disposition: attachment"])],
        ...["--m--", ""],
      ),
    );
    expect(leaves(inner).map(hasLegacyDisplay)).toEqual([true, true, false, false]);
    expect(
      leaves(inner)
        .map(({ body }) => textOf(body))
        .slice(2),
    ).toEqual(["notes", "file"]);
    expect(leaves(inner).slice(0, 2).map(textWithoutLegacyDisplay).join().replaceAll("\r\n", "")).toBe(
      "Hello,<p>Hello</p>",
    );
  });

  it("are not written where nothing is hidden", () => {
    const inner = protect(lines("From: Alice <alice@example.com>", "Content-Type: text/plain", "", "Hello", ""));
    expect([hasLegacyDisplay(inner), leafText(inner)]).toEqual([false, "Hello\r\n"]);
  });

  it("hide nothing but themselves", () => {
    const html = (body: string) => shown(lines("Content-Type: text/html; hp-legacy-display=1", "", body));
    const element = '<div id=x class="a header-protection-legacy-display">secret<div>more</div></div>';
    expect(html(`a${element}b`)).toBe("ab");
    expect(html("a<div class=header-protection-legacy-display>never closed")).toContain("never closed");
    expect(html("a<!-- <div class='header-protection-legacy-display'> -->b</div>c")).toContain("b</div>c");
    expect(html('a<div class="x">b</div><span class="header-protection-legacy-display">c</span>')).toContain("c");
    expect(shown(lines("Content-Type: text/plain; hp-legacy-display=1", "", "one line"))).toBe("one line");
  });
});
