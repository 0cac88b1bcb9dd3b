import { describe, expect, it } from "vitest";
import { concatBytes } from "../bytes/concat.ts";
import { bytesOf, lines, textOf } from "../../testing/mail-builder.ts";
import { parseEntity } from "../mime/parse.ts";
import { fieldValue, fields } from "../mime/header-field.ts";
import { type HeaderProtectionOptions, protectHeader } from "./header-protection.ts";
import { readSourceMessage } from "./source-message.ts";
import { HEADER_POLICIES } from "./header-policy.ts";

const MAIL = lines(
  "Received: from a by b",
  "From: Alice <alice@example.com>",
  "To: Bob <bob@example.com>",
  "Bcc: Carol <carol@example.com>",
  "Subject: A secret",
  " in two lines",
  "Keywords: secret, plan",
  "Comments: do not tell",
  "Date: Mon, 01 Jun 2026 12:00:00 +0000",
  "Message-ID: <1@example.com>",
  "MIME-Version: 1.0",
  "Content-Type: text/plain; charset=utf-8",
  "Content-Transfer-Encoding: 7bit",
  "",
  "Hello",
  "",
);

function protect(options: HeaderProtectionOptions, mail = MAIL) {
  const { outerFields, payload } = protectHeader(readSourceMessage(bytesOf(mail)), options);
  const inner = parseEntity(concatBytes(...[payload].flat()));
  return { outer: textOf(outerFields), inner, header: textOf(inner.headerBytes) };
}

const SIGNED = { protection: "signed" } as const;
const ENCRYPTED = { protection: "encrypted", headerPolicy: HEADER_POLICIES.none } as const;
const HIDDEN = { protection: "encrypted", headerPolicy: HEADER_POLICIES.baseline } as const;

describe("header protection (RFC 9788)", () => {
  it.each([
    ["signed", SIGNED, "clear"],
    ["encrypted", ENCRYPTED, "cipher"],
    ["encrypted with a hidden Subject", HIDDEN, "cipher"],
  ] as const)("copies the author's fields inside and marks them: %s", (_name, options, hp) => {
    const { inner } = protect(options);
    expect(inner.contentType.parameters.get("hp")).toBe(hp);
    expect(inner.contentType.parameters.get("charset")).toBe("utf-8");
    expect(inner.header.map(({ name }) => name).filter((name) => name !== "HP-Outer")).toEqual([
      "From",
      "To",
      "Subject",
      "Keywords",
      "Comments",
      "Date",
      "Message-ID",
      "Content-Type",
      "Content-Transfer-Encoding",
    ]);
    expect(fieldValue(inner, "Subject")).toBe("A secret in two lines");
    expect(textOf(inner.body)).toBe("Hello\r\n");
  });

  it.each([SIGNED, ENCRYPTED, HIDDEN])("never copies Bcc or what servers wrote inside (attack 39)", (options) => {
    const { header } = protect(options);
    expect(header).not.toMatch(/bcc|carol|received/i);
  });

  it("leaves the fields outside as they are, without those of the MIME structure", () => {
    for (const options of [SIGNED, ENCRYPTED]) {
      const { outer } = protect(options);
      expect(outer).toContain("Subject: A secret\r\n in two lines\r\n");
      expect(outer).not.toMatch(/content-|mime-version/i);
    }
  });

  it("tells what is outside by HP-Outer under encryption, and not under a signature", () => {
    expect(fields(protect(SIGNED).inner, "HP-Outer")).toEqual([]);
    const told = fields(protect(ENCRYPTED).inner, "HP-Outer").map(({ value }) => value);
    expect(told).toContain("From: Alice <alice@example.com>");
    expect(told).toContain("Subject: A secret in two lines");
    expect(told).toHaveLength(7);
  });

  it("hides Subject, Keywords and Comments only when asked (hcp_baseline)", () => {
    const { outer, inner } = protect(HIDDEN);
    expect(outer).toContain("Subject: [...]\r\n");
    expect(outer).not.toMatch(/secret|tell/);
    const told = fields(inner, "HP-Outer").map(({ value }) => value);
    expect(told).toContain("Subject: [...]");
    expect(told.join()).not.toMatch(/secret|tell/);
    expect(told).toHaveLength(5);
  });

  it("leaves an entity without a message's fields as it is", () => {
    const entity = lines("Content-Type: text/plain", "", "Hello");
    const { outer, header } = protect(ENCRYPTED, entity);
    expect([outer, header]).toEqual(["", "Content-Type: text/plain\r\n"]);
  });

  it("gives an entity without Content-Type the one that it has by default", () => {
    const { inner } = protect(SIGNED, lines("From: alice@example.com", "", "Hello"));
    expect(inner.contentType.type).toBe("text/plain");
    expect(inner.contentType.parameters.get("hp")).toBe("clear");
  });
});

describe("hcp_shy (RFC 9788 section 3.2.2)", () => {
  const shy = HEADER_POLICIES.shy;

  it("leaves no display names, no time zone, and what hcp_baseline leaves", () => {
    expect(shy("From", "Alice <alice@smime.example>")).toBe("alice@smime.example");
    expect(shy("Cc", 'Bob <bob@example.net>, "Carol, C." <carol@example.net>')).toBe(
      "bob@example.net, carol@example.net",
    );
    expect(shy("Date", "Sat, 20 Feb 2021 12:16:02 -0500")).toBe("Sat, 20 Feb 2021 17:16:02 +0000");
    expect([shy("Subject", "A secret"), shy("Keywords", "plan"), shy("Message-ID", "<1@a>")]).toEqual([
      ...["[...]", null, "<1@a>"],
    ]);
  });

  it.each([
    ["To", "not an address"],
    ["To", "Friends: bob@example.com;"],
    ["Date", "some day"],
  ])("leaves %s: %s as it is, which must not become undeliverable", (name, value) => {
    expect(shy(name, value)).toBe(value);
  });

  it("writes outside, and tells by HP-Outer, the same", () => {
    const { outer, inner } = protect({ protection: "encrypted", headerPolicy: shy });
    expect(outer).toContain("From: alice@example.com\r\n");
    expect(fields(inner, "HP-Outer").map(({ value }) => value)).toContain("From: alice@example.com");
    expect(fieldValue(inner, "From")).toBe("Alice <alice@example.com>");
  });
});
