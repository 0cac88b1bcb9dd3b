import { describe, expect, it } from "vitest";
import { bytesOf, HEADER, lines, open, signedMail, textEntity } from "../../testing/mail-builder.ts";
import { parseEntity } from "../mime/parse.ts";
import { protectedHeader, readMessageHeader } from "./message-header.ts";

const read = (...header: readonly string[]) => readMessageHeader(parseEntity(bytesOf(lines(...header, "", "text"))));
const entity = (...header: readonly string[]) => parseEntity(bytesOf(lines(...header, "", "text")));

describe("readMessageHeader", () => {
  it("reads addresses, subject and date", () => {
    const header = read(
      "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=",
      "Date: Mon, 01 Jun 2026 12:00:00 +0000 (UTC)",
      ...HEADER.slice(0, 2),
    );
    expect(header).toMatchObject({
      subject: "Grüße",
      date: new Date("2026-06-01T12:00:00Z"),
      fromAddresses: ["alice@example.com"],
    });
    expect(header.to.map(({ address }) => address)).toEqual(["bob@example.com"]);
  });

  it("has nothing where nothing is", () => {
    expect(read("X: y")).toEqual({
      from: [],
      sender: [],
      replyTo: [],
      to: [],
      cc: [],
      subject: null,
      date: null,
      fromAddresses: "missing",
    });
  });

  it("has no date where it is none, and no control characters in a subject", () => {
    expect(read("Date: yesterday").date).toBeNull();
    expect(read("Subject: =?utf-8?q?a=0Ab=00c=E2=80=AEd?=").subject).not.toMatch(/[\n\0\u202e]/);
  });
});

describe("protectedHeader", () => {
  it.each(['hp="clear"', "hp=cipher", "HP=CLEAR", 'protected-headers="v1"'])(
    "is what an entity marked by %s has",
    (mark) => {
      const found = protectedHeader(
        entity(`Content-Type: text/plain; ${mark}`, "From: a@example.com", "HP-Outer: From: b@example.com"),
      );
      expect(found?.header.map(({ name }) => name)).toEqual(["From"]);
    },
  );

  it.each(["hp=no", "protected-headers=v2", "x=hp"])("is nothing of an entity marked by %s", (mark) => {
    expect(protectedHeader(entity(`Content-Type: text/plain; ${mark}`, "From: a@example.com"))).toBeNull();
  });

  it("is nothing without fields", () => {
    expect(protectedHeader(entity("Content-Type: text/plain; hp=clear", "Content-Language: en"))).toBeNull();
  });

  it("is nothing of an unsigned message, whatever it says of itself", async () => {
    const forged = bytesOf(lines(...HEADER, 'Content-Type: text/plain; hp="clear"', "", "text"));
    const opened = await open(forged);
    expect(opened.protectedHeader).toBeNull();
    expect(opened.verdict).toMatchObject({ signature: "none", sender: "none" });
  });

  it("is nothing of what stands on the outer part, the part beside or one below", async () => {
    const outer = signedMail(textEntity("text"), {}, { header: [...HEADER, "X-Hp: clear"] });
    expect((await open(outer)).protectedHeader).toBeNull();
    const inner = lines(
      "Content-Type: multipart/mixed; boundary=b",
      "From: boss@example.com",
      "",
      "--b",
      'Content-Type: text/plain; hp="clear"',
      "From: boss@example.com",
      "",
      "text",
      "--b--",
    );
    const opened = await open(signedMail(bytesOf(inner)));
    expect(opened.protectedHeader).toBeNull();
    expect(opened.verdict).toMatchObject({ signature: "valid", sender: "matches" });
  });
});
