import { createHash, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { certificate } from "../../testing/certificate-builder.ts";
import { SmimeError } from "../errors.ts";
import { nameToString, sameName } from "./name.ts";
import { type EmailRoot, mayIssue, trustAnchor, trustAnchorFromEmailRoot } from "./trust-anchor.ts";
import { isWeakKey } from "./weak-key.ts";

const FILE = new URL("../../../public/email-roots.json", import.meta.url);
const { roots } = JSON.parse(readFileSync(FILE, "utf8")) as { roots: EmailRoot[] };

describe("Mozilla's e-mail roots", () => {
  it("are all read, as OpenSSL reads them, and may issue", () => {
    expect(roots.length).toBeGreaterThan(50);
    for (const root of roots) {
      const anchor = trustAnchorFromEmailRoot(root);
      const { der, subject, issuer, notAfter } = anchor.certificate;
      expect(createHash("sha256").update(der).digest("hex")).toBe(root.sha256);
      expect(notAfter).toEqual(new Date(new X509Certificate(der).validTo));
      expect(sameName(subject, issuer)).toBe(true);
      expect(nameToString(subject)).not.toContain("#");
      expect(mayIssue(anchor)).toBe(true);
      expect(isWeakKey(anchor.certificate)).toBe(false);
    }
  });

  it("keep their distrust dates", () => {
    for (const root of [...roots, { ...roots[0]!, distrustEmailAfter: "2025-04-15T23:59:59.000Z" }]) {
      const { distrustEmailAfter, purpose } = trustAnchorFromEmailRoot(root);
      expect(distrustEmailAfter?.toISOString() ?? null).toBe(root.distrustEmailAfter);
      expect(purpose).toBe("email");
    }
  });

  it("are refused with a date that is none", () => {
    expect(() => trustAnchorFromEmailRoot({ ...roots[0]!, distrustEmailAfter: "soon" })).toThrow(SmimeError);
  });
});

describe("mayIssue", () => {
  it.each([
    ["a CA", certificate().ca(), true],
    ["a version 1 root", certificate().ca().version1(), true],
    ["an old root with keyCertSign and no basicConstraints", certificate().ca().withoutBasicConstraints(), true],
    ["a CA without keyCertSign", certificate().ca().keyUsage("cRLSign"), false],
    ["a leaf", certificate().key("p-256"), false],
    ["a leaf without keyUsage", certificate().key("p-256").withoutKeyUsage(), false],
  ])("%s", (_, builder, expected) => {
    expect(mayIssue(trustAnchor(builder.build().certificate))).toBe(expected);
  });
});

describe("isWeakKey", () => {
  it("holds for RSA keys below 2048 bits", () => {
    expect(isWeakKey(certificate().key("rsa-1024").build().certificate)).toBe(true);
    expect(isWeakKey(certificate().key("rsa-2048").build().certificate)).toBe(false);
    expect(isWeakKey(certificate().key("p-256").build().certificate)).toBe(false);
  });
});
