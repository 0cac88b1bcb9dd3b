import { describe, expect, it } from "vitest";
import { decodeWords, encodeWords, field, splitEntity, structured } from "./fields.ts";

describe("header fields", () => {
  it("unfolds, and leaves the body as it came", () => {
    const { fields, body } = splitEntity(Buffer.from("A: one\r\n two\r\nB:x\r\n\r\n\r\nbody \r\n"));
    expect(fields.map(({ name, value }) => [name, value])).toEqual([
      ["A", "one two"],
      ["B", "x"],
    ]);
    expect(body.toString()).toBe("\r\nbody \r\n");
  });

  it("reads an entity without fields, and one without a body", () => {
    expect(splitEntity(Buffer.from("\r\nbody")).body.toString()).toBe("body");
    expect(field(splitEntity(Buffer.from("a: b\r\n")).fields, "A")).toBe("b");
  });

  it("reads parameters, quoted, bare and extended", () => {
    const { value, parameters } = structured(
      `Text/Plain; charset=utf-8; name="a \\"b\\".txt"; filename*=utf-8''%c3%a4`,
    );
    expect(value).toBe("text/plain");
    expect([...parameters.values()]).toEqual(["utf-8", 'a "b".txt', "ä"]);
  });

  it("reads the encoded words that it writes", () => {
    const text = "Ernte: zwölf Tonnen im Norden, neun im Süden – und 日本";
    expect(decodeWords(encodeWords(text).replaceAll("\r\n", ""))).toBe(text);
  });
});
