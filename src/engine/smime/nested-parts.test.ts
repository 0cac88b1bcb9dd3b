import { describe, expect, it } from "vitest";
import { MAX_OPENED_PARTS } from "../limits.ts";
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

const BOB = certificate().subject("CN=Bob").email("bob@example.com").key("rsa-2048").issuedBy(ROOT).build();
const identities = [await identityOf(BOB)];
const TEXT = textEntity("text");
const SIGNED = textOf(signedMail(TEXT, {}, { header: [] }));
const ENCRYPTED = textOf(opaque(envelope({ content: TEXT, recipient: BOB }), []));
const BROKEN = lines(
  "Content-Type: application/pkcs7-mime",
  "Content-Transfer-Encoding: base64",
  "",
  "MIAGCSqGSIb3DQEHAqCA",
  "",
);

function mixed(...parts: readonly string[]): Uint8Array {
  return bytesOf(
    lines(
      ...HEADER,
      "Content-Type: multipart/mixed; boundary=m",
      "",
      ...parts.flatMap((part) => ["--m", part]),
      "--m--",
      "",
    ),
  );
}

describe("S/MIME below the root", () => {
  it("is listed in order with paths and types, unopened unless asked", async () => {
    const { nested, verdict } = await open(mixed(textOf(TEXT), SIGNED, ENCRYPTED), { identities });
    expect(nested.map(({ path, type, opened }) => [path, type, opened])).toEqual([
      ["2", "multipart-signed", null],
      ["3", "enveloped-data", null],
    ]);
    expect(verdict.signature).toBe("none");
  });

  it("is opened each on its own when asked, with the sender that it has itself: none", async () => {
    const { nested } = await open(mixed(SIGNED, ENCRYPTED), { identities, nested: true });
    const verdicts = nested.map(({ opened }) => (opened && "verdict" in opened ? opened.verdict : null));
    expect(verdicts).toMatchObject([
      { signature: "valid", sender: "no-address" },
      { signature: "none", encryption: "unauthenticated" },
    ]);
  });

  it("is not looked for inside another one", async () => {
    const text = textOf(mixed(ENCRYPTED)).replace(/(?<=--|boundary=)m/g, "inner");
    const inside = signedMail(bytesOf(text), {}, { header: [] });
    const { nested } = await open(mixed(textOf(inside)), { identities, nested: true });
    expect(nested.map(({ path }) => path)).toEqual(["1"]);
  });

  it("that cannot be read is left out, or has its error", async () => {
    const { nested } = await open(mixed(BROKEN), { nested: true });
    expect(nested).toEqual([]);
    const cut = envelope({ content: TEXT, recipient: BOB }).map((octet, i) => (i === 24 ? 0x7f : octet));
    const found = await open(mixed(textOf(opaque(cut, []))), { nested: true });
    expect(found.nested.map(({ opened }) => (opened && "code" in opened ? opened.code : opened))).toEqual([
      "malformed.cms",
    ]);
  });

  it("is opened up to a limit", async () => {
    const many = Array.from({ length: MAX_OPENED_PARTS + 1 }, () => SIGNED);
    const { nested } = await open(mixed(...many), { nested: true });
    const [first, ...last] = [nested[MAX_OPENED_PARTS - 1], nested[MAX_OPENED_PARTS]].map((part) => part?.opened);
    expect(first).toMatchObject({ verdict: { signature: "valid" } });
    expect(last).toMatchObject([{ code: "limit.exceeded" }]);
  });

  it("of the root itself is not listed", async () => {
    expect((await open(signedMail(TEXT))).nested).toEqual([]);
  });
});
