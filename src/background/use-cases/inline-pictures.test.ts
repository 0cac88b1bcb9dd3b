import { describe, expect, it } from "vitest";
import { walkEntities } from "../../engine/mime/entity.ts";
import { fieldValue } from "../../engine/mime/header-field.ts";
import { parseMessage } from "../../engine/mime/parse.ts";
import { decodeTransfer, leafText } from "../../engine/mime/transfer-encoding.ts";
import { formContent } from "../../testing/form-content.ts";
import { writeMessage } from "./written-message.ts";

const PNG = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
const GIF = Buffer.from("474946383961010001008000", "hex");
const address = (type: string, octets: Buffer): string => `data:image/${type};base64,${octets.toString("base64")}`;
const picture = (type: string, octets: Buffer, alt = ""): string => `<img src="${address(type, octets)}" alt="${alt}">`;

/** What a reader finds in a message that is written with this HTML: its shape, the HTML, and the pictures. */
function read(html: string) {
  const shown = { ...formContent({ html, text: "words" }), attachments: [] };
  const nothing = { files: [], inReplyTo: null, references: null };
  const entities = [...walkEntities(parseMessage(writeMessage(shown, nothing, new Date(0)).bytes))];
  const pictures = entities.filter(({ contentType }) => contentType.type.startsWith("image/"));
  const text = entities.find(({ contentType }) => contentType.type === "text/html");
  return {
    shape: entities.map(({ contentType }) => contentType.type),
    html: text === undefined ? "" : leafText(text).trim(),
    related: entities.find(({ contentType }) => contentType.type === "multipart/related"),
    pictures: pictures.map((entity) => ({
      octets: Buffer.from(decodeTransfer(entity)),
      contentId: fieldValue(entity, "Content-ID")?.trim() ?? "",
      disposition: entity.disposition,
    })),
  };
}

describe("pictures in the text (RFC 2387, RFC 2392)", () => {
  it("are parts of their own beside the HTML, which names them", () => {
    const written = read(`<p>a${picture("png", PNG, "a &gt; b")}b</p>${picture("gif", GIF)}`);
    const leaves = ["text/plain", "multipart/related", "text/html", "image/png", "image/gif"];
    expect(written.shape).toEqual(["multipart/alternative", ...leaves]);
    expect(written.related?.contentType.parameters.get("type")).toBe("text/html");
    expect(written.pictures).toMatchObject([
      { octets: PNG, disposition: { type: "inline", filename: "picture-1.png" } },
      { octets: GIF, disposition: { type: "inline", filename: "picture-2.gif" } },
    ]);
    const [first = "", second = ""] = written.pictures.map(({ contentId }) => contentId.slice(1, -1));
    expect(written.pictures[0]?.contentId).toMatch(/^<[0-9a-f]{32}@a\.example>$/);
    expect(written.html).toBe(`<p>a<img src="cid:${first}" alt="a &gt; b">b</p><img src="cid:${second}" alt="">`);
  });

  it("that stand there twice are one part", () => {
    const { html, pictures } = read(`${picture("png", PNG)}${picture("png", PNG)}`);
    expect(pictures).toHaveLength(1);
    expect(html).not.toContain("data:");
  });

  it("are not seen in words that only look like them", () => {
    const words = `<p>src="${address("png", PNG)}" &lt;img src="${address("png", PNG)}"&gt;</p>`;
    const written = read(words);
    expect(written.shape).toEqual(["multipart/alternative", "text/plain", "text/html"]);
    expect(written.html).toBe(words);
  });

  it("of several megabytes are taken as they are", () => {
    const large = Buffer.alloc(4 * 1024 * 1024, "picture");
    expect(read(picture("jpeg", large)).pictures[0]?.octets.equals(large)).toBe(true);
  });
});
