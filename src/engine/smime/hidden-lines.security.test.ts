import { describe, expect, it } from "vitest";
import { bytesOf, lines, open, signedMail, textOf } from "../../testing/mail-builder.ts";
import { canonicalLineEnds } from "../mime/canonical.ts";
import { decodeTransfer, leafText } from "../mime/transfer-encoding.ts";

const HP = 'Content-Type: text/plain; charset=utf-8; hp="clear"';

/** The signed mail with lone CRs in place of the CRLFs of this piece. */
function withLoneCrs(entity: string, piece: string): Uint8Array {
  const mail = textOf(signedMail(bytesOf(entity)));
  expect(mail).toContain(piece);
  return bytesOf(mail.replace(piece, piece.replaceAll("\r\n", "\r")));
}

describe("attack 12: lone CRs hide lines of a signed text in its header or outside of its parts", () => {
  const entity = lines("Content-Type: text/plain; charset=utf-8", "", "I do not", "", "agree.");

  it("shows the whole text that was signed where the end of the header is hidden", async () => {
    const mail = withLoneCrs(entity, "utf-8\r\n\r\nI do not");
    // The naive check: the canonical form, which is what Alice signed, while MIME begins the body after "I do not".
    expect(textOf(canonicalLineEnds(mail))).toContain(entity);
    const opened = await open(mail);
    expect(opened.verdict.signature).toBe("valid");
    expect(opened.content && leafText(opened.content)).toBe("I do not\r\n\r\nagree.");
    expect(opened.content && textOf(opened.content.bytes)).toBe(entity);
  });

  it("shows all parts that were signed where a boundary is hidden", async () => {
    const multipart = lines(
      'Content-Type: multipart/mixed; boundary="b"',
      "",
      "--b",
      "",
      "Never pay this:",
      "--b",
      "Content-Type: text/plain",
      "",
      "the invoice.",
      "--b--",
    );
    // "--b" would become a part of the preamble, and only "the invoice." be left.
    const opened = await open(withLoneCrs(multipart, "\r\n--b\r\n\r\nNever pay this:"));
    expect(opened.verdict.signature).toBe("valid");
    expect(opened.parts.map((part) => leafText(part.entity))).toEqual(["Never pay this:", "the invoice."]);
  });

  it("reads the header that was signed where a field is hidden in another one", async () => {
    const inner = lines(HP, "From: Alice <alice@example.com>", "Subject: Offer withdrawn", "", "text");
    const opened = await open(withLoneCrs(inner, '"clear"\r\nFrom: Alice <alice@example.com>\r\nSubject'));
    expect(opened.verdict).toMatchObject({ signature: "valid", sender: "matches" });
    expect(opened.protectedHeader?.subject).toBe("Offer withdrawn");
  });

  it("does not read more into a text that was signed with a lone CR", async () => {
    const opened = await open(signedMail(bytesOf(entity.replace("not\r\n\r\n", "not\r\r"))));
    expect(opened.verdict.signature).toBe("valid");
    expect(opened.content && leafText(opened.content)).toBe("I do not\r\ragree.");
  });

  it("shows a signed file with the octets that were signed", async () => {
    const file = "\x7fELF\r\n\x00\r\n\xff";
    const head = lines("Content-Type: application/octet-stream", "Content-Transfer-Encoding: binary", "", "");
    const mail = textOf(signedMail(bytesOf(head + file)));
    const altered = bytesOf(mail.replace(file, file.replaceAll("\r\n", "\n")));
    const opened = await open(altered);
    expect(opened.verdict.signature).toBe("valid");
    expect(opened.parts.map((part) => textOf(decodeTransfer(part.entity)))).toEqual([file]);
  });

  it("numbers the parts of a text with other line ends as those of the text itself", async () => {
    const parts = lines("--b", "", "one", "--b", "Content-Type: message/rfc822", "", "Subject: x", "", "two", "--b--");
    for (const text of [lines('Content-Type: multipart/mixed; boundary="b"', "", parts), entity]) {
      const mail = signedMail(bytesOf(text));
      const crlf = await open(mail);
      const lf = await open(bytesOf(textOf(mail).replaceAll("\r\n", "\n")));
      expect(lf.verdict).toEqual(crlf.verdict);
      expect(lf.content?.path).toBe(crlf.content?.path);
      expect(lf.parts.map((part) => part.entity.path)).toEqual(crlf.parts.map((part) => part.entity.path));
    }
  });
});
