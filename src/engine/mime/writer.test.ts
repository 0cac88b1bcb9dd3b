import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { latin1Text, utf8Bytes } from "../bytes/text.ts";
import { SmimeError } from "../errors.ts";
import { type Entity, walkEntities } from "./entity.ts";
import { parseAddresses } from "./address.ts";
import { decodeEncodedWords } from "./encoded-word.ts";
import { fieldValue } from "./header-field.ts";
import { writeAddresses, writeParameterized, writeRaw, writeUnstructured } from "./header-writer.ts";
import { parseEntity } from "./parse.ts";
import { decodeTransfer, leafText } from "./transfer-encoding.ts";
import { transportProblem } from "./transport-safety.ts";
import { type PartDescription, writeEntity } from "./writer.ts";

function header(field: string): Entity {
  expect(transportProblem(utf8Bytes(field))).toBeNull();
  expect(Math.max(...field.split("\r\n").map((line) => line.length))).toBeLessThanOrEqual(998);
  return parseEntity(utf8Bytes(`${field}\r\n`));
}

const letter = `Zażółć gęślą jaźń, From me\r\nFrom here\r\n>From there\r\n.\r\nblank \r\n${"long ".repeat(400)}`;

const mail: PartDescription = {
  kind: "multipart",
  subtype: "mixed",
  fields: [writeUnstructured("Subject", "Grüße")],
  parameters: new Map([["hp", "clear"]]),
  parts: [
    {
      kind: "multipart",
      subtype: "alternative",
      parts: [
        { kind: "text", type: "text/plain", text: letter },
        {
          kind: "multipart",
          subtype: "related",
          parts: [
            { kind: "text", type: "text/html", text: "<p>hello</p>\n" },
            {
              kind: "file",
              type: "image/png",
              content: Uint8Array.from({ length: 500 }, (_, i) => i & 255),
              disposition: "inline",
              filename: null,
              contentId: "a@b",
            },
          ],
        },
      ],
    },
    {
      kind: "file",
      type: "application/pdf",
      content: utf8Bytes("%PDF"),
      disposition: "attachment",
      filename: 'Prüf "bericht" mit einem sehr langen Namen, der nicht in eine Zeile passt (1).pdf',
    },
    { kind: "message", content: utf8Bytes("Subject: inner\r\n\r\nbody\r\n"), filename: null },
  ],
};

describe("writeEntity", () => {
  it("writes what our parser reads back, in a form that transport leaves alone", () => {
    const bytes = writeEntity(mail);
    expect(transportProblem(bytes)).toBeNull();
    const entity = parseEntity(bytes);
    expect([...walkEntities(entity)].map((part) => `${part.path} ${part.contentType.type}`)).toEqual([
      " multipart/mixed",
      "1 multipart/alternative",
      "1.1 text/plain",
      "1.2 multipart/related",
      "1.2.1 text/html",
      "1.2.2 image/png",
      "2 application/pdf",
      "3 message/rfc822",
      "3.1 text/plain",
    ]);
    expect(entity.contentType.parameters.get("hp")).toBe("clear");
    expect(decodeEncodedWords(fieldValue(entity, "subject") ?? "")).toBe("Grüße");
    expect(leafText(entity.children[0]!.children[0]!)).toBe(letter);
    expect(entity.children[0]!.children[1]!.contentType.parameters.get("type")).toBe("text/html");
    expect(decodeTransfer(entity.children[0]!.children[1]!.children[1]!)).toHaveLength(500);
    expect(entity.children[1]!.disposition.filename).toBe(
      'Prüf "bericht" mit einem sehr langen Namen, der nicht in eine Zeile passt (1).pdf',
    );
    expect(fieldValue(entity.children[2]!.children[0]!, "subject")).toBe("inner");
  });

  it("leaves plain text readable", () => {
    const bytes = writeEntity({ kind: "text", type: "text/plain", text: "Hello\nworld\n" });
    expect(latin1Text(bytes)).toBe(
      "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\nHello\r\nworld\r\n",
    );
  });

  it("takes another boundary where a part holds the first one", () => {
    const boundaries = ["one", "two"];
    const bytes = writeEntity(
      { kind: "multipart", subtype: "mixed", parts: [{ kind: "text", type: "text/plain", text: "--one\n" }] },
      () => boundaries.shift() ?? "",
    );
    expect(parseEntity(bytes).contentType.parameters.get("boundary")).toBe("two");
  });

  it("gives up where the source of boundaries knows only taken ones", () => {
    const part: PartDescription = { kind: "text", type: "text/plain", text: "--one\n" };
    expect(() => writeEntity({ kind: "multipart", subtype: "mixed", parts: [part] }, () => "one")).toThrow(SmimeError);
  });

  it("writes no type that is none", () => {
    const bytes = writeEntity({
      kind: "file",
      type: "a/b\r\nX: y",
      content: new Uint8Array(0),
      disposition: "attachment",
      filename: "a\r\nX: y",
    });
    const entity = parseEntity(bytes);
    expect(entity.contentType.type).toBe("application/octet-stream");
    expect(fieldValue(entity, "x")).toBeNull();
  });

  it("writes any text so that it comes back with CRLF line ends", () => {
    const piece = fc.constantFrom(
      "From ",
      ">",
      ".",
      "\n",
      "\r\n",
      " ",
      "\t",
      "=",
      "é",
      "日本",
      "--",
      "word",
      "\0",
      "x".repeat(90),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join("");
        const bytes = writeEntity({ kind: "text", type: "text/plain", text });
        expect(transportProblem(bytes)).toBeNull();
        expect(leafText(parseEntity(bytes))).toBe(text.replace(/\r\n|\n/gu, "\r\n"));
      }),
      { numRuns: 500 },
    );
  });
});

describe("header writers", () => {
  it("write any text into an unstructured field so that it is read back", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
        const value = fieldValue(header(writeUnstructured("Subject", text)), "subject") ?? "";
        expect(decodeEncodedWords(value)).toBe(text.replace(/\p{Cc}+/gu, " "));
      }),
      { numRuns: 300 },
    );
  });

  it("write any parameter value so that it is read back", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
        const entity = header(writeParameterized("Content-Type", "a/b", [["name", text]]));
        expect(entity.contentType.parameters.get("name")).toBe(text.replace(/\p{Cc}+/gu, " "));
      }),
      { numRuns: 300 },
    );
  });

  it("write any display name so that it stays a display name", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme", maxLength: 60 }), { minLength: 1, maxLength: 4 }), (names) => {
        const field = writeAddresses(
          "To",
          names.map((name) => ({ name, address: "a@example.com" })),
        );
        const list = parseAddresses(fieldValue(header(field), "to") ?? "");
        expect(list.malformed).toBe(false);
        expect(list.mailboxes.map((mailbox) => mailbox.address)).toEqual(names.map(() => "a@example.com"));
      }),
      { numRuns: 300 },
    );
  });

  it.each(["a@x.test, b@y.test", "Bob <b@y.test>", "a@x.test\r\nBcc: b@y.test", "a", "ü@x.test", ""])(
    "refuse %j as an address",
    (address) => {
      expect(() => writeAddresses("To", [{ name: "", address }])).toThrow(SmimeError);
    },
  );

  it("keep a raw value with its folding, and refuse one that would make another field", () => {
    expect(writeRaw("To", " a@x.test,\n\tb@y.test\n")).toBe("To: a@x.test,\r\n\tb@y.test\r\n");
    expect(() => writeRaw("To", "a@x.test\r\nBcc: b@y.test")).toThrow(SmimeError);
  });
});
