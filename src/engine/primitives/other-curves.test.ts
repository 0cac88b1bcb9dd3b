import { diffieHellman, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from "node:crypto";
import { describe, expect, it } from "vitest";
import { toHex } from "../bytes/hex.ts";
import { utf8Bytes } from "../bytes/text.ts";
import { ephemeralAgreement } from "./ecdh.ts";
import { importPrivateKey, matchesPublicKey } from "./private-key.ts";
import { rawSpki } from "./public-key.ts";
import { verifySignature } from "./signature.ts";

const MESSAGE = utf8Bytes("signed attributes");
const CURVES = ["brainpoolP256r1", "brainpoolP384r1", "brainpoolP512r1", "secp256k1"] as const;

function pkcs8Of(key: KeyObject): Uint8Array {
  return new Uint8Array(key.export({ type: "pkcs8", format: "der" }));
}

function spkiOf(key: KeyObject): Uint8Array {
  return new Uint8Array(key.export({ type: "spki", format: "der" }));
}

describe.each(CURVES)("%s, which no WebCrypto has", (namedCurve) => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve });

  it.each(["sha-256", "sha-512", "sha3-384"] as const)("verifies OpenSSL's ECDSA with %s", async (digest) => {
    const scheme = { kind: "ecdsa", digest } as const;
    // Many, since every other one has an s in the upper half, which some curves' libraries refuse by default.
    for (let i = 0; i < 4; i++) {
      const signature = new Uint8Array(sign(digest.replace("sha-", "sha"), MESSAGE, privateKey));
      expect(await verifySignature(scheme, spkiOf(publicKey), MESSAGE, signature)).toBe("valid");
      expect(await verifySignature(scheme, spkiOf(publicKey), utf8Bytes("changed"), signature)).toBe("invalid");
    }
  });

  it("signs what OpenSSL verifies", async () => {
    const key = await importPrivateKey(pkcs8Of(privateKey));
    expect(key).toMatchObject({ type: "ec", curve: namedCurve });
    expect(matchesPublicKey(key, spkiOf(publicKey))).toBe(true);
    const signature = await key.sign({ kind: "ecdsa", digest: "sha-384" }, MESSAGE);
    expect(verify("sha384", MESSAGE, publicKey, signature)).toBe(true);
  });

  it("agrees with OpenSSL, and with nobody off the curve", async () => {
    const key = await importPrivateKey(pkcs8Of(privateKey));
    const peer = generateKeyPairSync("ec", { namedCurve });
    const expected = diffieHellman({ privateKey: peer.privateKey, publicKey });
    expect(toHex(await key.agree(spkiOf(peer.publicKey)))).toBe(expected.toString("hex"));
    const off = spkiOf(peer.publicKey).map((octet, i, all) => (i === all.length - 1 ? octet ^ 1 : octet));
    await expect(key.agree(off)).rejects.toMatchObject({ code: "decrypt.failed" });
    await expect(ephemeralAgreement(off)).rejects.toMatchObject({ code: "unsupported.key" });
  });
});

describe("ECDSA on NIST's curves with digests that WebCrypto has not", () => {
  it.each(["sha-224", "sha3-256"] as const)("verifies OpenSSL's with %s", async (digest) => {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-521" });
    const signature = new Uint8Array(sign(digest.replace("sha-", "sha"), MESSAGE, privateKey));
    expect(await verifySignature({ kind: "ecdsa", digest }, spkiOf(publicKey), MESSAGE, signature)).toBe("valid");
    expect(await verifySignature({ kind: "ecdsa", digest: "sha-256" }, spkiOf(publicKey), MESSAGE, signature)).toBe(
      "invalid",
    );
  });
});

describe.each(["ed25519", "ed448"] as const)("%s (RFC 8032)", (kind) => {
  // The overloads of node want a literal.
  const { privateKey, publicKey } = kind === "ed25519" ? generateKeyPairSync("ed25519") : generateKeyPairSync("ed448");
  const scheme = { kind, digest: "sha-512" } as const;

  it("verifies OpenSSL's signatures and no others", async () => {
    const signature = new Uint8Array(sign(null, MESSAGE, privateKey));
    const check = (octets: Uint8Array, message = MESSAGE) =>
      verifySignature(scheme, spkiOf(publicKey), message, octets);
    expect(await check(signature)).toBe("valid");
    expect(await check(signature, utf8Bytes("changed"))).toBe("invalid");
    expect(await check(signature.subarray(1))).toBe("invalid");
    expect(await check(signature.map((octet, i) => (i === 3 ? octet ^ 1 : octet)))).toBe("invalid");
    const other = kind === "ed25519" ? ("ed448" as const) : ("ed25519" as const);
    expect(await verifySignature({ ...scheme, kind: other }, spkiOf(publicKey), MESSAGE, signature)).toBe("invalid");
  });

  it("signs what OpenSSL verifies", async () => {
    const key = await importPrivateKey(pkcs8Of(privateKey));
    expect(matchesPublicKey(key, spkiOf(publicKey))).toBe(true);
    expect(verify(null, MESSAGE, publicKey, await key.sign(scheme, MESSAGE))).toBe(true);
    await expect(key.sign({ kind: "ecdsa", digest: "sha-512" }, MESSAGE)).rejects.toMatchObject({
      code: "unsupported.key",
    });
    await expect(key.agree(spkiOf(publicKey))).rejects.toMatchObject({ code: "decrypt.failed" });
  });
});

describe.each(["X25519", "X448"] as const)("%s (RFC 7748)", (curve) => {
  const { privateKey, publicKey } = curve === "X25519" ? generateKeyPairSync("x25519") : generateKeyPairSync("x448");

  it("agrees with OpenSSL in both directions", async () => {
    const key = await importPrivateKey(pkcs8Of(privateKey));
    expect(key).toMatchObject({ type: "montgomery", curve });
    expect(toHex(key.publicKeySpki)).toBe(toHex(spkiOf(publicKey)));
    const { publicKey: ephemeral, sharedSecret } = await ephemeralAgreement(spkiOf(publicKey));
    expect(toHex(await key.agree(rawSpki(curve, ephemeral)))).toBe(toHex(sharedSecret));
    const peer = createPublicKey({ key: Buffer.from(rawSpki(curve, ephemeral)), format: "der", type: "spki" });
    expect(diffieHellman({ privateKey, publicKey: peer }).toString("hex")).toBe(toHex(sharedSecret));
  });

  it("refuses a peer that makes the secret zero", async () => {
    const key = await importPrivateKey(pkcs8Of(privateKey));
    const zero = rawSpki(curve, new Uint8Array(curve === "X25519" ? 32 : 56));
    await expect(key.agree(zero)).rejects.toMatchObject({ code: "decrypt.failed" });
    await expect(ephemeralAgreement(zero)).rejects.toMatchObject({ code: "unsupported.key" });
  });
});
