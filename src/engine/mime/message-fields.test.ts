import { describe, expect, it } from "vitest";
import { latin1Bytes, latin1Text } from "../bytes/text.ts";
import { fieldBytes, splitFields } from "./message-fields.ts";
import { parseEntity } from "./parse.ts";

describe("splitFields", () => {
  it("puts Content-* inside, drops MIME-Version and leaves the rest outside", () => {
    const message = parseEntity(
      latin1Bytes("From: a@x.test\nMIME-Version: 1.0\ncontent-type: text/plain;\n charset=utf-8\nSubject: s\n\nx"),
    );
    const { outer, content } = splitFields(message);
    expect(outer.map((field) => field.name)).toEqual(["From", "Subject"]);
    expect(content.map((field) => latin1Text(fieldBytes(field)))).toEqual([
      "content-type: text/plain;\r\n charset=utf-8\r\n",
    ]);
  });

  it("ends a field that the input cut off", () => {
    expect(latin1Text(fieldBytes(parseEntity(latin1Bytes("A: b\n c")).header[0]!))).toBe("A: b\r\n c\r\n");
  });
});
