import { describe, expect, it } from "vitest";
import { certificate } from "../../testing/certificate-builder.ts";
import { signedData } from "../../testing/cms-builder.ts";
import { envelope } from "../../testing/envelope-builder.ts";
import {
  ALICE,
  bytesOf,
  HEADER,
  identityOf,
  lines,
  open,
  opaque,
  ROOT,
  signedMail,
  textEntity,
  textOf,
} from "../../testing/mail-builder.ts";

const BOB = certificate().subject("CN=Bob").email("bob@example.com").key("rsa-2048").issuedBy(ROOT).build();
const identities = [await identityOf(BOB)];
const TEXT = textEntity("Hello");
const SIGNED = signedData({ content: TEXT, eContent: "attached", signers: [{ signer: ALICE }] });
const ENCRYPTED = envelope({ content: TEXT, recipient: BOB });

async function found(message: Uint8Array): Promise<string> {
  const { verdict, layers } = await open(message, { identities });
  return [...layers.map(({ type }) => type), verdict.signature, verdict.encryption].join(" ");
}

const SIGNED_FOUND = "signed-data valid none";
const ENCRYPTED_FOUND = "enveloped-data none unauthenticated";

describe("attack 59: what a message is, is read from its header (str_contains('signed-data'))", () => {
  it.each([
    "application/pkcs7-mime; smime-type=signed-data",
    "application/pkcs7-mime; smime-type=enveloped-data",
    "application/pkcs7-mime; smime-type=certs-only",
    'application/pkcs7-mime; smime-type="authEnveloped-data"',
    "application/pkcs7-mime; smime-type=AUTHENVELOPED-DATA; name=smime.p7m",
    "application/pkcs7-mime; smime-type=no-such-thing",
    "application/pkcs7-mime; name=signed-data.p7m",
    "application/pkcs7-mime",
    "APPLICATION/PKCS7-MIME",
    "application/x-pkcs7-mime; smime-type=signed-data",
    "application/X-PKCS7-Mime",
    "application/pkcs7-signature; name=smime.p7s",
    "application/x-pkcs7-signature",
    "application/octet-stream; name=smime.p7m",
    "application/octet-stream; name=SMIME.P7M",
    "application/octet-stream; smime-type=enveloped-data",
    "application/cms; name=message.p7m",
    "application/cms; encapsulatingContent=signedData",
    "application/octet-stream",
    "application/cms",
  ])("the OID says, not the type: %s", async (type) => {
    expect(await found(opaque(SIGNED, HEADER, type))).toBe(SIGNED_FOUND);
    expect(await found(opaque(ENCRYPTED, HEADER, type))).toBe(ENCRYPTED_FOUND);
  });

  it("a file name says nothing either", async () => {
    const header = [...HEADER, "Content-Disposition: attachment; filename=signed-data.p7s"];
    const type = 'application/pkcs7-mime; smime-type=signed-data; name="signed-data valid.p7m"';
    expect(await found(opaque(ENCRYPTED, header, type))).toBe(ENCRYPTED_FOUND);
    const disposition = ["Content-Disposition: attachment; filename=enveloped-data.p7m"];
    expect(await found(opaque(SIGNED, [...HEADER, ...disposition], "application/octet-stream"))).toBe(SIGNED_FOUND);
  });

  it("words of S/MIME in a text make nothing of it", async () => {
    const text = lines(
      ...HEADER,
      "Content-Type: text/plain; smime-type=signed-data; name=smime.p7m",
      "",
      "signed-data",
    );
    expect(await found(bytesOf(text))).toBe("none none");
    const subject = lines(...HEADER, "Subject: application/pkcs7-mime; smime-type=enveloped-data", "", "text");
    expect(await found(bytesOf(subject))).toBe("none none");
  });

  it("a file that only has the name of CMS is an attachment like others", async () => {
    const octets = bytesOf("no CMS at all");
    expect(await found(opaque(octets, HEADER, "application/octet-stream; name=smime.p7m"))).toBe("none none");
  });

  it.each([
    ["application/pkcs7-signature", "sha-256"],
    ["application/x-pkcs7-signature", "sha256"],
    ["application/pkcs7-signature", "SHA1"],
    ["application/pkcs7-signature", "md5"],
    ["", ""],
    ["application/pgp-signature", "pgp-sha256"],
  ])("a clear signature is one with protocol %s and micalg %s", async (protocol, micalg) => {
    const mail = textOf(signedMail(TEXT))
      .replace(/protocol="[^"]*"; /, protocol === "" ? "" : `protocol="${protocol}"; `)
      .replace(/micalg=[^;]*; /, micalg === "" ? "" : `micalg="${micalg}"; `);
    expect(await found(bytesOf(mail))).toBe("multipart-signed valid none");
  });

  it.each([
    ["application/x-pkcs7-signature; name=smime.p7s", "multipart-signed valid none"],
    ["Application/PKCS7-Signature", "multipart-signed valid none"],
    ["application/octet-stream; name=smime.p7s", "multipart-signed valid none"],
    ["application/pkcs7-mime; name=smime.p7s", "multipart-signed valid none"],
    ["application/pgp-signature; name=signature.asc", "none none"],
    ["text/plain", "none none"],
  ])("a signature part may call itself %s", async (type, expected) => {
    const mail = textOf(signedMail(TEXT)).replace("application/pkcs7-signature; name=smime.p7s", type);
    expect(await found(bytesOf(mail))).toBe(expected);
  });

  it("PGP/MIME is left alone, whatever its protocol says", async () => {
    const mail = textOf(signedMail(TEXT)).replace(
      "application/pkcs7-signature; name=smime.p7s",
      "application/pgp-signature",
    );
    const opened = await open(bytesOf(mail));
    expect(opened.layers).toEqual([]);
    expect(opened.nested).toEqual([]);
  });

  it("an envelope in the place of a signature is a broken signature", async () => {
    const mail = textOf(signedMail(TEXT));
    const signature = /base64\r\n\r\n([\s\S]*?)\r\n--sig--/.exec(mail)?.[1] ?? "";
    const replaced = mail.replace(signature, Buffer.from(ENCRYPTED).toString("base64"));
    expect(await found(bytesOf(replaced))).toBe("multipart-signed invalid none");
  });

  it("a content type that is unknown is said to be, not guessed", async () => {
    const other = SIGNED.map((octet, i) => (i === 14 ? 9 : octet));
    await expect(open(opaque(other))).rejects.toMatchObject({ code: "unsupported.content-type" });
  });
});
