import { describe, expect, it } from "vitest";
import { certificate, type CertificateBuilder, TEST_TIME } from "../../testing/certificate-builder.ts";
import { rfc822Name } from "../../testing/names.ts";
import type { AnchorConstraints } from "./anchor-constraints.ts";
import { KeyPurpose } from "./extended-key-usage.ts";
import { findPath } from "./path.ts";
import { trustAnchor } from "./trust-anchor.ts";

const anchor = () => certificate().subject("CN=Root").ca();

async function judge(builder: CertificateBuilder, anchorConstraints: AnchorConstraints): Promise<string> {
  const root = builder.build();
  const ca = certificate().subject("CN=CA").ca().issuedBy(root).build();
  const leaf = certificate().key("p-256").email("alice@example.com").issuedBy(ca).build();
  const result = await findPath(leaf.certificate, {
    anchors: [trustAnchor(root.certificate)],
    intermediates: [ca.certificate],
    at: TEST_TIME,
    purpose: "email",
    usage: "sign",
    anchorConstraints,
  });
  return result.status === "trusted" ? "trusted" : result.reason;
}

describe("an anchor whose constraints are enforced (RFC 5937)", () => {
  it.each<[what: string, builder: CertificateBuilder, reason: string]>([
    ["path length", anchor().ca(0), "path-too-long"],
    [
      "permitted names",
      anchor().nameConstraints({ permitted: [rfc822Name("example.org")] }),
      "name-constraint-violated",
    ],
    ["excluded names", anchor().nameConstraints({ excluded: [rfc822Name("example.com")] }), "name-constraint-violated"],
    ["purposes", anchor().extendedKeyUsage(KeyPurpose.serverAuth), "purpose-not-allowed"],
    ["unknown critical extension", anchor().unknownCriticalExtension(), "unknown-critical-extension"],
    ["missing basic constraints", anchor().withoutBasicConstraints().keyUsage("keyCertSign"), "issuer-not-a-ca"],
  ])("binds by its %s", async (_, builder, reason) => {
    expect(await judge(builder, "enforced")).toBe(reason);
    expect(await judge(builder, "ignored")).toBe("trusted");
  });

  it.each<[what: string, builder: CertificateBuilder]>([
    ["has none", anchor()],
    ["allows a path of one CA", anchor().ca(1)],
    ["permits the name", anchor().nameConstraints({ permitted: [rfc822Name("example.com")] })],
    ["has ended, which is no constraint", anchor().expired()],
    ["is of version 1 and can have none", anchor().version1()],
  ])("binds nothing where it %s", async (_, builder) => {
    expect(await judge(builder, "enforced")).toBe("trusted");
  });
});
