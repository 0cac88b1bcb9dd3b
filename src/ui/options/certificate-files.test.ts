import { describe, expect, it } from "vitest";
import type { CertificateView } from "../../messages/page-answers.ts";
import { fateAsAnchor, fateAsContact, isChoosable, isChosenFirst } from "./certificate-files.ts";

const now = Date.UTC(2026, 10, 20);
const known = { fingerprints: new Set(["known"]), now };
const certificate = (rest: Partial<CertificateView>): CertificateView => ({
  fingerprint: "new",
  subject: "CN=Somebody",
  issuer: "CN=Clinic CA",
  emails: ["ana@example.com"],
  serial: "01",
  notBefore: new Date(0),
  notAfter: new Date(now + 1),
  isAuthority: false,
  usages: ["sign"],
  key: "RSA 2048",
  ...rest,
});

describe("a certificate from a file", () => {
  it.each([
    ["authority", { isAuthority: true }],
    ["ended", { isAuthority: true, notAfter: new Date(now - 1) }],
    ["belongs-to-contacts", {}],
    ["known", { fingerprint: "known", isAuthority: true }],
  ] as const)("is %s for the list of issuers", (fate, rest) => {
    expect(fateAsAnchor(certificate(rest), known)).toBe(fate);
  });

  it.each([
    ["contact", {}],
    ["no-address", { emails: [] }],
    ["belongs-to-trust", { isAuthority: true }],
    ["known", { fingerprint: "known" }],
  ] as const)("is %s for the contacts", (fate, rest) => {
    expect(fateAsContact(certificate(rest), known)).toBe(fate);
  });

  it("of an authority that has ended may be chosen, and is not at first", () => {
    expect([isChoosable("ended"), isChosenFirst("ended")]).toEqual([true, false]);
  });
});
