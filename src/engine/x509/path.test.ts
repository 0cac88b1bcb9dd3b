import { describe, expect, it } from "vitest";
import { certificate, pem, TEST_TIME, type TestCertificate } from "../../testing/certificate-builder.ts";
import { rfc822Name } from "../../testing/names.ts";
import { octetString, sequence } from "../asn1/writer.ts";
import { opensslVerifies } from "../../testing/openssl-verify.ts";
import { KeyPurpose } from "./extended-key-usage.ts";
import { ExtensionId } from "./extension.ts";
import { nameToString } from "./name.ts";
import { findPath, pathNames, type PathOptions, type PathResult } from "./path.ts";
import { type TrustAnchor, trustAnchor } from "./trust-anchor.ts";

const ca = () => certificate().subject("CN=Intermediate,O=Example").ca();
const alice = () => certificate().subject("CN=Alice,O=Example").email("alice@example.com");
const root = certificate().subject("CN=Root,O=Example").ca().build();
const intermediate = ca().issuedBy(root).build();
const leaf = alice().issuedBy(intermediate).build();
const rsaKey = leaf;
const leafBelow = (issuer: TestCertificate) => alice().key(rsaKey).issuedBy(issuer).build();

interface Case {
  readonly leaf: TestCertificate;
  readonly intermediates?: readonly TestCertificate[];
  readonly anchors?: readonly TrustAnchor[];
  readonly options?: Partial<PathOptions>;
}

async function judge({ leaf: judged, intermediates = [intermediate], ...more }: Case): Promise<PathResult> {
  return findPath(judged.certificate, {
    anchors: more.anchors ?? [trustAnchor(root.certificate)],
    intermediates: intermediates.map(({ certificate: other }) => other),
    at: TEST_TIME,
    purpose: "email",
    usage: "sign",
    ...more.options,
  });
}

type Rule = readonly [does: string, question: Case, expected: string, openssl?: "openssl differs"];

/** "trusted", or the reason and the name of the certificate that it concerns. */
async function verdict(question: Case): Promise<string> {
  const result = await judge(question);
  if (result.status === "trusted") return "trusted";
  return `${result.reason}: ${nameToString(result.certificate.subject).split(",")[0] ?? ""}`;
}

describe("findPath", () => {
  it("finds a path through an intermediate certificate", async () => {
    const result = await judge({ leaf });
    expect(result.status === "trusted" && pathNames(result.path)).toEqual([
      "CN=Alice,O=Example",
      "CN=Intermediate,O=Example",
      "CN=Root,O=Example",
    ]);
  });

  const nested = (pathLength: number | null) => {
    const first = ca().ca(pathLength).issuedBy(root).build();
    const second = certificate().subject("CN=Second").ca().issuedBy(first).build();
    return { first, second };
  };
  const tooLong = nested(0);
  const longEnough = nested(1);
  const selfIssued = (() => {
    const first = ca().ca(0).issuedBy(root).build();
    const rollover = ca().issuedBy(first).build();
    return { leaf: leafBelow(rollover), intermediates: [first, rollover] };
  })();
  const nameless = certificate().subject("").email("alice@example.com").issuedBy(intermediate);
  const below = (issuer: TestCertificate): Case => ({ leaf: leafBelow(issuer), intermediates: [issuer] });

  // OpenSSL's answer is asked for each, except where it and the RFCs of mail differ; the reason is given there.
  const rules: readonly Rule[] = [
    ["trusts a leaf of the anchor itself", { leaf: leafBelow(root) }, "trusted"],
    ["trusts an RSASSA-PSS signature", below(ca().key("rsa-pss").issuedBy(root).build()), "trusted"],
    ["trusts P-384 and P-521 keys", below(ca().key("p-521").issuedBy(root).build()), "trusted"],
    [
      "trusts a leaf without keyUsage and extendedKeyUsage",
      { leaf: alice().withoutKeyUsage().withoutExtendedKeyUsage().issuedBy(intermediate).build() },
      "trusted",
    ],
    [
      "trusts anyExtendedKeyUsage",
      { leaf: alice().extendedKeyUsage(KeyPurpose.anyExtendedKeyUsage).issuedBy(intermediate).build() },
      "trusted",
      "openssl differs",
    ],
    [
      "refuses a broken signature of the leaf",
      { leaf: alice().issuedBy(intermediate).brokenSignature().build() },
      "wrong-issuer-key: CN=Alice",
    ],
    [
      "refuses a broken signature of an issuer",
      below(ca().issuedBy(root).brokenSignature().build()),
      "wrong-issuer-key: CN=Intermediate",
    ],
    [
      "refuses an issuer of the same name with another key",
      { leaf, intermediates: [ca().issuedBy(root).build()] },
      "wrong-issuer-key: CN=Alice",
    ],
    [
      "refuses a leaf that has expired",
      { leaf: alice().issuedBy(intermediate).expired().build() },
      "expired-at-signing: CN=Alice",
    ],
    [
      "refuses a leaf that is not valid yet",
      { leaf: alice().issuedBy(intermediate).notYetValid().build() },
      "not-yet-valid-at-signing: CN=Alice",
    ],
    [
      "refuses an issuer that has expired",
      below(ca().issuedBy(root).expired().build()),
      "expired-at-signing: CN=Intermediate",
    ],
    ["names the missing issuer", { leaf, intermediates: [] }, "unknown-issuer: CN=Alice"],
    ["refuses a self-signed leaf", { leaf: alice().build() }, "self-signed: CN=Alice"],
    [
      "refuses a root that is no anchor",
      { leaf, anchors: [], intermediates: [intermediate, root] },
      "unknown-issuer: CN=Root",
    ],
    [
      "refuses an issuer without basicConstraints",
      below(ca().withoutBasicConstraints().issuedBy(root).build()),
      "issuer-not-a-ca: CN=Intermediate",
    ],
    [
      "refuses an issuer whose cA is false",
      below(ca().notCa().issuedBy(root).build()),
      "issuer-not-a-ca: CN=Intermediate",
    ],
    [
      "refuses an issuer of version 1",
      below(ca().version1().issuedBy(root).build()),
      "issuer-not-a-ca: CN=Intermediate",
    ],
    [
      "refuses an issuer without keyCertSign",
      below(ca().keyUsage("digitalSignature", "cRLSign").issuedBy(root).build()),
      "issuer-not-a-ca: CN=Intermediate",
    ],
    ["trusts an issuer without keyUsage", below(ca().withoutKeyUsage().issuedBy(root).build()), "trusted"],
    [
      "refuses more issuers than pathLenConstraint allows",
      { leaf: leafBelow(tooLong.second), intermediates: [tooLong.first, tooLong.second] },
      "path-too-long: CN=Second",
    ],
    [
      "trusts as many as pathLenConstraint allows",
      { leaf: leafBelow(longEnough.second), intermediates: [longEnough.first, longEnough.second] },
      "trusted",
    ],
    ["does not count self-issued issuers", selfIssued, "trusted"],
    ["trusts a leaf whose only name is a critical alternative one", { leaf: nameless.build() }, "trusted"],
    [
      // RFC 5280 section 4.2.1.6; OpenSSL asks with -x509_strict only.
      "refuses a leaf without a subject whose alternative name is not critical",
      {
        leaf: certificate()
          .subject("")
          .extension(ExtensionId.subjectAltName, "not-critical", sequence(rfc822Name("alice@example.com")))
          .issuedBy(intermediate)
          .build(),
      },
      "malformed-extension: ",
      "openssl differs",
    ],
    [
      "refuses a leaf without any name",
      { leaf: certificate().subject("").issuedBy(intermediate).build() },
      "malformed-extension: ",
      "openssl differs",
    ],
    [
      "refuses an unknown critical extension of the leaf",
      { leaf: alice().unknownCriticalExtension().issuedBy(intermediate).build() },
      "unknown-critical-extension: CN=Alice",
    ],
    [
      "refuses an unknown critical extension of an issuer",
      below(ca().unknownCriticalExtension().issuedBy(root).build()),
      "unknown-critical-extension: CN=Intermediate",
    ],
    [
      "passes over an unknown extension that is not critical",
      { leaf: alice().extension("1.3.6.1.4.1.99999.1", "not-critical", sequence()).issuedBy(intermediate).build() },
      "trusted",
    ],
    [
      "refuses an extension that cannot be read",
      {
        leaf: alice()
          .withoutKeyUsage()
          .extension(ExtensionId.keyUsage, "critical", octetString(Uint8Array.of(1)))
          .issuedBy(intermediate)
          .build(),
      },
      "malformed-extension: CN=Alice",
    ],
    [
      "refuses name constraints in a leaf",
      {
        leaf: alice()
          .nameConstraints({ permitted: [rfc822Name("example.com")] })
          .issuedBy(intermediate)
          .build(),
      },
      "malformed-extension: CN=Alice",
      "openssl differs",
    ],
    [
      "refuses a leaf whose keyUsage forbids signatures",
      { leaf: alice().keyUsage("keyEncipherment").issuedBy(intermediate).build() },
      "key-usage-not-allowed: CN=Alice",
    ],
    [
      "trusts nonRepudiation alone",
      { leaf: alice().keyUsage("nonRepudiation").issuedBy(intermediate).build() },
      "trusted",
    ],
    [
      "refuses a certificate of a TLS server",
      { leaf: alice().extendedKeyUsage(KeyPurpose.serverAuth).issuedBy(intermediate).build() },
      "purpose-not-allowed: CN=Alice",
    ],
    [
      "refuses an issuer that may only issue for TLS",
      below(ca().extendedKeyUsage(KeyPurpose.serverAuth).issuedBy(root).build()),
      "purpose-not-allowed: CN=Intermediate",
    ],
    [
      "refuses a leaf signed over SHA-1",
      { leaf: alice().issuedBy(intermediate).signedWith("sha-1").build() },
      "weak-signature-algorithm: CN=Alice",
    ],
    [
      "refuses an issuer signed over SHA-1",
      below(ca().issuedBy(root).signedWith("sha-1").build()),
      "weak-signature-algorithm: CN=Intermediate",
    ],
    [
      "refuses an issuer signed over MD5",
      (() => {
        const rsaRoot = certificate().subject("CN=RSA root").ca().key("rsa-2048").build();
        return {
          ...below(ca().issuedBy(rsaRoot).signedWith("md5").build()),
          anchors: [trustAnchor(rsaRoot.certificate)],
        };
      })(),
      "weak-signature-algorithm: CN=Intermediate",
    ],
    [
      "refuses an issuer with a short RSA key",
      below(ca().key("rsa-1024").issuedBy(root).build()),
      "weak-key: CN=Intermediate",
    ],
    [
      "leaves a leaf's short RSA key to the verifier",
      { leaf: alice().key("rsa-1024").issuedBy(intermediate).build() },
      "trusted",
      "openssl differs",
    ],
  ];

  it.each(rules.map((rule) => ({ does: rule[0], rule })))(
    "$does",
    async ({ rule: [, question, expected, openssl] }) => {
      expect(await verdict(question)).toBe(expected);
      const answer = opensslVerifies({
        leaf: question.leaf,
        intermediates: question.intermediates ?? [intermediate],
        roots: question.anchors?.map(({ certificate: anchor }) => ({
          ...root,
          pem: pem("CERTIFICATE", anchor.der),
        })) ?? [root],
        at: TEST_TIME,
        purpose: "smimesign",
      });
      expect(answer === (expected === "trusted")).toBe(openssl === undefined);
    },
  );
});
