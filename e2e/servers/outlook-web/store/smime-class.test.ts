import { describe, expect, it } from "vitest";
import { storeContent } from "./smime-class.ts";

const SIGNED = [
  'Content-Type: multipart/signed; micalg=sha-256;\r\n\tprotocol="application/pkcs7-signature"; boundary="=_b"',
  "",
  "This is an S/MIME signed message",
  "--=_b",
  "Content-Type: text/plain; charset=iso-8859-1",
  "Content-Transfer-Encoding: quoted-printable",
  "",
  "Gr=FC=DFe  ",
  "--=_b",
  "Content-Type: application/pkcs7-signature",
  "",
  "MIIB",
  "--=_b--",
  "",
  "an epilogue",
].join("\r\n");

describe("S/MIME in the store (MS-OXOSMIME)", () => {
  it("keeps a signed entity byte for byte, with its first part as body and one attachment", () => {
    const { itemClass, body, files, entity } = storeContent(Buffer.from(`From: a@x.example\r\n${SIGNED}`));
    expect(itemClass).toBe("IPM.Note.SMIME.MultipartSigned");
    expect(body?.value).toBe("Grüße  ");
    expect(files.map(({ name, contentType }) => [name, contentType])).toEqual([["smime.p7m", "multipart/signed"]]);
    expect(entity().toString("latin1")).toBe(SIGNED);
  });

  it.each([
    ["application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m"],
    ["application/x-pkcs7-mime; name=smime.p7m"],
    ["application/octet-stream; name=SMIME.P7M"],
  ])("keeps the CMS bytes of %s, without a body", (type) => {
    const cms = Buffer.from(Array.from({ length: 300 }, (_, index) => index % 256));
    const mime = `Content-Type: ${type}\r\nContent-Transfer-Encoding: base64\r\n\r\n${cms.toString("base64")}\r\n`;
    const { itemClass, body, files, entity } = storeContent(Buffer.from(mime));
    expect([itemClass, body, files.length]).toEqual(["IPM.Note.SMIME", null, 1]);
    expect(files[0]?.content).toEqual(cms);
    const again = entity().toString();
    expect(again.split("\r\n").every((line) => line.length <= 76 || line.startsWith("Content-"))).toBe(true);
    expect(Buffer.from(again.slice(again.indexOf("\r\n\r\n")), "base64")).toEqual(cms);
  });

  it("has no class for a signed message inside a mailing list's multipart/mixed", () => {
    const mixed = `Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n${SIGNED}\r\n--m--\r\n`;
    expect(storeContent(Buffer.from(mixed)).itemClass).toBe("IPM.Note");
  });
});
