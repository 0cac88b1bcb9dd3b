import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { Digest } from "../asn1/oids.ts";
import { fromHex, toHex } from "../bytes/hex.ts";
import { utf8Bytes } from "../bytes/text.ts";
import {
  digest,
  DIGEST_SIZE,
  digestByAlgorithm,
  digestByOid,
  digestOfSignerInfo,
  digestOid,
  isWeakDigest,
  type DigestName,
} from "./digest.ts";

const NODE_NAMES: Readonly<Record<DigestName, string>> = {
  md5: "md5",
  "sha-1": "sha1",
  "ripemd-160": "ripemd160",
  "sha-224": "sha224",
  "sha-256": "sha256",
  "sha-384": "sha384",
  "sha-512": "sha512",
  "sha-512/224": "sha512-224",
  "sha-512/256": "sha512-256",
  "sha3-224": "sha3-224",
  "sha3-256": "sha3-256",
  "sha3-384": "sha3-384",
  "sha3-512": "sha3-512",
  shake128: "shake128",
  shake256: "shake256",
};
const NAMES = Object.keys(NODE_NAMES) as DigestName[];

describe("digest", () => {
  it.each(NAMES)("computes %s as OpenSSL does", async (name) => {
    const message = utf8Bytes("The quick brown fox jumps over the lazy dog");
    const options = name.startsWith("shake") ? { outputLength: DIGEST_SIZE[name] } : {};
    const expected = createHash(NODE_NAMES[name], options).update(message).digest("hex");
    const computed = await digest(name, message);
    expect(toHex(computed)).toBe(expected);
    expect(computed).toHaveLength(DIGEST_SIZE[name]);
  });

  it("finds each digest by its OID, with absent or NULL parameters and no others", () => {
    for (const name of NAMES) expect(digestByOid(digestOid(name))).toBe(name);
    expect(digestByOid("1.2.3")).toBeNull();
    const oid = digestOid("sha-256");
    const value = (tag: number) => ({ tag, content: new Uint8Array(), bytes: Uint8Array.of(tag, 0) });
    expect(digestByAlgorithm({ oid, parameters: null })).toBe("sha-256");
    expect(digestByAlgorithm({ oid, parameters: value(0x05) })).toBe("sha-256");
    expect(digestByAlgorithm({ oid, parameters: value(0x30) })).toBeNull();
  });

  it("calls what has collisions within reach weak (attack 10)", () => {
    expect(NAMES.filter(isWeakDigest)).toEqual(["md5", "sha-1", "ripemd-160"]);
  });

  it("knows what a SignerInfo means: signature algorithms, any parameters, SHAKE256 with its length", () => {
    const tlv = (bytes: string) => ({ tag: 0x02, content: fromHex(bytes)!.subarray(2), bytes: fromHex(bytes)! });
    expect(digestOfSignerInfo({ oid: digestOid("sha-256"), parameters: tlv("020101") })).toBe("sha-256");
    // sha256WithRSAEncryption, and ecdsa-with-SHA384.
    expect(digestOfSignerInfo({ oid: "1.2.840.113549.1.1.11", parameters: null })).toBe("sha-256");
    expect(digestOfSignerInfo({ oid: "1.2.840.10045.4.3.3", parameters: null })).toBe("sha-384");
    expect(digestOfSignerInfo({ oid: Digest.shake256Len, parameters: tlv("02020200") })).toBe("shake256");
    expect(digestOfSignerInfo({ oid: Digest.shake256Len, parameters: tlv("02020100") })).toBeNull();
    expect(digestOfSignerInfo({ oid: "1.2.3", parameters: null })).toBeNull();
  });
});
