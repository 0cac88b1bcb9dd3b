import { describe, expect, it } from "vitest";
import { ALICE, bytesOf, HEADER, lines, open, signedMail, textEntity, textOf } from "../../testing/mail-builder.ts";

const SIGNED = textOf(signedMail(textEntity("I am Alice."), { signer: ALICE }, { header: [] }));
const FORWARDED = textOf(signedMail(textEntity("I am Alice."))).replace(/--sig|(?<=boundary=)"sig"/g, (found) =>
  found.replace("sig", "fwd"),
);

function mixed(type: string, ...parts: readonly string[]): Uint8Array {
  const body = parts.flatMap((part) => ["--out", part]);
  return bytesOf(lines(...HEADER, `Content-Type: ${type}; boundary=out`, "", ...body, "--out--", ""));
}

const plain = lines("Content-Type: text/plain", "", "Pay Mallory.");
const html = lines("Content-Type: text/html", "", "<style>", "<!--");

async function found(message: Uint8Array) {
  const opened = await open(message, { nested: true });
  const nested = opened.nested.map(({ path, type, opened: inner }) => ({
    path,
    type,
    verdict: inner && "verdict" in inner ? inner.verdict.signature : null,
  }));
  return {
    signature: opened.verdict.signature,
    sender: opened.verdict.sender,
    layers: opened.layers,
    covered: opened.parts.map(({ covered }) => covered),
    nested,
  };
}

describe("attack 12: unsigned text around a signed part (M1)", () => {
  it.each([
    ["before", mixed("multipart/mixed", plain, SIGNED), "2"],
    ["after", mixed("multipart/mixed", SIGNED, plain), "1"],
    ["beside, as an alternative", mixed("multipart/alternative", plain, SIGNED), "2"],
    ["around, hidden by HTML", mixed("multipart/mixed", html, SIGNED, html), "2"],
    ["around, as related parts", mixed("multipart/related", html, SIGNED), "2"],
    ["nowhere: the signed part is the only one of a multipart", mixed("multipart/mixed", SIGNED), "1"],
  ])("does not lift the message: %s", async (_name, message, path) => {
    const { nested, ...rest } = await found(message);
    expect(rest).toMatchObject({ signature: "none", sender: "none", layers: [] });
    expect(rest.covered.every((covered) => covered === "none")).toBe(true);
    expect(nested).toEqual([{ path, type: "multipart-signed", verdict: "valid" }]);
  });
});

describe("attack 15: a signed message attached or forwarded (M4)", () => {
  const attached = lines("Content-Type: message/rfc822", "Content-Disposition: attachment", "", FORWARDED);

  it.each([
    ["beside a text", mixed("multipart/mixed", plain, attached), "2"],
    ["alone in a multipart", mixed("multipart/mixed", attached), "1"],
    ["in a digest", mixed("multipart/digest", lines("", FORWARDED)), "1"],
  ])("does not lift the message: %s", async (_name, message, path) => {
    const { nested, ...rest } = await found(message);
    expect(rest).toMatchObject({ signature: "none", sender: "none", layers: [] });
    expect(nested).toMatchObject([{ type: "multipart-signed", verdict: "valid" }]);
    expect(nested[0]?.path.startsWith(path)).toBe(true);
  });

  it("does not lift a message that is message/rfc822 at its root", async () => {
    const message = bytesOf(lines(...HEADER, "Content-Type: message/rfc822", "", FORWARDED));
    const { nested, ...rest } = await found(message);
    expect(rest).toMatchObject({ signature: "none", sender: "none", layers: [] });
    expect(nested).toMatchObject([{ type: "multipart-signed", verdict: "valid" }]);
  });

  it("has a sender of its own, which is not the one of the message", async () => {
    const header = HEADER.map((line) => (line.startsWith("From:") ? "From: mallory@evil.example" : line));
    const message = bytesOf(lines(...header, "Content-Type: message/rfc822", "", FORWARDED));
    const opened = await open(message, { nested: true });
    const inner = opened.nested[0]?.opened;
    expect(opened.verdict.sender).toBe("none");
    expect(inner && "verdict" in inner ? [inner.verdict.signature, inner.verdict.sender] : null).not.toContain(
      "invalid",
    );
  });

  it("is signed by the forwarder only, where the forwarder signs", async () => {
    const opened = await open(signedMail(bytesOf(attached), {}, { header: [...HEADER] }), { nested: true });
    expect(opened.verdict).toMatchObject({ signature: "valid", sender: "matches" });
    expect(opened.layers).toHaveLength(1);
    expect(opened.nested).toHaveLength(1);
  });
});
