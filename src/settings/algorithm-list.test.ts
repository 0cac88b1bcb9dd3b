import { describe, expect, it } from "vitest";
import { isAlgorithmList, signingDigests } from "./algorithm-list.ts";

describe("a list of algorithms as Exchange has it", () => {
  it("names digests in the order of preference", () => {
    expect(signingDigests("800E;800d;800C")).toEqual(["sha-512", "sha-384", "sha-256"]);
    expect(signingDigests("800E,1.2.840.113549.1.1.13;800C")).toEqual(["sha-512", "sha-256"]);
  });

  it("never leads to SHA-1 or MD5, not even alone", () => {
    expect(signingDigests("800E;8004;8003")).toEqual(["sha-512"]);
    expect(signingDigests("8004")).toEqual(["sha-256"]);
    expect(signingDigests("")).toEqual(["sha-256"]);
  });

  it("is told from other text", () => {
    expect(isAlgorithmList("6603;6602:128;6602:64;6601;6602:56")).toBe(true);
    for (const text of ["", "sha256", "800E;", "800E,SHA", "8".repeat(2000)]) expect(isAlgorithmList(text)).toBe(false);
  });
});
