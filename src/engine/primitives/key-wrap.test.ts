import { createCipheriv } from "node:crypto";
import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../bytes/hex.ts";
import { SmimeError } from "../errors.ts";
import { unwrapKey, wrapKey } from "./key-wrap.ts";

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
    expect(toHex(unwrapKey(hex(kek), hex(wrapped)))).toBe(key.toLowerCase());
  });

  it("reads what OpenSSL wrapped", () => {
    const kek = new Uint8Array(32).fill(1);
    const key = new Uint8Array(24).fill(2);
    const wrapped = createCipheriv("id-aes256-wrap", kek, hex("A6A6A6A6A6A6A6A6")).update(key);
    expect(unwrapKey(kek, new Uint8Array(wrapped))).toEqual(key);
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
      expect(() => unwrapKey(kek, wrong)).toThrow(new SmimeError("decrypt.failed"));
    }
    expect(() => unwrapKey(kek.subarray(1), wrapped)).toThrow(new SmimeError("decrypt.failed"));
  });
});
