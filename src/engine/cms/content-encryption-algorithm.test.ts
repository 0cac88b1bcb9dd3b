import { describe, expect, it } from "vitest";
import { algorithmIdentifier, readAlgorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { Cipher } from "../asn1/oids.ts";
import { Asn1Reader } from "../asn1/reader.ts";
import { type Der, encode, octetString, sequence, smallInteger } from "../asn1/writer.ts";
import { CIPHERS, type CipherName } from "../primitives/content-cipher.ts";
import { contentEncryptionAlgorithm, readContentEncryption } from "./content-encryption-algorithm.ts";

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

describe("content-encryption algorithms", () => {
  it.each(Object.keys(CIPHERS) as CipherName[])("reads what it writes: %s", (name) => {
    const cipher = CIPHERS[name];
    const encryption = {
      cipher,
      iv: new Uint8Array(cipher.ivLength).fill(7),
      tagLength: cipher.mode === "gcm" ? 16 : 0,
    };
    const der = encode(contentEncryptionAlgorithm(encryption));
    expect(readContentEncryption(readAlgorithmIdentifier(new Asn1Reader(der)))).toEqual(encryption);
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
