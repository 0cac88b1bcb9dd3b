import { describe, expect, it } from "vitest";
import { compareCode } from "./compared-code.ts";

const fingerprint = "0123456789abcdef".repeat(4);
const colons = (fingerprint.match(/../g) ?? []).join(":").toUpperCase();

describe("a code that a person was given", () => {
  it.each([
    ["nothing", " ", "empty"],
    ["the code as we show it", (fingerprint.match(/.{1,5}/g) ?? []).join(" "), "fits"],
    ["the code of OpenSSL", `SHA256 Fingerprint=${colons}`.replace("Fingerprint=", ""), "fits"],
    ["the code with colons", colons, "fits"],
    ["its beginning only, which is not enough", fingerprint.slice(0, 20), "short"],
    ["a SHA-1 thumbprint", "aa".repeat(20), "old-kind"],
    ["one digit off", `${fingerprint.slice(0, 63)}0`, "differs"],
    ["a digit more", `${fingerprint}0`, "differs"],
  ] as const)("is judged: %s", (_, typed, match) => {
    expect(compareCode(typed, fingerprint)).toBe(match);
  });
});
