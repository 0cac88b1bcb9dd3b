import { describe, expect, it } from "vitest";
import { certificate, TEST_TIME } from "../../testing/certificate-builder.ts";
import { signedData } from "../../testing/cms-builder.ts";
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
} from "../../testing/mail-builder.ts";

const BOB = certificate().subject("CN=Bob").email("bob@example.com").key("rsa-2048").issuedBy(ROOT).build();
const identities = [await identityOf(BOB)];
const hour = 60 * 60 * 1000;
const later = (milliseconds: number) => new Date(TEST_TIME.getTime() + milliseconds);
const TEXT = textEntity("text");

async function notes(message: Uint8Array): Promise<readonly string[]> {
  return (await open(message, { identities, at: later(24 * hour) })).verdict.reasons;
}

const hp = (...fields: readonly string[]) =>
  bytesOf(lines('Content-Type: text/plain; hp="clear"', "From: alice@example.com", ...fields, "", "text"));

describe("notes on a message", () => {
  it("say nothing of a message without S/MIME", async () => {
    expect(await notes(bytesOf(lines(...HEADER, "", "text")))).toEqual([]);
  });

  it("say that a signing time is in the future or far from the date (attack 21)", async () => {
    expect(await notes(signedMail(hp(), { signingTime: later(0.9 * hour) }))).toEqual([]);
    expect(await notes(signedMail(hp(), { signingTime: later(1.1 * hour) }))).toEqual([
      "signing-time-differs-from-date",
    ]);
    expect(await notes(signedMail(hp(), { signingTime: later(-1.1 * hour) }))).toEqual([
      "signing-time-differs-from-date",
    ]);
    expect(await notes(signedMail(hp(), { signingTime: later(48 * hour) }))).toEqual([
      "signing-time-in-future",
      "signing-time-differs-from-date",
    ]);
  });

  it("say whether headers are protected and the same outside (attack 22)", async () => {
    expect(await notes(signedMail(TEXT))).toEqual(["headers-not-protected"]);
    expect(await notes(signedMail(hp("Subject: Practice")))).toEqual([]);
    expect(await notes(signedMail(hp("Subject: Something else")))).toEqual(["outer-headers-differ"]);
    expect(await notes(signedMail(hp("Date: Sun, 31 May 2026 12:00:00 +0000")))).toContain("outer-headers-differ");
    const hidden = HEADER.map((line) => (line.startsWith("Subject") ? "Subject: [...]" : line));
    expect(await notes(signedMail(hp("Subject: Secret"), {}, { header: hidden }))).toEqual([]);
  });

  it("say that unsigned CBC does not begin as MIME does (attacks 24 and 25)", async () => {
    const cbc = (content: Uint8Array) => opaque(envelope({ content, recipient: BOB }));
    expect(await notes(cbc(TEXT))).toEqual([]);
    expect(await notes(cbc(bytesOf("no header at all")))).toEqual(["content-not-mime"]);
    expect(await notes(cbc(bytesOf("Content-Type: text/html\r\nX: \x01\x02\r\n\r\ntext")))).toEqual([
      "content-not-mime",
    ]);
    expect(await notes(cbc(bytesOf("Content-Type: text/html\r\ngarbage\r\n\r\ntext")))).toEqual(["content-not-mime"]);
    const around = opaque(envelope({ content: bytesOf("no header at all"), recipient: BOB }), []);
    expect(await notes(signedMail(around))).toContain("content-not-mime");
    const unsigned = opaque(signedData({ content: bytesOf("no header"), eContent: "attached", signers: [] }), []);
    expect(await notes(cbc(unsigned))).toContain("content-not-mime");
    const gcm = opaque(envelope({ content: bytesOf("no header"), recipient: BOB, cipher: "aes-256-gcm" }));
    expect(await notes(gcm)).toEqual([]);
  });
});
