import { describe, expect, it } from "vitest";
import { certificate, TEST_TIME, type TestCertificate } from "../../../testing/certificate-builder.ts";
import { KeyPurpose } from "../extended-key-usage.ts";
import { findPath } from "../path.ts";
import { trustAnchor } from "../trust-anchor.ts";

const root = certificate().subject("CN=Root").ca().build();

async function judge(leaf: TestCertificate, usage: "sign" | "encrypt", intermediates: TestCertificate[] = []) {
  const result = await findPath(leaf.certificate, {
    anchors: [trustAnchor(root.certificate)],
    intermediates: intermediates.map((intermediate) => intermediate.certificate),
    at: TEST_TIME,
    purpose: "email",
    usage,
  });
  return result.status === "trusted" ? "trusted" : result.reason;
}

describe("attack 43: a certificate for something else is used for mail", () => {
  const tls = [KeyPurpose.serverAuth, KeyPurpose.clientAuth];

  it("refuses a TLS certificate that names the address", async () => {
    const leaf = certificate()
      .email("alice@example.com")
      .extendedKeyUsage(...tls)
      .issuedBy(root)
      .build();
    expect(await judge(leaf, "sign")).toBe("purpose-not-allowed");
    expect(await judge(leaf, "encrypt")).toBe("purpose-not-allowed");
  });

  it("refuses a mail certificate of an issuer for TLS", async () => {
    const issuer = certificate()
      .subject("CN=TLS CA")
      .ca()
      .extendedKeyUsage(...tls)
      .issuedBy(root)
      .build();
    expect(await judge(certificate().issuedBy(issuer).build(), "sign", [issuer])).toBe("purpose-not-allowed");
  });

  it("takes mail among other purposes, and no purposes at all", async () => {
    const among = certificate()
      .extendedKeyUsage(...tls, KeyPurpose.emailProtection)
      .issuedBy(root)
      .build();
    expect(await judge(among, "sign")).toBe("trusted");
    expect(await judge(certificate().withoutExtendedKeyUsage().issuedBy(root).build(), "sign")).toBe("trusted");
  });

  it.each([
    ["rsa-2048", "digitalSignature", "sign", "trusted"],
    ["rsa-2048", "nonRepudiation", "sign", "trusted"],
    ["rsa-2048", "keyEncipherment", "sign", "key-usage-not-allowed"],
    ["rsa-2048", "keyEncipherment", "encrypt", "trusted"],
    ["rsa-2048", "digitalSignature", "encrypt", "key-usage-not-allowed"],
    ["rsa-2048", "keyAgreement", "encrypt", "key-usage-not-allowed"],
    ["rsa-2048", "dataEncipherment", "encrypt", "key-usage-not-allowed"],
    ["p-256", "keyAgreement", "encrypt", "trusted"],
    ["p-256", "keyEncipherment", "encrypt", "key-usage-not-allowed"],
    ["p-256", "keyAgreement", "sign", "key-usage-not-allowed"],
    ["p-256", "keyCertSign", "sign", "key-usage-not-allowed"],
  ] as const)("with a key of %s for %s: to %s is %s", async (key, keyUsage, usage, expected) => {
    expect(await judge(certificate().key(key).keyUsage(keyUsage).issuedBy(root).build(), usage)).toBe(expected);
  });
});
