import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../bytes/hex.ts";
import { x963Kdf } from "./x963-kdf.ts";

describe("x963Kdf", () => {
  it.each([
    ["sha-1", 16],
    ["sha-224", 24],
    ["sha-256", 32],
    ["sha-256", 100],
    ["sha-384", 48],
    ["sha-512", 65],
  ] as const)("derives with %s %d octets as OpenSSL does", async (digest, length) => {
    const secret = "00112233445566778899aabbccddeeff".repeat(4);
    const sharedInfo = "3015300b060960864801650304012da2060404000000ff";
    const options = [`digest:${digest.replace("-", "")}`, `hexsecret:${secret}`, `hexinfo:${sharedInfo}`];
    const args = ["kdf", "-keylen", String(length), ...options.flatMap((option) => ["-kdfopt", option]), "X963KDF"];
    const expected = execFileSync("openssl", args, { encoding: "utf8" }).trim().replaceAll(":", "").toLowerCase();
    expect(toHex(await x963Kdf(digest, fromHex(secret)!, length, fromHex(sharedInfo)!))).toBe(expected);
  });

  it("gives the CAVS vector of NIST for SHA-256", async () => {
    const secret = fromHex("96c05619d56c328ab95fe84b18264b08725b85e33fd34f08")!;
    expect(toHex(await x963Kdf("sha-256", secret, 16, new Uint8Array(0)))).toBe("443024c3dae66b95e6f5670601558f71");
  });
});
