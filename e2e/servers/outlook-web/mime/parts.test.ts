import { describe, expect, it } from "vitest";
import { splitEntity } from "./fields.ts";
import { bodyOf, bodyParts, leaves } from "./parts.ts";
import { writeEntity } from "./write.ts";

describe("parts", () => {
  it("takes the line end before a delimiter for the delimiter's", () => {
    const parts = bodyParts(Buffer.from("preamble\r\n--b\r\none\r\n\r\n--b \r\n\r\n--bb\r\n--b--\r\nepilogue"), "b");
    expect(parts.map(String)).toEqual(["one\r\n", "\r\n--bb"]);
  });

  it("shows the HTML of two alternatives", () => {
    const text = "--b\r\n\r\nplain\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>rich</p>\r\n--b--";
    const entity = splitEntity(Buffer.from(`Content-Type: multipart/alternative; boundary=b\r\n\r\n${text}`));
    expect(bodyOf(leaves(entity))).toEqual({ type: "HTML", value: "<p>rich</p>" });
  });

  it("reads what it writes", () => {
    const file = { name: "Ernte ä.csv", contentType: "text/csv", content: Buffer.from([0, 1, 2, 255]) };
    const parts = leaves(splitEntity(writeEntity({ type: "HTML", value: "<p>ä</p>" }, [file])));
    expect(bodyOf(parts)).toEqual({ type: "HTML", value: "<p>ä</p>" });
    expect(parts[1]).toMatchObject({ fileName: file.name, contentType: "text/csv", content: file.content });
  });

  it("ends at its depth limit", () => {
    const nested = `${"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n".repeat(500)}\r\ntext`;
    expect(leaves(splitEntity(Buffer.from(nested))).length).toBeGreaterThan(0);
  });
});
