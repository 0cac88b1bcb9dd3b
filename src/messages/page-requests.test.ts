import { describe, expect, it } from "vitest";
import { drawMark } from "../settings/mark.ts";
import { MAX_CONTAINER_SIZE, MAX_PASSPHRASE_LENGTH } from "./bytes.ts";
import { parseOpenRequest, parsePageRequest, type PageRequest } from "./page-requests.ts";

const isTaken = (value: unknown): boolean => parsePageRequest(value) !== null;
const isOpened = (value: unknown): boolean => parseOpenRequest(value) !== null;
const file = new Uint8Array(3);
const fingerprint = "0a".repeat(32);
const passphrase = "x";

/** One of each, as it is declared. */
const EXAMPLES: { readonly [Name in PageRequest["name"]]: Extract<PageRequest, { name: Name }> } = {
  vaultState: { name: "vaultState" },
  createVault: { name: "createVault", protection: "passphrase", passphrase },
  unlock: { name: "unlock", passphrase: null },
  lockNow: { name: "lockNow" },
  changeProtection: { name: "changeProtection", current: passphrase, protection: "device" },
  eraseKeys: { name: "eraseKeys", confirm: "erase" },
  inspectPkcs12: { name: "inspectPkcs12", file, passphrase },
  importIdentities: { name: "importIdentities", file, passphrase, accept: [fingerprint], keep: "session" },
  listIdentities: { name: "listIdentities" },
  removeIdentity: { name: "removeIdentity", fingerprint },
  forgetSessionIdentities: { name: "forgetSessionIdentities" },
  inspectAnchors: { name: "inspectAnchors", file },
  trustAnchors: { name: "trustAnchors", file, accept: [] },
  listAnchors: { name: "listAnchors" },
  removeAnchor: { name: "removeAnchor", fingerprint },
  removeOwnAnchors: { name: "removeOwnAnchors" },
  switchAnchor: { name: "switchAnchor", fingerprint, isTrusted: false },
  listContacts: { name: "listContacts" },
  importContacts: { name: "importContacts", file, accept: [fingerprint] },
  removeContact: { name: "removeContact", address: "a@b.example" },
  contactCertificate: { name: "contactCertificate", address: "a@b.example", fingerprint },
  decideReplacement: { name: "decideReplacement", address: "a@b.example", take: "old", fingerprint },
  decidePerson: { name: "decidePerson", certificate: file, address: "a@b.example" },
  listPeople: { name: "listPeople" },
  forgetPerson: { name: "forgetPerson", decision: `${fingerprint}/a@b.example` },
  getQuestion: { name: "getQuestion", viewId: "0b".repeat(16) },
  answerQuestion: { name: "answerQuestion", viewId: "0b".repeat(16), isConfirmed: true },
  openWithPassword: { name: "openWithPassword", viewId: "0b".repeat(16), password: passphrase },
  getSettings: { name: "getSettings" },
  setSetting: { name: "setSetting", setting: "AlwaysSign", value: true },
  acceptPolicyRemoval: { name: "acceptPolicyRemoval" },
  getMark: { name: "getMark" },
  setMark: { name: "setMark", mark: drawMark(3, 4) },
  verdictsInTab: { name: "verdictsInTab", tabId: 1 },
  listSites: { name: "listSites" },
};

describe("requests of pages", () => {
  it.each(Object.entries(EXAMPLES))("takes %s as it is declared, and not with a field more or less", (_, request) => {
    expect(parsePageRequest(request)).toEqual(request);
    expect(isTaken({ ...request, tab: 1 })).toBe(false);
    for (const field of Object.keys(request)) {
      const less = Object.fromEntries(Object.entries(request).filter(([name]) => name !== field));
      const isOptional = field === "keep" || (field === "passphrase" && request.name === "createVault");
      expect([field, isTaken(less)]).toEqual([field, isOptional]);
    }
  });

  it.each([
    ["an unknown name", { name: "exportIdentities" }],
    ["a name from Object's prototype", { name: "constructor" }],
    ["no name", { file }],
    ["bytes as text", { name: "inspectAnchors", file: "MII=" }],
    ["bytes as an object", { name: "inspectAnchors", file: { 0: 1, length: 1 } }],
    ["too many bytes", { name: "inspectAnchors", file: new Uint8Array(MAX_CONTAINER_SIZE + 1) }],
    ["too long a passphrase", { name: "unlock", passphrase: "x".repeat(MAX_PASSPHRASE_LENGTH + 1) }],
    ["a fingerprint that is none", { name: "trustAnchors", file, accept: ["*"] }],
    ["a fingerprint in capitals", { name: "removeIdentity", fingerprint: "0A".repeat(32) }],
    ["an erasure that nobody confirmed", { name: "eraseKeys", confirm: "yes" }],
    ["a protection that is none", { name: "createVault", protection: "none" }],
    ["a mark with markup", { name: "setMark", mark: { shape: "<b>", colour: "red", word: "" } }],
    ["a list", [{ name: "listIdentities" }]],
    ["text", "listIdentities"],
    ["nothing", null],
  ])("refuses %s", (_, value) => {
    expect(isTaken(value)).toBe(false);
  });

  it("takes a message as a file only", () => {
    const message = new Blob(["x"]);
    expect(isOpened({ name: "openMessage", message })).toBe(true);
    expect(isOpened({ name: "openMessage", message, detachedContent: message })).toBe(true);
    expect(isOpened({ name: "openMessage", message: "x" })).toBe(false);
    expect(isOpened({ name: "openMessage", message, path: "/etc/passwd" })).toBe(false);
    expect(isOpened({ name: "listIdentities" })).toBe(false);
  });
});
