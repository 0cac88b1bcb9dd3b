import { describe, expect, it } from "vitest";
import { imitatedContact, plainAddress } from "./look-alike.ts";
import { decodePunycode } from "./punycode.ts";

const CONTACTS = ["ana@hospital.example", "jörg@bank.example"];
const imitated = (address: string): string | null => imitatedContact(address, CONTACTS);

describe("an address that imitates a contact (attack 19)", () => {
  it.each([
    ["a Cyrillic letter before the @", "аna@hospital.example"],
    ["Cyrillic letters in the domain", "ana@hоspitаl.example"],
    ["Greek letters", "αna@hοspital.example"],
    ["letters in full width", "ana@ｈospital.example"],
    ["letters with a dot below", "ana@hospịtal.example"],
    ["a domain as IDNA has it", `ana@${new URL("http://hоspital.example/").hostname}`],
  ])("is found by %s", (_, address) => {
    expect(imitated(address)).toBe("ana@hospital.example");
  });

  it.each([
    ["the contact's own", "ana@hospital.example"],
    ["the contact's own, with capitals", "Ana@Hospital.example"],
    ["another of plain letters", "anna@hospital.example"],
    ["the contact's own with letters of its language", "jörg@bank.example"],
    ["another with letters of its language", "zoë@hospital.example"],
  ])("is not %s", (_, address) => {
    expect(imitated(address)).toBeNull();
  });

  it("is written plainly: the domain as the network has it, other letters by their code points", () => {
    expect(plainAddress("аna@bücher.example")).toBe("[U+0430]na@xn--bcher-kva.example");
    expect(plainAddress("ana@hospital.example")).toBe("ana@hospital.example");
  });
});

describe("Punycode (RFC 3492)", () => {
  // Section 7.1 of the RFC.
  it.each([
    ["egbpdaj6bu4bxfgehfvwxn", "ليهمابتكلموشعربي؟"],
    ["ihqwcrb4cv8a8dqg056pqjye", "他们为什么不说中文"],
    ["Proprostnemluvesky-uyb24dma41a", "Pročprostěnemluvíčesky"],
    ["PorqunopuedensimplementehablarenEspaol-fmd56a", "PorquénopuedensimplementehablarenEspañol"],
    ["3B-ww4c5e180e575a65lsy2b", "3年B組金八先生"],
    ["-> $1.00 <--", null],
  ])("decodes the sample %s", (label, text) => {
    expect(decodePunycode(label)).toBe(text);
  });

  it("says of anything else that it is none, and never throws", () => {
    for (const label of ["", "99999999", "a-", "zzzzzzzzzzzzzzzz", "-", "a".repeat(64)]) {
      expect(() => decodePunycode(label)).not.toThrow();
    }
    expect(decodePunycode("99999999999999999999")).toBeNull();
  });
});
