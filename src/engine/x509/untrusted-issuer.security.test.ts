import { describe, expect, it } from "vitest";
import { certificate, TEST_TIME, type TestCertificate } from "../../testing/certificate-builder.ts";
import { rfc822Name } from "../../testing/names.ts";
import { findPath } from "./path.ts";
import { trustAnchor } from "./trust-anchor.ts";

const root = certificate().subject("CN=Root").ca().build();
const forged = (issuer: TestCertificate) =>
  certificate().email("victim@example.com").key("p-256").issuedBy(issuer).build();

async function judge(leaf: TestCertificate, ...intermediates: TestCertificate[]): Promise<string> {
  const result = await findPath(leaf.certificate, {
    anchors: [trustAnchor(root.certificate)],
    intermediates: intermediates.map((intermediate) => intermediate.certificate),
    at: TEST_TIME,
    purpose: "email",
    usage: "sign",
  });
  return result.status === "trusted" ? "trusted" : result.reason;
}

describe("attack 5: somebody who is no CA issues a certificate", () => {
  it("refuses a self-signed certificate", async () => {
    expect(await judge(certificate().email("victim@example.com").build())).toBe("self-signed");
  });

  it("refuses a root that comes with the message", async () => {
    const ownRoot = certificate().subject("CN=Own").ca().build();
    expect(await judge(forged(ownRoot), ownRoot)).toBe("unknown-issuer");
  });

  it("refuses a root of the trusted one's name and key identifier", async () => {
    const copy = certificate().subject("CN=Root").ca().build();
    expect(await judge(forged(copy), copy)).toBe("wrong-issuer-key");
  });

  it("refuses what an ordinary person's certificate has issued", async () => {
    const mallory = certificate().subject("CN=Mallory").email("mallory@example.com").issuedBy(root).build();
    const notCa = certificate().subject("CN=Mallory").notCa().issuedBy(root).build();
    expect(await judge(forged(mallory), mallory)).toBe("issuer-not-a-ca");
    expect(await judge(forged(notCa), notCa)).toBe("issuer-not-a-ca");
  });

  it("refuses what a CA has issued that may only sign CRLs", async () => {
    const crlSigner = certificate().subject("CN=CRLs").ca().keyUsage("cRLSign").issuedBy(root).build();
    expect(await judge(forged(crlSigner), crlSigner)).toBe("issuer-not-a-ca");
  });

  it("refuses a CA below one whose pathLenConstraint is zero", async () => {
    const last = certificate().subject("CN=Last").ca(0).issuedBy(root).build();
    const below = certificate().subject("CN=Below").ca().issuedBy(last).build();
    expect(await judge(forged(last), last)).toBe("trusted");
    expect(await judge(forged(below), last, below)).toBe("path-too-long");
  });

  it("refuses an address outside the name constraints of a company's CA", async () => {
    const company = certificate()
      .subject("CN=Company")
      .ca()
      .nameConstraints({ permitted: [rfc822Name("company.example")] });
    const issuer = company.issuedBy(root).build();
    expect(await judge(forged(issuer), issuer)).toBe("name-constraint-violated");
  });
});
