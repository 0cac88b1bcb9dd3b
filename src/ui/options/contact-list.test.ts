import { describe, expect, it } from "vitest";
import type { CertificateView, ContactView } from "../../messages/page-answers.ts";
import { contactState, findContacts } from "./contact-list.ts";

const now = Date.UTC(2026, 10, 20);
const certificate = (days: number, usages: CertificateView["usages"] = ["sign", "encrypt"]): CertificateView => ({
  fingerprint: "0a".repeat(32),
  subject: "CN=Somebody",
  issuer: "CN=Clinic CA",
  emails: [],
  serial: "01",
  notBefore: new Date(0),
  notAfter: new Date(now + days * 86_400_000),
  isAuthority: false,
  usages,
  key: "RSA 2048",
});
const contact = (address: string, rest: Partial<ContactView> = {}): ContactView => ({
  address,
  certificate: certificate(100),
  source: "file",
  since: new Date(0),
  replacement: null,
  ...rest,
});
const waiting = contact("zoe@example.com", { replacement: { certificate: certificate(400), since: new Date(now) } });
const ended = contact("bob@example.com", { certificate: certificate(-1) });
const good = contact("ana@example.com");

describe("the contacts on the page", () => {
  it("puts those that wait for a decision first, then goes by address", () => {
    expect(findContacts([ended, waiting, good], "", "all", now)).toEqual([waiting, good, ended]);
  });

  it("is searched in addresses, names and issuers", () => {
    expect(findContacts([ended, waiting, good], "clinic ANA", "all", now)).toEqual([good]);
    expect(findContacts([ended, waiting, good], "nobody", "all", now)).toEqual([]);
  });

  it("is filtered by what needs a person", () => {
    expect(findContacts([ended, waiting, good], "", "attention", now)).toEqual([waiting, ended]);
    expect(findContacts([ended, waiting, good], "", "soon", now)).toEqual([]);
  });

  it("says of a certificate that cannot encrypt that it is only for signatures", () => {
    expect(contactState(contact("x@example.com", { certificate: certificate(100, ["sign"]) }), now)).toBe("sign-only");
  });
});
