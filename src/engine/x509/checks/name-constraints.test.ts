import { describe, expect, it } from "vitest";
import { certificate, TEST_TIME } from "../../../testing/certificate-builder.ts";
import { costInPasses } from "../../../testing/cost.ts";
import {
  directoryName,
  dnsName,
  ipAddress,
  otherName,
  registeredId,
  rfc822Name,
  smtpUtf8Mailbox,
  uri,
  utf8String,
} from "../../../testing/names.ts";
import { opensslVerifies } from "../../../testing/openssl-verify.ts";
import type { Der } from "../../asn1/writer.ts";
import { findPath } from "../path.ts";
import { trustAnchor } from "../trust-anchor.ts";

const root = certificate().subject("CN=Root").ca().build();

interface Subtrees {
  readonly permitted?: readonly Der[];
  readonly excluded?: readonly Der[];
}

function chain(subtrees: Subtrees, subject: string, altNames: readonly Der[]) {
  const issuer = certificate().subject("CN=CA").ca().nameConstraints(subtrees).issuedBy(root).build();
  const leaf = certificate()
    .key("p-256")
    .subject(subject)
    .altName(...altNames)
    .issuedBy(issuer)
    .build();
  return { issuer, leaf };
}

async function judge(subtrees: Subtrees, subject: string, altNames: readonly Der[]): Promise<string> {
  const { issuer, leaf } = chain(subtrees, subject, altNames);
  const result = await findPath(leaf.certificate, {
    anchors: [trustAnchor(root.certificate)],
    intermediates: [issuer.certificate],
    at: TEST_TIME,
    purpose: "email",
    usage: "sign",
  });
  return result.status === "trusted" ? "trusted" : result.reason;
}

const permitted = (...bases: Der[]): Subtrees => ({ permitted: bases });
const excluded = (...bases: Der[]): Subtrees => ({ excluded: bases });
const email = (address: string): [string, Der[]] => ["CN=Alice", [rfc822Name(address)]];

describe("name constraints (RFC 5280 section 4.2.1.10)", () => {
  // OpenSSL's answer is asked for each, except where it and the RFCs differ.
  type Row = readonly [string, Subtrees, readonly [string, Der[]], "trusted" | "refused", "openssl differs"?];
  const rows: readonly Row[] = [
    ["an address at a permitted host", permitted(rfc822Name("example.com")), email("alice@example.com"), "trusted"],
    ["a host in other capitals", permitted(rfc822Name("EXAMPLE.com")), email("alice@example.COM"), "trusted"],
    [
      "an address at a host below a permitted one",
      permitted(rfc822Name("example.com")),
      email("alice@mail.example.com"),
      "refused",
    ],
    [
      "an address below a permitted domain",
      permitted(rfc822Name(".example.com")),
      email("alice@mail.example.com"),
      "trusted",
    ],
    [
      "an address at the domain, where those below are permitted",
      permitted(rfc822Name(".example.com")),
      email("alice@example.com"),
      "refused",
    ],
    [
      "an address whose host ends like the domain",
      permitted(rfc822Name(".example.com")),
      email("alice@badexample.com"),
      "refused",
    ],
    ["a permitted mailbox", permitted(rfc822Name("alice@example.com")), email("alice@example.com"), "trusted"],
    [
      "another mailbox than the permitted one",
      permitted(rfc822Name("alice@example.com")),
      email("bob@example.com"),
      "refused",
    ],
    [
      "one of several permitted hosts",
      permitted(rfc822Name("example.org"), rfc822Name("example.com")),
      email("alice@example.com"),
      "trusted",
    ],
    ["an address at an excluded host", excluded(rfc822Name("example.com")), email("alice@example.com"), "refused"],
    [
      "an address at another host than the excluded one",
      excluded(rfc822Name("example.com")),
      email("alice@example.org"),
      "trusted",
    ],
    [
      "an excluded mailbox at a permitted host",
      { permitted: [rfc822Name("example.com")], excluded: [rfc822Name("alice@example.com")] },
      email("alice@example.com"),
      "refused",
    ],
    [
      "emailAddress in the subject",
      permitted(rfc822Name("example.com")),
      ["CN=A,emailAddress=alice@example.org", []],
      "refused",
    ],
    [
      "emailAddress in the subject, permitted",
      permitted(rfc822Name("example.com")),
      ["CN=A,emailAddress=alice@example.com", []],
      "trusted",
    ],
    [
      "an address in the subject beside none of another form",
      permitted(rfc822Name("example.com")),
      ["CN=A,emailAddress=alice@example.org", [dnsName("example.com")]],
      "refused",
    ],
    [
      "one good address and a second bad one",
      permitted(rfc822Name("example.com")),
      ["CN=A", [rfc822Name("a@example.com"), rfc822Name("a@example.org")]],
      "refused",
    ],
    ["an address that is none", permitted(rfc822Name("example.com")), email("example.com"), "refused"],
    ["an address that is none, under an exclusion", excluded(rfc822Name("example.com")), email("alice"), "refused"],
    [
      "SmtpUTF8Mailbox at a permitted host",
      permitted(rfc822Name("example.com")),
      ["CN=A", [smtpUtf8Mailbox("ålice@example.com")]],
      "trusted",
    ],
    [
      "SmtpUTF8Mailbox at another host",
      permitted(rfc822Name("example.com")),
      ["CN=A", [smtpUtf8Mailbox("ålice@example.org")]],
      "refused",
    ],
    [
      "SmtpUTF8Mailbox at an excluded host",
      excluded(rfc822Name("example.com")),
      ["CN=A", [smtpUtf8Mailbox("ålice@example.com")]],
      "refused",
    ],
    ["no address where addresses are constrained", permitted(rfc822Name("example.com")), ["CN=A", []], "trusted"],
    [
      "a subject in a permitted subtree",
      permitted(directoryName("O=Example,C=US")),
      ["CN=A,O=Example,C=US", []],
      "trusted",
    ],
    [
      "a subject in other capitals and spaces",
      permitted(directoryName("O=Example Inc,C=US")),
      ["CN=A,O=EXAMPLE  inc,C=US", []],
      "trusted",
    ],
    [
      "a subject outside the permitted subtree",
      permitted(directoryName("O=Example,C=US")),
      ["CN=A,O=Other,C=US", []],
      "refused",
    ],
    [
      "a subject in an excluded subtree",
      excluded(directoryName("O=Example,C=US")),
      ["CN=A,O=Example,C=US", []],
      "refused",
    ],
    ["an empty subject", permitted(directoryName("O=Example,C=US")), ["", [rfc822Name("a@example.com")]], "trusted"],
    [
      "a directory name among the alternative ones",
      permitted(directoryName("C=US")),
      ["CN=A,C=US", [directoryName("C=DE")]],
      "refused",
    ],
    [
      "a host below a permitted one",
      permitted(dnsName("example.com")),
      ["CN=A", [dnsName("a.b.example.com")]],
      "trusted",
    ],
    [
      "a host whose name ends alike",
      permitted(dnsName("example.com")),
      ["CN=A", [dnsName("badexample.com")]],
      "refused",
    ],
    ["a host under an exclusion of all hosts", excluded(dnsName("")), ["CN=A", [dnsName("example.com")]], "refused"],
    [
      "a wildcard below a permitted host",
      permitted(dnsName("example.com")),
      ["CN=A", [dnsName("*.example.com")]],
      "trusted",
    ],
    ["a URI at a permitted host", permitted(uri("example.com")), ["CN=A", [uri("https://example.com/a")]], "trusted"],
    [
      "a URI below a permitted host",
      permitted(uri("example.com")),
      ["CN=A", [uri("https://a.example.com/a")]],
      "refused",
    ],
    [
      "a URI below a permitted domain",
      permitted(uri(".example.com")),
      ["CN=A", [uri("https://a.example.com:443/a")]],
      "trusted",
    ],
    ["a URI without a host", permitted(uri("example.com")), ["CN=A", [uri("urn:a")]], "refused"],
    ["a URI at an address", permitted(uri("example.com")), ["CN=A", [uri("https://192.0.2.1/")]], "refused"],
    [
      "a user name that looks like the host",
      permitted(uri("example.com")),
      ["CN=A", [uri("https://example.com@evil.example/")]],
      "refused",
    ],
    [
      "an address in a permitted network",
      permitted(ipAddress(192, 0, 2, 0, 255, 255, 255, 0)),
      ["CN=A", [ipAddress(192, 0, 2, 9)]],
      "trusted",
    ],
    [
      "an address outside it",
      permitted(ipAddress(192, 0, 2, 0, 255, 255, 255, 0)),
      ["CN=A", [ipAddress(192, 0, 3, 9)]],
      "refused",
    ],
    [
      "an address in an excluded network",
      excluded(ipAddress(192, 0, 2, 0, 255, 255, 255, 0)),
      ["CN=A", [ipAddress(192, 0, 2, 9)]],
      "refused",
    ],
    [
      "an address under a mask that is no prefix",
      permitted(ipAddress(192, 0, 2, 0, 255, 0, 255, 0)),
      ["CN=A", [ipAddress(192, 9, 2, 9)]],
      "refused",
      "openssl differs",
    ],
    [
      "SmtpUTF8Mailbox of an address that is ASCII",
      excluded(rfc822Name("bob@example.com")),
      ["CN=A", [smtpUtf8Mailbox("alice@example.com")]],
      "refused",
      "openssl differs",
    ],
    [
      // RFC 5280 section 4.2.1.10: without subjectAltName only; OpenSSL asks it always.
      "emailAddress in the subject beside an alternative address",
      permitted(rfc822Name("example.com")),
      ["CN=A,emailAddress=alice@example.org", [rfc822Name("alice@example.com")]],
      "trusted",
      "openssl differs",
    ],
    [
      "a wildcard below a permitted domain",
      permitted(dnsName(".example.com")),
      ["CN=A", [dnsName("*.example.com")]],
      "trusted",
    ],
    [
      "a constrained form without a rule, where such a name occurs",
      excluded(registeredId("1.2.3")),
      ["CN=A", [registeredId("1.2.4")]],
      "refused",
    ],
    [
      "a constrained form without a rule, where no such name occurs",
      excluded(registeredId("1.2.3")),
      ["CN=A", [rfc822Name("a@example.com")]],
      "trusted",
    ],
    [
      "an otherName of a constrained type",
      permitted(otherName("1.2.3.4", utf8String("x"))),
      ["CN=A", [otherName("1.2.3.4", utf8String("x"))]],
      "refused",
    ],
    [
      "an otherName of another type than the constrained one",
      permitted(otherName("1.2.3.4", utf8String("x"))),
      ["CN=A", [otherName("1.2.3.5", utf8String("x"))]],
      "trusted",
    ],
  ];

  for (const [name, subtrees, [subject, altNames], expected, openssl] of rows) {
    it(name, async () => {
      const reason = await judge(subtrees, subject, altNames);
      expect(reason).toBe(expected === "trusted" ? "trusted" : "name-constraint-violated");
      const { issuer, leaf } = chain(subtrees, subject, altNames);
      const answer = opensslVerifies({
        leaf,
        intermediates: [issuer],
        roots: [root],
        at: TEST_TIME,
        purpose: "smimesign",
      });
      expect(answer).toBe((expected === "trusted") !== (openssl === "openssl differs"));
    });
  }
});

// OpenSSL compares the wildcard as it stands and finds it outside: CVE-2025-61727, as in others.
describe("a wildcard, some of whose hosts are excluded", () => {
  const judgeWildcard = (subtrees: Subtrees) => judge(subtrees, "CN=A", [dnsName("*.example.com")]);

  it("is refused", async () => {
    expect(await judgeWildcard(excluded(dnsName("bar.example.com")))).toBe("name-constraint-violated");
    expect(await judgeWildcard(permitted(dnsName("bar.example.com")))).toBe("name-constraint-violated");
  });

  it("is trusted where none of its hosts can be", async () => {
    expect(await judgeWildcard(excluded(dnsName("a.bar.example.com")))).toBe("trusted");
    expect(await judgeWildcard(excluded(dnsName("bar.example.org")))).toBe("trusted");
  });
});

describe("name constraints along a path", () => {
  const find = async (leafAddress: string, secondSubject: string) => {
    const first = certificate()
      .subject("CN=CA")
      .ca()
      .nameConstraints({ permitted: [rfc822Name("example.com"), directoryName("CN=CA"), directoryName("O=Example")] })
      .issuedBy(root)
      .build();
    const second = certificate()
      .subject(secondSubject)
      .ca()
      .nameConstraints({ permitted: [rfc822Name("example.com"), rfc822Name("example.org")] })
      .issuedBy(first)
      .build();
    const leaf = certificate().key("p-256").subject("CN=A,O=Example").email(leafAddress).issuedBy(second).build();
    const result = await findPath(leaf.certificate, {
      anchors: [trustAnchor(root.certificate)],
      intermediates: [first.certificate, second.certificate],
      at: TEST_TIME,
      purpose: "email",
      usage: "sign",
    });
    return result.status === "trusted" ? "trusted" : result.reason;
  };

  it("permit what every issuer permits", async () => {
    expect(await find("a@example.com", "CN=Second,O=Example")).toBe("trusted");
    expect(await find("a@example.org", "CN=Second,O=Example")).toBe("name-constraint-violated");
  });

  it("bind the issuers below as well, except self-issued ones", async () => {
    expect(await find("a@example.com", "CN=Second,O=Other")).toBe("name-constraint-violated");
    expect(await find("a@example.com", "CN=CA")).toBe("trusted");
  });

  it("are compared a bounded number of times", async () => {
    const bases = Array.from({ length: 1000 }, (_, i) => rfc822Name(`host${i}.example`));
    const names = Array.from({ length: 1000 }, (_, i) => rfc822Name(`a${i}@example.com`));
    expect(await judge(excluded(...bases), "CN=A", names)).toBe("path-budget-exhausted");
  });

  it("are compared in linear time with a subject of a million letters", async () => {
    const bases = Array.from({ length: 1000 }, (_, i) => directoryName(`O=${i}`));
    const compare = async () => {
      expect(await judge(permitted(...bases), `CN=${"x".repeat(900_000)}`, [])).toBe("name-constraint-violated");
    };
    expect(await costInPasses(compare)).toBeLessThan(50);
  });
});
