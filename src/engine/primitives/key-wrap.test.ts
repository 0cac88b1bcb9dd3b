import { createCipheriv } from "node:crypto";
import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../bytes/hex.ts";
import { SmimeError } from "../errors.ts";
import { unwrapKey, wrapKey } from "./key-wrap.ts";

const AES = { kind: "aes", keySize: 16 } as const;
const hex = (text: string) => fromHex(text) ?? new Uint8Array();

describe("AES key wrap", () => {
  it.each([
    // RFC 3394 sections 4.1 to 4.6: key-encryption key, key, wrapped.
    [
      "000102030405060708090A0B0C0D0E0F",
      "00112233445566778899AABBCCDDEEFF",
      "1FA68B0A8112B447AEF34BD8FB5A7B829D3E862371D2CFE5",
    ],
    [
      "000102030405060708090A0B0C0D0E0F1011121314151617",
      "00112233445566778899AABBCCDDEEFF",
      "96778B25AE6CA435F92B5B97C050AED2468AB8A17AD84E5D",
    ],
    [
      "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F",
      "00112233445566778899AABBCCDDEEFF",
      "64E8C3F9CE0F5BA263E9777905818A2A93C8191E7D6E8AE7",
    ],
    [
      "000102030405060708090A0B0C0D0E0F1011121314151617",
      "00112233445566778899AABBCCDDEEFF0001020304050607",
      "031D33264E15D33268F24EC260743EDCE1C6C7DDEE725A936BA814915C6762D2",
    ],
    [
      "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F",
      "00112233445566778899AABBCCDDEEFF0001020304050607",
      "A8F9BC1612C68B3FF6E6F4FBE30E71E4769C8B80A32CB8958CD5D17D6B254DA1",
    ],
    [
      "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F",
      "00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F",
      "28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21",
    ],
  ])("gives the test vectors of RFC 3394 under %s", (kek, key, wrapped) => {
    expect(toHex(wrapKey(hex(kek), hex(key)))).toBe(wrapped.toLowerCase());
    expect(toHex(unwrapKey(AES, hex(kek), hex(wrapped)))).toBe(key.toLowerCase());
  });

  it("reads what OpenSSL wrapped", () => {
    const kek = new Uint8Array(32).fill(1);
    const key = new Uint8Array(24).fill(2);
    const wrapped = createCipheriv("id-aes256-wrap", kek, hex("A6A6A6A6A6A6A6A6")).update(key);
    expect(unwrapKey(AES, kek, new Uint8Array(wrapped))).toEqual(key);
  });

  it("has one error for everything wrong", () => {
    const kek = new Uint8Array(16);
    const wrapped = wrapKey(kek, new Uint8Array(16));
    const altered = wrapped.slice();
    altered[20]! ^= 1;
    for (const wrong of [
      altered,
      wrapped.subarray(1),
      wrapped.subarray(0, 16),
      wrapped.subarray(0, 8),
      new Uint8Array(0),
    ]) {
      expect(() => unwrapKey(AES, kek, wrong)).toThrow(new SmimeError("decrypt.failed"));
    }
    expect(() => unwrapKey(AES, kek.subarray(1), wrapped)).toThrow(new SmimeError("decrypt.failed"));
  });
});

describe("other key wraps", () => {
  it("3DES: opens the example of RFC 3217 section 3.4 and nothing altered", () => {
    const wrap = { kind: "3des", keySize: 24 } as const;
    const kek = hex("255e0d1c07b646dfb3134cc843ba8aa71f025b7c0838251f");
    const wrapped = hex("690107618ef092b3b48ca1796b234ae9fa33ebb4159604037db5d6a84eb3aac2768c632775a467d4");
    const key = "2923bf85e06dd6ae529149f1f1bae9eab3a7da3d860d3e98";
    expect(toHex(unwrapKey(wrap, kek, wrapped))).toBe(key);
    for (const wrong of [wrapped.map((octet, i) => (i === 20 ? octet ^ 1 : octet)), wrapped.subarray(8), hex("")]) {
      expect(() => unwrapKey(wrap, kek, wrong)).toThrow(new SmimeError("decrypt.failed"));
    }
    expect(() => unwrapKey(wrap, kek.toReversed(), wrapped)).toThrow(new SmimeError("decrypt.failed"));
  });

  it("AES with padding: opens the examples of RFC 5649 section 6", () => {
    const wrap = { kind: "aes-padded", keySize: 24 } as const;
    const kek = hex("5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8");
    const long = hex("138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6a");
    expect(toHex(unwrapKey(wrap, kek, long))).toBe("c37b7e6492584340bed12207808941155068f738");
    expect(toHex(unwrapKey(wrap, kek, hex("afbeb0f07dfbf5419200f2ccb50bb24f")))).toBe("466f7250617369");
    expect(() => unwrapKey(wrap, kek, long.subarray(8))).toThrow(new SmimeError("decrypt.failed"));
  });
});
