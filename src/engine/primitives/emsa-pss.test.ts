import { constants, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { utf8Bytes } from "../bytes/text.ts";
import type { DigestName } from "./digest.ts";
import { verifySignature, type RsaPssScheme } from "./signature.ts";

const MESSAGE = utf8Bytes("signed attributes");
const KEYS = [1024, 1025, 2048].map((modulusLength) => generateKeyPairSync("rsa", { modulusLength }));

function spkiOf(key: KeyObject): Uint8Array {
  return new Uint8Array(key.export({ type: "spki", format: "der" }));
}

/** Signed by openssl, which takes a digest for the mask of its own. */
function opensslPss(key: KeyObject, digest: string, mask: string, saltLength: number): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), "signet-pss-"));
  try {
    writeFileSync(join(folder, "key.pem"), key.export({ type: "pkcs8", format: "pem" }));
    writeFileSync(join(folder, "message"), MESSAGE);
    const options = [`rsa_padding_mode:pss`, `rsa_pss_saltlen:${saltLength}`, `rsa_mgf1_md:${mask}`];
    const words = ["dgst", `-${digest}`, "-sign", "key.pem", ...options.flatMap((option) => ["-sigopt", option])];
    execFileSync("openssl", [...words, "-out", "signature", "message"], { cwd: folder });
    return new Uint8Array(readFileSync(join(folder, "signature")));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("RSA-PSS that WebCrypto has not (RFC 8017 section 9.1.2)", () => {
  const digests = ["sha-224", "sha-512/256", "sha3-256", "sha3-512", "ripemd-160"] as const satisfies DigestName[];

  it.each(digests)("accepts OpenSSL's signature with %s, and no altered one", async (digest) => {
    for (const { privateKey, publicKey } of KEYS.slice(digest === "sha3-512" ? 2 : 0)) {
      const options = { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 17 };
      const name = digest.replace("sha-", "sha").replace("/", "-").replace("-160", "160");
      const signature = new Uint8Array(sign(name, MESSAGE, options));
      const verify = (scheme: Partial<RsaPssScheme>, message = MESSAGE, octets = signature) =>
        verifySignature({ kind: "rsa-pss", digest, saltLength: 17, ...scheme }, spkiOf(publicKey), message, octets);
      expect(await verify({})).toBe("valid");
      expect(await verify({}, utf8Bytes("changed"))).toBe("invalid");
      expect(await verify({ saltLength: 16 })).toBe("invalid");
      expect(await verify({ saltLength: 18 })).toBe("invalid");
      expect(await verify({ maskDigest: "sha-1" })).toBe("invalid");
      expect(await verify({}, MESSAGE, signature.subarray(1))).toBe("invalid");
      expect(
        await verify(
          {},
          MESSAGE,
          signature.map((octet, i) => (i === 9 ? octet ^ 1 : octet)),
        ),
      ).toBe("invalid");
      expect(await verify({}, MESSAGE, new Uint8Array(signature.length))).toBe("invalid");
      expect(await verify({}, MESSAGE, new Uint8Array(signature.length).fill(0xff))).toBe("invalid");
    }
  });

  it("accepts a mask of another digest, and only that one", async () => {
    const [, , pair] = KEYS;
    const signature = opensslPss(pair!.privateKey, "sha256", "sha1", 32);
    const scheme = { kind: "rsa-pss", digest: "sha-256", saltLength: 32 } as const;
    const spki = spkiOf(pair!.publicKey);
    expect(await verifySignature({ ...scheme, maskDigest: "sha-1" }, spki, MESSAGE, signature)).toBe("valid");
    expect(await verifySignature({ ...scheme, maskDigest: "sha-512" }, spki, MESSAGE, signature)).toBe("invalid");
    expect(await verifySignature(scheme, spki, MESSAGE, signature)).toBe("invalid");
  });
});
