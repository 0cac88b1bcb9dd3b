import { describe, expect, it } from "vitest";
import { bytesOf, HEADER, lines } from "../../testing/mail-builder.ts";
import { parseEntity } from "../mime/parse.ts";
import { readMessageHeader } from "./message-header.ts";

const read = (...header: readonly string[]) => readMessageHeader(parseEntity(bytesOf(lines(...header, "", "text"))));

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
