import { describe, expect, it } from "vitest";
import { certificate, type CertificateBuilder } from "../../testing/certificate-builder.ts";
import { rfc822Name, smtpUtf8Mailbox } from "../../testing/names.ts";
import { type FromAddresses, matchSender } from "./address-match.ts";
import { certificateEmails } from "./email-addresses.ts";

const builder = () => certificate().key("p-256");
const emailsOf = (built: CertificateBuilder) => certificateEmails(built.build().certificate);

interface Claim {
  readonly from: FromAddresses;
  readonly sender?: string;
  readonly protectedFrom?: FromAddresses;
}

/** The verdict as "status" or "status: reason". */
function match(emails: readonly string[], { from, sender, protectedFrom }: Claim): string {
  const verdict = matchSender({
    certificateEmails: emails,
    from,
    sender: sender ?? null,
    protectedFrom: protectedFrom ?? null,
  });
  return verdict.reason === null ? verdict.status : `${verdict.status}: ${verdict.reason}`;
}

const ALICE = ["alice@example.com"];

describe("attack 17: From is not the signer", () => {
  it("matches the address of the certificate", () => {
    expect(match(ALICE, { from: ["alice@example.com"] })).toBe("matches");
  });

  it("differs for another address", () => {
    expect(match(ALICE, { from: ["bob@example.com"] })).toBe("differs: other-address");
    expect(match(ALICE, { from: ["alice@example.com.evil.example"] })).toBe("differs: other-address");
    expect(match(ALICE, { from: ["xalice@example.com"] })).toBe("differs: other-address");
  });

  it("matches any of several addresses in the certificate", () => {
    const emails = emailsOf(builder().email("alice@example.com", "a.liddell@example.org"));
    expect(match(emails, { from: ["a.liddell@example.org"] })).toBe("matches");
  });

  it("compares the protected From as well", () => {
    const from = ["alice@example.com"];
    expect(match(ALICE, { from, protectedFrom: from })).toBe("matches");
    expect(match(ALICE, { from: ["bob@example.com"], protectedFrom: from })).toBe("differs: protected-from-differs");
    expect(match(ALICE, { from, protectedFrom: ["bob@example.com"] })).toBe("differs: other-address");
  });

  it("says that From differs where both are the signer's and not the same", () => {
    const claim = { from: ["alice@example.com"], protectedFrom: ["alice@example.org"] };
    expect(match(["alice@example.com", "alice@example.org"], claim)).toBe("differs: protected-from-differs");
  });
});

describe("attack 18: From is missing, empty or no address", () => {
  it("has nothing to compare where From is missing, whatever Sender says", () => {
    expect(match(ALICE, { from: "missing", sender: "alice@example.com" })).toBe("no-address: from-missing");
    expect(match(ALICE, { from: [] })).toBe("no-address: from-missing");
  });

  it.each([
    "alice",
    "alice@",
    "@example.com",
    "",
    "alice@example.com\0@evil.example",
    "alice @example.com",
    "<alice@example.com>",
    "alice@example.com ",
    "alice@exam\nple.com",
  ])("takes %j for no address", (address) => {
    expect(match(ALICE, { from: [address] })).toBe("no-address: from-malformed");
  });

  it("does not fall back to the outer From where the protected one is missing or broken", () => {
    const from = ["alice@example.com"];
    expect(match(ALICE, { from, protectedFrom: "missing" })).toBe("no-address: from-missing");
    expect(match(ALICE, { from, protectedFrom: "malformed" })).toBe("no-address: from-malformed");
    expect(match(ALICE, { from: "malformed", protectedFrom: from })).toBe("no-address: from-malformed");
  });
});

describe("attack 19: several From addresses, or Sender in the place of From", () => {
  it("demands that every From address is the signer's", () => {
    const from = ["alice@example.com", "bob@example.com"];
    expect(match(ALICE, { from })).toBe("differs: not-every-from-matches");
    expect(match([...ALICE, "bob@example.com"], { from })).toBe("matches");
    expect(match(ALICE, { from: [...from].reverse() })).toBe("differs: not-every-from-matches");
  });

  it("says so where only Sender is the signer, and does not match", () => {
    const claim = { from: ["boss@example.com"], sender: "alice@example.com" };
    expect(match(ALICE, claim)).toBe("differs: only-sender-matches");
  });

  it("gives the broken one among several addresses no pass", () => {
    expect(match(ALICE, { from: ["alice@example.com", "bob"] })).toBe("no-address: from-malformed");
  });
});

describe("attack 20: addresses from the wrong field or in look-alike forms", () => {
  it("never takes an address from the common name", () => {
    expect(emailsOf(builder().subject("CN=alice@example.com"))).toEqual([]);
    expect(match([], { from: ALICE })).toBe("no-address: certificate-has-no-address");
  });

  it("takes emailAddress of the subject only where no alternative name is an address", () => {
    const subject = builder().subject("CN=Alice,emailAddress=old@example.com");
    expect(emailsOf(subject)).toEqual(["old@example.com"]);
    expect(emailsOf(subject.email("alice@example.com"))).toEqual(["alice@example.com"]);
    expect(emailsOf(subject.altName(rfc822Name("broken")))).toEqual([]);
  });

  it.each([
    "alice@example.com\0.evil.example",
    "alice\0@example.com",
    "alice@example.com\r\n",
    "alice\x7f@example.com",
    "alice@example.com\t",
  ])("refuses control characters: %j", (address) => {
    expect(emailsOf(builder().altName(rfc822Name(address)))).toEqual([]);
    expect(emailsOf(builder().subject(`CN=A,emailAddress=${address}`))).toEqual([]);
  });

  it("refuses letters beyond ASCII where only ASCII belongs", () => {
    expect(emailsOf(builder().altName(rfc822Name("ålice@example.com")))).toEqual([]);
    expect(emailsOf(builder().altName(smtpUtf8Mailbox("alice@example.com")))).toEqual([]);
  });

  it("matches a difference in ASCII capitals of the local part, and says so", () => {
    expect(match(ALICE, { from: ["Alice@example.com"] })).toBe("matches: local-part-case");
    expect(match(["ALICE@EXAMPLE.COM"], { from: ["alice@example.com"] })).toBe("matches: local-part-case");
    // U+212A, the Kelvin sign, is a small k after Unicode's case mapping, and not the same address.
    expect(match(["kim@example.com"], { from: ["\u212aim@example.com"] })).toBe("differs: other-address");
  });

  it("takes accented letters for others, and does not normalise local parts", () => {
    expect(match(["élise@example.com"], { from: ["elise@example.com"] })).toBe("differs: other-address");
    expect(match(["\u00e9lise@example.com"], { from: ["e\u0301lise@example.com"] })).toBe("differs: other-address");
    expect(match(["Élise@example.com"], { from: ["élise@example.com"] })).toBe("differs: other-address");
  });

  it("compares domains without regard to case and as IDNA has them", () => {
    expect(match(ALICE, { from: ["alice@EXAMPLE.com"] })).toBe("matches");
    const idn = emailsOf(builder().email("alice@xn--bcher-kva.example"));
    expect(match(idn, { from: ["alice@bücher.example"] })).toBe("matches");
    expect(match(idn, { from: ["alice@BÜCHER.example"] })).toBe("matches");
    expect(match(idn, { from: ["alice@bucher.example"] })).toBe("differs: other-address");
    const utf8 = emailsOf(builder().email("ålice@xn--bcher-kva.example"));
    expect(match(utf8, { from: ["ålice@bücher.example"] })).toBe("matches");
  });

  it("tells confusable letters apart", () => {
    // The first a is Cyrillic.
    expect(match(["alice@apple.example"], { from: ["alice@\u0430pple.example"] })).toBe("differs: other-address");
  });

  it("takes nothing of a domain for a URL's syntax", () => {
    for (const domain of [
      "example.com:80",
      "example.com/x",
      "example.com?x",
      "x%2eexample.com",
      "０x7f.1",
      "ex ample.com",
    ]) {
      expect(match([`alice@${domain}`], { from: [`alice@${domain}`] })).toBe("no-address: from-malformed");
    }
  });

  it("reads a quoted local part as what it quotes", () => {
    expect(match(ALICE, { from: ['"alice"@example.com'] })).toBe("matches");
    expect(match(ALICE, { from: ['"alice@example.com"@evil.example'] })).toBe("differs: other-address");
    expect(match(ALICE, { from: ['"alice\\@example.com'] })).toBe("no-address: from-malformed");
  });
});
