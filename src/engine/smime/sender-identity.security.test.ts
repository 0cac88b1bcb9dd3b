import { describe, expect, it } from "vitest";
import { certificate } from "../../testing/certificate-builder.ts";
import { dnsName, rfc822Name } from "../../testing/names.ts";
import {
  ALICE,
  bytesOf,
  HEADER,
  lines,
  MALLORY,
  open,
  ROOT,
  signedMail,
  textEntity,
} from "../../testing/mail-builder.ts";
import type { TestCertificate } from "../../testing/certificate-builder.ts";

const TEXT = textEntity("Hello");
const REST = HEADER.filter((line) => !line.startsWith("From:"));

/** Sender status and the reasons that are not about header protection. */
async function sender(from: readonly string[], signer: TestCertificate = ALICE, entity = TEXT): Promise<string> {
  const { verdict } = await open(signedMail(entity, { signer }, { header: [...from, ...REST] }));
  expect(verdict.signature).toBe("valid");
  const reasons = verdict.reasons.filter((reason) => !/headers?-/.test(reason));
  return [verdict.sender, ...reasons].join(" ");
}

describe("attack 17: From is another person than the signer", () => {
  it.each([
    ["mallory@evil.example", "differs other-address"],
    ["alice@example.com.evil.example", "differs other-address"],
    ["alice@sub.example.com", "differs other-address"],
    ["alice+x@example.com", "differs other-address"],
    ["alice@example.com", "matches"],
  ])("From: %s is %s", async (from, expected) => {
    expect(await sender([`From: ${from}`])).toBe(expected);
  });

  it("is told of the signer's own address", async () => {
    expect(await sender(["From: alice@example.com"], MALLORY)).toBe("differs other-address");
  });

  it("is told of the protected From too (RFC 9788)", async () => {
    const entity = (from: string) =>
      bytesOf(lines('Content-Type: text/plain; hp="clear"', `From: ${from}`, "", "Hello"));
    expect(await sender(["From: alice@example.com"], ALICE, entity("alice@example.com"))).toBe("matches");
    const boss = entity("boss@example.com");
    expect(await sender(["From: alice@example.com"], ALICE, boss)).toBe("differs other-address");
    expect(await sender(["From: boss@example.com"], ALICE, boss)).toBe("differs other-address");
    const alice = entity("alice@example.com");
    expect(await sender(["From: boss@example.com"], ALICE, alice)).toBe("differs protected-from-differs");
    expect(await sender(["From: alice@example.com"], MALLORY, alice)).toBe("differs other-address");
  });

  it("is told of every protected From", async () => {
    const two = lines(
      'Content-Type: text/plain; hp="clear"',
      "From: alice@example.com",
      "From: boss@example.com",
      "",
      "Hi",
    );
    expect(await sender(["From: alice@example.com"], ALICE, bytesOf(two))).toMatch(/^differs /);
  });
});

describe("attack 18: display names that look like addresses, missing and empty From", () => {
  it.each([
    ['From: "alice@example.com" <mallory@evil.example>', "differs other-address"],
    ["From: alice@example.com <mallory@evil.example>", "no-address from-malformed"],
    ["From: =?utf-8?q?alice=40example=2Ecom_=3C?= <mallory@evil.example>", "differs other-address"],
    ["From: =?utf-8?q?Alice_=3Calice=40example=2Ecom=3E?=", "no-address from-malformed"],
    ["From: <mallory@evil.example> (alice@example.com)", "differs other-address"],
    ["From: (<alice@example.com>) mallory@evil.example", "differs other-address"],
    ["From: alice@example.com\r\n\t\t\t<mallory@evil.example>", "no-address from-malformed"],
    [`From: "alice@example.com${" ".repeat(200)}" <mallory@evil.example>`, "differs other-address"],
    ["From:", "no-address from-malformed"],
    ["From: ", "no-address from-malformed"],
    ["From: <>", "no-address from-malformed"],
    ["From: Alice", "no-address from-malformed"],
    ["From: undisclosed:;", "no-address from-malformed"],
    ["From: alice@example.com <", "no-address from-malformed"],
    ["From: <alice@example.com", "no-address from-malformed"],
    ["From: alice@example.com@evil.example", "no-address from-malformed"],
    ["From: <@evil.example:alice@example.com>", "matches"],
  ])("%s is %s", async (from, expected) => {
    expect(await sender([from])).toBe(expected);
  });

  it("has no address without From", async () => {
    expect(await sender([])).toBe("no-address from-missing");
    expect(await sender(["Sender: alice@example.com"])).toBe("no-address from-missing");
    expect(await sender(["Resent-From: alice@example.com"])).toBe("no-address from-missing");
    expect(await sender(["X-From: alice@example.com"])).toBe("no-address from-missing");
  });

  it("has no address without From outside, whatever stands in its place and is protected", async () => {
    const entity = bytesOf(lines('Content-Type: text/plain; hp="clear"', "From: alice@example.com", "", "Hello"));
    expect(await sender(["Sender: boss@example.com"], ALICE, entity)).toBe("no-address from-missing");
  });

  it.each([
    ["a control character in the field's name", "From\x01: boss@example.com"],
    ["a byte beyond ASCII in the field's name", "Fr\xadom: boss@example.com"],
    ["a blank before the colon", "From : boss@example.com"],
    ["a tab before the colon", "From\t: boss@example.com"],
    ["capitals", "FROM: boss@example.com"],
  ])("sees a second From with %s", async (_name, from) => {
    const first = "Message-ID: <1@example.com>";
    expect(await sender(["From: alice@example.com", from])).not.toMatch(/^matches/);
    expect(await sender([first, from, "From: alice@example.com"])).not.toMatch(/^matches/);
    expect(await sender([first, from])).not.toMatch(/^matches/);
  });

  it("sees a From with a blank before the colon in the first line, where an mbox has something else", async () => {
    expect(await sender(["From : boss@example.com", "From: alice@example.com"])).toBe("differs not-every-from-matches");
    expect(await sender(["From alice@example.com Mon Jun  1 12:00:00 2026", "From: alice@example.com"])).toBe(
      "matches",
    );
  });
});

describe("attack 19: several From, and Sender", () => {
  it.each([
    [["From: alice@example.com", "From: boss@example.com"], "differs not-every-from-matches"],
    [["From: boss@example.com", "From: alice@example.com"], "differs not-every-from-matches"],
    [["From: alice@example.com, boss@example.com"], "differs not-every-from-matches"],
    [["From: boss@example.com, alice@example.com"], "differs not-every-from-matches"],
    [["From: team: alice@example.com, boss@example.com;"], "differs not-every-from-matches"],
    [["From: boss@example.com", "Sender: alice@example.com"], "differs only-sender-matches"],
    [["From: alice@example.com", "Sender: boss@example.com"], "matches"],
    [["From: alice@example.com", "From:"], "no-address from-malformed"],
    [["From: alice@example.com", "Reply-To: mallory@evil.example"], "matches"],
  ])("%s is %s", async (from, expected) => {
    expect(await sender(from)).toBe(expected);
  });

  it("shows Sender and Reply-To apart from From", async () => {
    const header = [...HEADER, "Sender: boss@example.com", "Reply-To: mallory@evil.example"];
    const { outerHeader } = await open(signedMail(TEXT, {}, { header }));
    expect(outerHeader.from.map(({ address }) => address)).toEqual(["alice@example.com"]);
    expect(outerHeader.sender.map(({ address }) => address)).toEqual(["boss@example.com"]);
    expect(outerHeader.replyTo.map(({ address }) => address)).toEqual(["mallory@evil.example"]);
  });

  it("matches several From that are all the signer's", async () => {
    const both = certificate().email("alice@example.com", "a@example.org").key("p-256").issuedBy(ROOT).build();
    expect(await sender(["From: a@example.org, Alice <alice@example.com>"], both)).toBe("matches");
  });
});

describe("attack 20: addresses of the certificate that are none", () => {
  const person = certificate().key("p-256").issuedBy(ROOT);

  it.each<readonly [string, TestCertificate, string, string]>([
    ["only a common name", person.subject("CN=alice@example.com").build(), "alice@example.com", "no-address"],
    ["only a dNSName", person.altName(dnsName("example.com")).build(), "alice@example.com", "no-address"],
    [
      "a null byte",
      person.altName(rfc822Name("alice@example.com\0.evil.example")).build(),
      "alice@example.com",
      "no-address",
    ],
    ["a line end", person.altName(rfc822Name("alice@example.com\r\n")).build(), "alice@example.com", "no-address"],
    [
      "a display name",
      person.altName(rfc822Name("Alice <alice@example.com>")).build(),
      "alice@example.com",
      "no-address",
    ],
    [
      "two addresses in one",
      person.altName(rfc822Name("mallory@evil.example,alice@example.com")).build(),
      "alice@example.com",
      "no-address",
    ],
    ["a domain only", person.altName(rfc822Name("example.com")).build(), "alice@example.com", "no-address"],
    ["a leading dot", person.altName(rfc822Name(".example.com")).build(), "alice@example.com", "no-address"],
    [
      "emailAddress in the subject beside a SAN",
      person.subject("emailAddress=boss@example.com,CN=x").email("mallory@evil.example").build(),
      "boss@example.com",
      "differs",
    ],
    [
      "emailAddress in the subject alone",
      person.subject("emailAddress=alice@example.com,CN=x").build(),
      "alice@example.com",
      "matches",
    ],
    [
      "the second of several",
      person.email("a@example.org", "alice@example.com").build(),
      "alice@example.com",
      "matches",
    ],
    ["capitals in the domain", person.email("alice@EXAMPLE.com").build(), "alice@example.COM", "matches"],
    ["other capitals in the local part", person.email("Alice@example.com").build(), "alice@example.com", "matches"],
    ["a Turkish i", person.email("alıce@example.com").build(), "alice@example.com", "differs"],
    ["a Kelvin sign", person.email("\u212aate@example.com").build(), "kate@example.com", "differs"],
  ])("%s", async (_name, signer, from, expected) => {
    const [status] = (await sender([`From: ${from}`], signer)).split(" ");
    expect(status).toBe(expected);
  });

  it("says that the local part differs in capitals", async () => {
    expect(await sender(["From: ALICE@example.com"])).toBe("matches local-part-case");
  });

  it("compares international domains as IDNA has them, and no look-alikes", async () => {
    const signer = person.email("alice@xn--bcher-kva.example").build();
    const utf8 = (text: string) => Buffer.from(text, "utf8").toString("latin1");
    expect(await sender([utf8("From: alice@bücher.example")], signer)).toBe("matches");
    expect(await sender(["From: alice@xn--bcher-kva.example"], signer)).toBe("matches");
    expect(await sender([utf8("From: alice@bucher.example")], signer)).toBe("differs other-address");
    // Cyrillic а in place of Latin a.
    expect(await sender([utf8("From: аlice@example.com")])).toBe("differs other-address");
    expect(await sender([utf8("From: alice@exаmple.com")])).toBe("differs other-address");
  });

  it.each([
    ["a null byte", "From: alice@example.com\0.evil.example"],
    ["a null byte before", "From: evil\0 <alice@example.com>"],
    ["a zero-width space", "From: ali\xe2\x80\x8bce@example.com"],
    ["a right-to-left mark", "From: \xe2\x80\x8falice@example.com"],
    ["a byte order mark", "From: \xef\xbb\xbfalice@example.com"],
  ])("does not match a From with %s", async (_name, from) => {
    expect(await sender([from])).not.toMatch(/^matches/);
  });
});
