import { describe, expect, it } from "vitest";
import { TEST_TIME } from "../../testing/certificate-builder.ts";
import { bytesOf, HEADER, lines, open, ROOT, signedMail, textEntity } from "../../testing/mail-builder.ts";
import { certificate } from "../../testing/certificate-builder.ts";

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const before = (time: number) => new Date(TEST_TIME.getTime() - time);

const iso = (time: Date) => time.toISOString();

const reasonsOf = async (message: Uint8Array) => (await open(message)).verdict.reasons;

describe("attack 21: an old signature on a message of today", () => {
  it("is told by the signing time, which is far from the message's date", async () => {
    const { layers, verdict } = await open(signedMail(textEntity("text"), { signingTime: before(DAY) }));
    expect(verdict.reasons).toContain("signing-time-differs-from-date");
    expect(layers[0]).toMatchObject({ signers: [{ signingTime: before(DAY) }] });
    expect(await reasonsOf(signedMail(textEntity("text"), { signingTime: before(HOUR / 2) }))).not.toContain(
      "signing-time-differs-from-date",
    );
  });

  it("is judged at the time that it claims: not before its certificate was valid, nor after it ended", async () => {
    const owner = certificate().subject("CN=Alice").email("alice@example.com").key("p-256").issuedBy(ROOT);
    const later = owner.valid(iso(before(HOUR)), iso(new Date(TEST_TIME.getTime() + DAY))).build();
    const ended = owner.valid(iso(before(3 * DAY)), iso(before(2 * DAY))).build();
    const statusOf = async (signer: typeof later, signingTime: Date) =>
      (await open(signedMail(textEntity("text"), { signer, signingTime }))).verdict;
    expect(await statusOf(later, before(DAY))).toMatchObject({ signature: "untrusted" });
    expect((await statusOf(later, before(DAY))).reasons).toContain("not-yet-valid-at-signing");
    expect((await statusOf(ended, before(DAY))).reasons).toContain("expired-at-signing");
    expect(await statusOf(ended, before(2.5 * DAY))).toMatchObject({ signature: "valid" });
  });
});

describe("attack 22: a signed text under another header, to other people", () => {
  const signed = (...fields: readonly string[]) =>
    signedMail(
      bytesOf(lines('Content-Type: text/plain; hp="clear"', "From: alice@example.com", ...fields, "", "Yes.")),
    );

  it("is told where the header is not protected at all", async () => {
    expect(await reasonsOf(signedMail(textEntity("Yes.")))).toContain("headers-not-protected");
  });

  it.each([
    ["subject", "Subject: Shall we not pay?"],
    ["date", "Date: Mon, 25 May 2026 12:00:00 +0000"],
    ["recipient", "To: carol@example.com"],
    ["recipient who is hidden now", "To: bob@example.com, carol@example.com"],
  ])("is told by another signed %s", async (_name, field) => {
    expect(await reasonsOf(signed(field))).toContain("outer-headers-differ");
    expect((await open(signed(field))).protectedHeader).not.toBeNull();
  });

  it("is not told of a header that is the same", async () => {
    const same = HEADER.filter((field) => /^(?:To|Subject|Date)/.test(field));
    expect(await reasonsOf(signed(...same))).toEqual([]);
  });
});
