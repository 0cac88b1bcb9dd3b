import { describe, expect, it } from "vitest";
import { MAX_CONTAINER_SIZE, MAX_PASSPHRASE_LENGTH } from "./bytes.ts";
import { parseOpenRequest, parseRequest } from "./requests.ts";

const isTaken = (value: unknown): boolean => parseRequest(value) !== null;
const isOpened = (value: unknown): boolean => parseOpenRequest(value) !== null;
const file = new Uint8Array(3);
const fingerprint = "0a".repeat(32);

describe("requests", () => {
  it("takes each request as it is declared", () => {
    expect(isTaken({ name: "inspectPkcs12", file, passphrase: "" })).toBe(true);
    expect(isTaken({ name: "importIdentities", file, passphrase: "x", accept: [fingerprint] })).toBe(true);
    expect(isTaken({ name: "trustAnchors", file, accept: [] })).toBe(true);
    for (const name of ["listIdentities", "forgetIdentities", "listAnchors", "forgetAnchors"]) {
      expect(isTaken({ name })).toBe(true);
    }
  });

  it.each([
    ["an unknown name", { name: "exportIdentities" }],
    ["a name from Object's prototype", { name: "constructor" }],
    ["no name", { file }],
    ["a field more", { name: "listIdentities", tab: 1 }],
    ["a field less", { name: "inspectPkcs12", file }],
    ["bytes as text", { name: "inspectAnchors", file: "MII=" }],
    ["bytes as an object", { name: "inspectAnchors", file: { 0: 1, length: 1 } }],
    ["too many bytes", { name: "inspectAnchors", file: new Uint8Array(MAX_CONTAINER_SIZE + 1) }],
    ["too long a passphrase", { name: "inspectPkcs12", file, passphrase: "x".repeat(MAX_PASSPHRASE_LENGTH + 1) }],
    ["a fingerprint that is none", { name: "trustAnchors", file, accept: ["*"] }],
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
