import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { toHex } from "../bytes/hex.ts";
import { utf8Bytes } from "../bytes/text.ts";
import {
  digest,
  DIGEST_SIZE,
  digestByAlgorithm,
  digestByOid,
  digestOid,
  isWeakDigest,
  type DigestName,
} from "./digest.ts";

const NAMES: readonly DigestName[] = ["md5", "sha-1", "sha-224", "sha-256", "sha-384", "sha-512"];

describe("digest", () => {
  it.each(NAMES)("computes %s as OpenSSL does", async (name) => {
    const message = utf8Bytes("The quick brown fox jumps over the lazy dog");
    const expected = createHash(name.replace("-", "")).update(message).digest("hex");
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

  it("calls MD5 and SHA-1 weak (attack 10)", () => {
    expect(NAMES.filter(isWeakDigest)).toEqual(["md5", "sha-1"]);
  });
});
