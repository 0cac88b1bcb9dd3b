import { describe, expect, it } from "vitest";
import { signedData } from "../../testing/cms-builder.ts";
import {
  ALICE,
  bytesOf,
  clearSigned,
  HEADER,
  lines,
  open,
  opaque,
  textEntity,
  textOf,
  verdictOf,
} from "../../testing/mail-builder.ts";

const TEXT = textEntity("Hello");
const attached = signedData({ content: TEXT, eContent: "attached", signers: [{ signer: ALICE }] });
const detached = signedData({ content: TEXT, eContent: "detached", signers: [{ signer: ALICE }] });
const BASE64_FIELD = "Content-Transfer-Encoding: base64";

/** The message with another field in place of the one that says base64. */
function saying(field: string, message: Uint8Array): Uint8Array {
  return bytesOf(textOf(message).replace(`${BASE64_FIELD}\r\n`, field === "" ? "" : `${field}\r\n`));
}

// RFC 8551 section 3.1.3 has base64 and wants it said; OpenSSL reads it whatever is said.
describe("the body of an S/MIME part in base64", () => {
  it.each([
    ["without Content-Transfer-Encoding", ""],
    ["under 7bit", "Content-Transfer-Encoding: 7bit"],
    ["under binary", "Content-Transfer-Encoding: binary"],
    ["under quoted-printable, where no line ends in =", "Content-Transfer-Encoding: quoted-printable"],
    ["under an unknown one", "Content-Transfer-Encoding: uuencode"],
  ])("is read %s", async (_, field) => {
    expect(await verdictOf(saying(field, opaque(unpadded())))).toBe("valid none matches");
  });

  it("is read in a signature of its own, and in octet-stream", async () => {
    expect(await verdictOf(saying("", clearSigned(TEXT, detached)))).toBe("valid none matches");
    const vague = opaque(attached, HEADER, "application/octet-stream; name=smime.p7m");
    expect(await verdictOf(saying("", vague))).toBe("valid none matches");
  });

  it("is no signature over another text than before", async () => {
    const other = saying("", clearSigned(textEntity("Goodbye"), detached));
    expect(await verdictOf(other)).toBe("invalid none matches");
  });

  it("is found below the root too", async () => {
    const part = textOf(saying("", opaque(attached, [])));
    const message = lines(...HEADER, 'Content-Type: multipart/mixed; boundary="b"', "", "--b", part, "--b--", "");
    expect((await open(bytesOf(message))).nested).toMatchObject([{ path: "1", type: "signed-data" }]);
  });

  it("is malformed where it is text", async () => {
    const text = bytesOf(lines(...HEADER, "Content-Type: application/pkcs7-mime", "", "My text", ""));
    await expect(open(text)).rejects.toMatchObject({ code: "malformed.cms" });
  });
});

describe("a body in binary", () => {
  it("is read as it stands", async () => {
    const header = lines(
      ...HEADER,
      "Content-Type: application/pkcs7-mime",
      "Content-Transfer-Encoding: binary",
      "",
      "",
    );
    expect(await verdictOf(bytesOf(header + textOf(attached)))).toBe("valid none matches");
  });
});

describe("a file of nothing but base64", () => {
  const file = (octets: Uint8Array) =>
    bytesOf(`${Buffer.from(octets).toString("base64").replaceAll(/.{76}/g, "$&\n")}\n`);

  it("is the CMS object that it holds", async () => {
    expect((await open(file(attached))).verdict.signature).toBe("valid");
    expect((await open(file(detached), { detachedContent: TEXT })).verdict.signature).toBe("valid");
  });

  it("is text where it holds none", async () => {
    expect((await open(file(ALICE.der))).layers).toEqual([]);
  });
});

/** An object whose base64 has no padding, so that quoted-printable leaves it as it is. */
function unpadded(): Uint8Array {
  for (let length = 0; ; length++) {
    const content = textEntity("x".repeat(length));
    const cms = signedData({ content, eContent: "attached", signers: [{ signer: ALICE }] });
    if (cms.length % 3 === 0) return cms;
  }
}
