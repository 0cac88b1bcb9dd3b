import { describe, expect, it } from "vitest";
import { algorithmIdentifier, readAlgorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { Cipher } from "../asn1/oids.ts";
import { Asn1Reader } from "../asn1/reader.ts";
import { type Der, encode, encoded, octetString, sequence, smallInteger } from "../asn1/writer.ts";
import { fromHex, toHex } from "../bytes/hex.ts";
import { CIPHERS, type CipherName } from "../primitives/cipher-registry.ts";
import {
  contentEncryptionAlgorithm,
  contentKey,
  readContentEncryption,
  withDerivation,
} from "./content-encryption-algorithm.ts";

const octets = (length: number) => octetString(new Uint8Array(length).fill(7));
const read = (oid: string, parameters: Der | "null" | "absent") =>
  readContentEncryption(readAlgorithmIdentifier(new Asn1Reader(encode(algorithmIdentifier(oid, parameters)), "ber")));
const refused = { code: "malformed.cms" };
const codeOf = (read: () => unknown): unknown => {
  try {
    return read();
  } catch (error) {
    return { code: (error as { code: string }).code };
  }
};

describe("the key derivation of RFC 9709", () => {
  it.each([
    // Appendices A.1 and A.2: the sent key, the cipher's AlgorithmIdentifier, the content's key.
    ["301b0609608648016503040106300e040c5c79058ba2f43447639d29e2", "2124ffb29fac4e0fbbc7d5d87492bff3"],
    ["301d06096086480165030401020410651f722ffd512c52fe072e507d72b377", "9cd102c52f1e19ece8729b35bfeceb50"],
  ])("gives the RFC's examples", (info, expected) => {
    const outer = algorithmIdentifier(Cipher.cekHkdfSha256, encoded(fromHex(info)!));
    const encryption = readContentEncryption(readAlgorithmIdentifier(new Asn1Reader(encode(outer))))!;
    const sent = fromHex("c702e7d0a9e064b09ba55245fb733cf3")!;
    expect(toHex(contentKey(sent, encryption))).toBe(expected);
    expect(contentKey(sent, { ...encryption, derivationInfo: null })).toBe(sent);
  });
});

describe("content-encryption algorithms", () => {
  it.each(Object.keys(CIPHERS) as CipherName[])("reads what it writes: %s", (name) => {
    const cipher = CIPHERS[name];
    const encryption = {
      cipher,
      iv: new Uint8Array(cipher.ivLength).fill(7),
      tagLength: cipher.mode === "gcm" ? 16 : 0,
      derivationInfo: null,
    };
    for (const written of [encryption, withDerivation(encryption)]) {
      const der = encode(contentEncryptionAlgorithm(written));
      expect(readContentEncryption(readAlgorithmIdentifier(new Asn1Reader(der)))).toEqual(written);
    }
  });

  it.each([
    [160, "rc2-40-cbc"],
    [120, "rc2-64-cbc"],
    [58, "rc2-128-cbc"],
    [59, undefined],
    [1024, undefined],
  ])("reads RC2 with version %d (RFC 3370 section 5.2)", (version, name) => {
    expect(read(Cipher.rc2Cbc, sequence(smallInteger(version), octets(8)))?.cipher.name).toBe(name);
  });

  it("reads CCM with nonces of 7 to 13 octets and even tags from 12", () => {
    expect(read(Cipher.aes128Ccm, sequence(octets(7)))).toMatchObject({ tagLength: 12 });
    expect(read(Cipher.aes256Ccm, sequence(octets(13), smallInteger(16)))).toMatchObject({ tagLength: 16 });
    for (const [nonce, tag] of [
      [6, 16],
      [14, 16],
      [12, 13],
      [12, 4],
      [12, 10],
    ] as const) {
      expect(codeOf(() => read(Cipher.aes128Ccm, sequence(octets(nonce), smallInteger(tag))))).toEqual(refused);
    }
  });

  it("refuses a key derivation without a cipher, or of another derivation", () => {
    expect(codeOf(() => read(Cipher.cekHkdfSha256, "absent"))).toEqual(refused);
    expect(codeOf(() => read(Cipher.cekHkdfSha256, octets(4)))).toEqual(refused);
    const twice = algorithmIdentifier(Cipher.cekHkdfSha256, algorithmIdentifier(Cipher.aes128Cbc, octets(16)));
    expect(read(Cipher.cekHkdfSha256, twice)).toBeNull();
  });

  it("knows nothing of other ciphers", () => {
    expect(read("1.3.6.1.4.1.99999.1", "absent")).toBeNull();
    expect(read(Cipher.rc2Cbc, octets(8))).toBeNull();
    expect(read(Cipher.aes256Wrap, "absent")).toBeNull();
  });

  it.each([
    ["no parameters", "absent"],
    ["NULL", "null"],
    ["no vector", octets(0)],
    ["a short vector", octets(15)],
    ["a long vector", octets(17)],
    ["a structure", sequence(octets(16))],
  ] as const)("refuses CBC with %s", (_name, parameters) => {
    expect(codeOf(() => read(Cipher.aes128Cbc, parameters))).toEqual(refused);
  });

  it("refuses 3DES with a vector of 16 octets", () => {
    expect(codeOf(() => read(Cipher.desEde3Cbc, octets(16)))).toEqual(refused);
    expect(read(Cipher.desEde3Cbc, octets(8))?.cipher.name).toBe("des-ede3-cbc");
  });

  it.each([
    ["no parameters", "absent"],
    ["a bare nonce", octets(12)],
    ["no nonce", sequence(octets(0), smallInteger(16))],
    ["a tag of 11 octets", sequence(octets(12), smallInteger(11))],
    ["a tag of 17 octets", sequence(octets(12), smallInteger(17))],
    ["a tag of 0 octets", sequence(octets(12), smallInteger(0))],
    ["something left over", sequence(octets(12), smallInteger(16), smallInteger(1))],
  ] as const)("refuses GCM with %s (RFC 5084 section 3.2)", (_name, parameters) => {
    expect(codeOf(() => read(Cipher.aes256Gcm, parameters))).toEqual(refused);
  });

  it("takes 12 octets of tag by default, and nonces of other lengths", () => {
    expect(read(Cipher.aes256Gcm, sequence(octets(12)))).toMatchObject({ tagLength: 12 });
    expect(read(Cipher.aes256Gcm, sequence(octets(16), smallInteger(13)))).toMatchObject({ tagLength: 13 });
  });
});
