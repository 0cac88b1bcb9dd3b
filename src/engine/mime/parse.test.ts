import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concatBytes } from "../bytes/concat.ts";
import { latin1Bytes, latin1Text } from "../bytes/text.ts";
import { SmimeError } from "../errors.ts";
import { type Entity, walkEntities } from "./entity.ts";
import { fields, fieldValue } from "./header-field.ts";
import { originator } from "./originator.ts";
import { parseEntity, parseMessage } from "./parse.ts";
import { sevenBit } from "./seven-bit.ts";
import { leafText } from "./transfer-encoding.ts";

function parse(lines: readonly string[], lineEnd = "\r\n"): Entity {
  return parseEntity(latin1Bytes(lines.join(lineEnd)));
}

function outline(entity: Entity): string[] {
  return [...walkEntities(entity)].map((part) => `${part.path} ${part.contentType.type}`);
}

const mixed = [
  "From: a@example.com",
  'Content-Type: multipart/mixed; boundary="b"',
  "",
  "preamble",
  "--b",
  "",
  "first",
  "--b \t",
  "Content-Type: text/html",
  "",
  "<p>second",
  "",
  "--b--",
  "epilogue",
];

describe("parseEntity", () => {
  it("gives each part exactly the bytes that a signature covers", () => {
    const entity = parse(mixed);
    expect(entity.children.map((child) => latin1Text(child.bytes))).toEqual([
      "\r\nfirst",
      "Content-Type: text/html\r\n\r\n<p>second\r\n",
    ]);
    expect(latin1Text(entity.preamble)).toBe("preamble");
    expect(latin1Text(entity.epilogue)).toBe("epilogue");
  });

  it("returns views of the input and copies nothing", () => {
    const bytes = latin1Bytes(mixed.join("\n"));
    for (const part of walkEntities(parseEntity(bytes))) {
      for (const view of [part.bytes, part.body, part.headerBytes]) expect(view.buffer).toBe(bytes.buffer);
    }
  });

  it("reads the same tree with LF, CRLF and mixed line ends", () => {
    const expected = outline(parse(mixed));
    expect(outline(parse(mixed, "\n"))).toEqual(expected);
    const alternating = mixed.map((line, i) => line + (i % 2 === 0 ? "\r\n" : "\n")).join("");
    expect(outline(parseEntity(latin1Bytes(alternating)))).toEqual(expected);
  });

  it("leaves a lone CR before the boundary's LF line end out, and one before that in", () => {
    const entity = parseEntity(latin1Bytes("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\r\r\n--b--\n"));
    expect(latin1Text(entity.children[0]!.body)).toBe("x\r");
  });

  it("tells a boundary from one that it is the beginning of", () => {
    const entity = parse([
      "Content-Type: multipart/mixed; boundary=ab",
      "",
      "--ab",
      "Content-Type: multipart/alternative; boundary=abc",
      "",
      "--abc",
      "",
      "inner",
      "--abc--",
      "--ab",
      "",
      "outer",
      "--ab--",
    ]);
    expect(outline(entity)).toEqual([" multipart/mixed", "1 multipart/alternative", "1.1 text/plain", "2 text/plain"]);
  });

  it("ends inner parts at a boundary of the multipart around them", () => {
    const entity = parse([
      "Content-Type: multipart/mixed; boundary=out",
      "",
      "--out",
      "Content-Type: multipart/mixed; boundary=in",
      "",
      "--in",
      "",
      "inner",
      "--out",
      "",
      "second",
      "--in",
      "--out--",
    ]);
    expect(outline(entity)).toEqual([" multipart/mixed", "1 multipart/mixed", "1.1 text/plain", "2 text/plain"]);
    expect(latin1Text(entity.children[1]!.body)).toBe("second\r\n--in");
  });

  it("reads a multipart whose boundary is the outer one's as if it had none", () => {
    const entity = parse([
      "Content-Type: multipart/mixed; boundary=b",
      "",
      "--b",
      "Content-Type: multipart/mixed; boundary=b",
      "",
      "--b",
      "",
      "x",
      "--b--",
    ]);
    expect(outline(entity)).toEqual([" multipart/mixed", "1 multipart/mixed", "2 text/plain"]);
  });

  it("reads to the end where the closing boundary is missing", () => {
    const entity = parse(["Content-Type: multipart/mixed; boundary=b", "", "--b", "", "cut off"]);
    expect(latin1Text(entity.children[0]!.body)).toBe("cut off");
  });

  it("copes with empty parts and with headers that a boundary ends", () => {
    const entity = parse(["Content-Type: multipart/mixed; boundary=b", "", "--b", "--b", "", "--b", "X: y", "--b--"]);
    expect(entity.children.map((child) => latin1Text(child.bytes))).toEqual(["", "", "X: y"]);
    expect(fieldValue(entity.children[2]!, "x")).toBe("y");
  });

  it("numbers the parts of an embedded message as IMAP does", () => {
    const leaf = ["Content-Type: message/rfc822", "", "Subject: s", "", "body"];
    expect(outline(parse(leaf))).toEqual(["1 message/rfc822", "1.1 text/plain"]);
    const entity = parse(["Content-Type: message/rfc822", "", ...mixed]);
    expect(outline(entity)).toEqual(["1 message/rfc822", "1 multipart/mixed", "1.1 text/plain", "1.2 text/html"]);
  });

  it("keeps an empty embedded message inside the part around it", () => {
    const entity = parse([
      "Content-Type: multipart/mixed; boundary=b",
      "",
      "--b",
      "Content-Type: message/rfc822",
      "",
      "--b--",
    ]);
    const part = entity.children[0]!;
    expect(latin1Text(part.bytes)).toBe("Content-Type: message/rfc822\r\n");
    expect(part.children[0]!.bytes).toHaveLength(0);
  });

  it("takes parts of a digest for messages", () => {
    const entity = parse(["Content-Type: multipart/digest; boundary=b", "", "--b", "", "Subject: s", "", "x", "--b--"]);
    expect(fieldValue(entity.children[0]!.children[0]!, "subject")).toBe("s");
  });

  it("takes all for body where the first line is no header field", () => {
    const entity = parse(["Hello world", "Subject: no", "", "x"]);
    expect(entity.header).toEqual([]);
    expect(entity.body).toEqual(entity.bytes);
  });

  it("keeps lines that are no fields, as fields without name", () => {
    const entity = parse(["Subject: s", "garbage", "To: t@example.com", "", "x"]);
    expect(entity.header.map((field) => field.name)).toEqual(["Subject", "", "To"]);
  });

  it("shows every field of a repeated name and unfolds values", () => {
    const entity = parse(["From: a@example.com", "FROM : b@", " example.com", "", ""]);
    expect(fields(entity, "from").map((field) => field.value)).toEqual(["a@example.com", "b@ example.com"]);
  });

  it("reads raw UTF-8 in headers as UTF-8 and other octets as windows-1252", () => {
    const bytes = latin1Bytes("A: gr\xc3\xbc\xc3\x9f\r\nB: gr\xfc\xdf\r\n\r\n");
    expect(parseEntity(bytes).header.map((field) => field.value)).toEqual(["grüß", "grüß"]);
  });

  it("decodes leaves by transfer encoding and charset", () => {
    const text = ["Content-Type: text/plain; charset=iso-8859-1", "Content-Transfer-Encoding: Quoted-Printable", ""];
    expect(leafText(parse([...text, "gr=FC=DF=", "e =", "x  "]))).toBe("grüße x");
  });
});

describe("parseMessage", () => {
  it("passes over empty lines and the mbox line of a file of one message", () => {
    for (const before of [
      "From a@example.com Thu Jan  1 00:00:00 2026\n",
      "\r\n\r\n",
      "\nFrom - x\n",
      "\xef\xbb\xbf",
    ]) {
      const entity = parseMessage(latin1Bytes(`${before}Subject: s\n\n>From here\n`));
      expect(fieldValue(entity, "subject")).toBe("s");
      expect(latin1Text(entity.body)).toBe(">From here\n");
    }
  });
});

const line = fc.constantFrom(
  "--a",
  "--a--",
  "--b",
  "--b--",
  "--b ",
  "",
  "text",
  "Content-Type: multipart/mixed; boundary=a",
  'Content-Type: multipart/signed; boundary="b"',
  "Content-Type: message/rfc822",
  "Subject: x",
  " folded",
  "From x",
  "\r",
);
const messages = fc
  .array(fc.tuple(line, fc.constantFrom("\r\n", "\n")), { maxLength: 40 })
  .map((lines) => latin1Bytes(lines.map((pair) => pair.join("")).join("")));

function offset(view: Uint8Array, input: Uint8Array): number {
  return view.byteOffset - input.byteOffset;
}

describe("parseEntity on any input", () => {
  it("places every part inside the one around it, in order, without overlap", () => {
    fc.assert(
      fc.property(messages, (input) => {
        for (const part of walkEntities(parseEntity(input))) {
          let from = offset(part.body, input);
          for (const outside of [part.preamble, part.epilogue]) {
            expect(offset(outside, input)).toBeGreaterThanOrEqual(from);
            expect(outside.byteOffset + outside.length).toBeLessThanOrEqual(part.body.byteOffset + part.body.length);
          }
          expect(from + part.body.length).toBe(offset(part.bytes, input) + part.bytes.length);
          expect(offset(part.headerBytes, input)).toBe(offset(part.bytes, input));
          expect(offset(part.bytes, input) + part.headerBytes.length).toBeLessThanOrEqual(from);
          expect(part.header.reduce((size, field) => size + field.raw.length, 0)).toBe(part.headerBytes.length);
          for (const child of part.children) {
            expect(offset(child.bytes, input)).toBeGreaterThanOrEqual(from);
            from = offset(child.bytes, input) + child.bytes.length;
          }
          expect(from).toBeLessThanOrEqual(offset(part.bytes, input) + part.bytes.length);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it("throws nothing but SmimeError, whatever is asked of the tree", () => {
    const noise = fc.uint8Array({ maxLength: 300 });
    const header = fc.constantFrom("From: ", "Content-Type: a/b; ", "Content-Disposition: x; filename*0*=", "From");
    const inputs = fc.oneof(
      noise,
      messages,
      fc.tuple(header, noise).map(([name, bytes]) => concatBytes(latin1Bytes(name), bytes)),
    );
    fc.assert(
      fc.property(inputs, (input) => {
        try {
          const message = parseMessage(input);
          for (const part of walkEntities(message)) leafText(part);
          originator(message, "from");
          sevenBit(message);
        } catch (error) {
          expect(error).toBeInstanceOf(SmimeError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
