import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { latin1Bytes, latin1Text } from "../bytes/text.ts";
import { canonicalLineEnds } from "./canonical.ts";
import { type Entity, walkEntities } from "./entity.ts";
import { parseEntity } from "./parse.ts";
import { sevenBit } from "./seven-bit.ts";
import { decodeTransfer } from "./transfer-encoding.ts";
import { transportProblem } from "./transport-safety.ts";

function made(lines: readonly string[]): Entity {
  const result = sevenBit(parseEntity(latin1Bytes(lines.join("\n"))));
  if (result.status !== "fit") throw new Error(result.obstacle.reason);
  expect(transportProblem(result.bytes)).toBeNull();
  return parseEntity(result.bytes);
}

function obstacle(lines: readonly string[]): unknown {
  const result = sevenBit(parseEntity(latin1Bytes(lines.join("\n"))));
  return result.status === "unfit" ? result.obstacle : null;
}

const signed = [
  "Content-Type: multipart/signed; boundary=s",
  "",
  "--s",
  "",
  "a ",
  "--s",
  "Content-Type: x/y",
  "",
  "--s--",
];

describe("sevenBit", () => {
  it("returns a fit entity as it is, with CRLF", () => {
    const canonical = latin1Bytes("Subject: s\r\n\r\nbody\r\n");
    expect(sevenBit(parseEntity(canonical))).toEqual({ status: "fit", bytes: canonical });
  });

  it.each(["gr\xc3\xbc\xc3\x9fe", "From here", ">From here", "blank ", ".", "x".repeat(1000), "a\0b"])(
    "encodes a leaf with %j in it, and no other",
    (line) => {
      const message = [
        "Content-Type: multipart/mixed; boundary=b",
        "Content-Transfer-Encoding: 8bit",
        "",
        "--b",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        "",
        "some text before",
        line,
        "y",
        "--b",
        "X-A:   kept  as  it is",
        "",
        "other",
        "--b--",
        "",
      ];
      const before = parseEntity(canonicalLineEnds(latin1Bytes(message.join("\n"))));
      const after = made(message);
      expect(after.transferEncoding).toBe("7bit");
      expect(after.children[0]!.transferEncoding).toBe("quoted-printable");
      expect(decodeTransfer(after.children[0]!)).toEqual(decodeTransfer(before.children[0]!));
      expect(after.children[1]!.bytes).toEqual(before.children[1]!.bytes);
    },
  );

  it("encodes binary content byte for byte", () => {
    const entity = made(["Content-Type: image/x", "Content-Transfer-Encoding: binary", "", "\n\r\0\xff\n"]);
    expect(latin1Text(decodeTransfer(entity))).toBe("\n\r\0\xff\n");
  });

  it("encodes anew what was encoded with too long lines", () => {
    const base64 = made(["Content-Transfer-Encoding: base64", "", "QUFB".repeat(400)]);
    expect(decodeTransfer(base64)).toHaveLength(1200);
    const quoted = made(["Content-Transfer-Encoding: quoted-printable", "", `${"=41".repeat(400)} `, "b"]);
    expect(latin1Text(decodeTransfer(quoted))).toBe(`${"A".repeat(400)}\r\nb`);
  });

  it("writes fields with raw UTF-8 in ASCII with the same meaning", () => {
    const entity = made([
      'Content-Type: text/plain; name="gr\xc3\xbcn.txt"',
      "Content-Description: gr\xc3\xbcn ",
      "From: J\xc3\xbcrgen <j@example.com>",
      "",
      "x",
    ]);
    expect(entity.disposition.filename).toBe("grün.txt");
    expect(latin1Text(entity.headerBytes)).toContain("<j@example.com>");
  });

  it("drops a preamble and blanks behind boundaries where they are unfit", () => {
    const entity = made([
      "Content-Type: multipart/mixed; boundary=b",
      "",
      "gr\xfc ",
      "--b ",
      "",
      "x",
      "--b-- ",
      "From x",
    ]);
    expect(latin1Text(entity.bytes)).toBe("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n");
  });

  it("names the embedded message that may not be encoded", () => {
    const lines = ["Content-Type: message/rfc822", "", "Subject: s", "", "gr\xc3\xbc"];
    expect(obstacle(lines)).toEqual({ path: "1", reason: "embedded-message", problem: "eight-bit" });
  });

  it("does not touch a signed part", () => {
    expect(obstacle(signed)).toEqual({ path: "", reason: "protected-part", problem: "trailing-blank" });
    const fit = signed.map((line) => line.trim());
    const outer = made(["Content-Type: multipart/mixed; boundary=b", "", "--b", ...fit, "--b", "", "\xfc", "--b--"]);
    expect(latin1Text(outer.children[0]!.bytes)).toBe(fit.join("\r\n"));
  });

  it("does not write internationalised addresses in ASCII", () => {
    expect(obstacle(["From: \xc3\xbc@example.com", "", "x"])).toMatchObject({ reason: "header" });
  });

  it("keeps the tree", () => {
    const lines = [
      "Content-Type: multipart/mixed; boundary=b",
      "",
      "--b",
      ...signed.map((l) => l.trim()),
      "--b",
      "",
      "\xfc",
      "--b--",
    ];
    const before = parseEntity(latin1Bytes(lines.join("\n")));
    const paths = (entity: Entity): string[] => [...walkEntities(entity)].map((part) => part.path);
    expect(paths(made(lines))).toEqual(paths(before));
  });

  it("keeps tree and content of any message, or names an obstacle", () => {
    const line = fc.constantFrom(
      ...["--a", "--a--", "--b ", "--b--", "", "text", "gr\xc3\xbc", "From x", " ", ".", "\r", "=", "=46"],
      ...[
        "multipart/mixed; boundary=a",
        'multipart/alternative; boundary="b"',
        "message/rfc822",
        "text/x; a=\xc3\xbc ",
      ].map((type) => `Content-Type: ${type}`),
      ...["8bit", "binary", "base64", "quoted-printable"].map((name) => `Content-Transfer-Encoding: ${name}`),
    );
    const separators = fc.constantFrom("\r\n", "\n");
    fc.assert(
      fc.property(fc.array(fc.tuple(line, separators), { maxLength: 30 }), (lines) => {
        const text = `Content-Type: multipart/mixed; boundary=a\n\n--a\n${lines.map((pair) => pair.join("")).join("")}`;
        const before = parseEntity(canonicalLineEnds(latin1Bytes(text)));
        const result = sevenBit(before);
        if (result.status === "unfit") return;
        expect(transportProblem(result.bytes)).toBeNull();
        const leaves = (entity: Entity): unknown[] =>
          [...walkEntities(entity)].map((part) => [
            part.path,
            part.contentType,
            part.children.length > 0 ? null : latin1Text(decodeTransfer(part)),
          ]);
        expect(leaves(parseEntity(result.bytes))).toEqual(leaves(before));
      }),
      { numRuns: 1000 },
    );
  });
});
