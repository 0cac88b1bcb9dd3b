import { constants, createPrivateKey, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readAlgorithmIdentifier, type AlgorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { Asn1Reader } from "../asn1/reader.ts";
import { encode } from "../asn1/writer.ts";
import { concatBytes } from "../bytes/concat.ts";
import { fromHex, toHex } from "../bytes/hex.ts";
import { utf8Bytes } from "../bytes/text.ts";
import { SmimeError } from "../errors.ts";
import type { DigestName } from "./digest.ts";
import { signatureAlgorithm, signatureScheme, verifySignature, type SignatureScheme } from "./signature.ts";

const MESSAGE = utf8Bytes("signed attributes");
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const RSA_SPKI = spkiOf(rsa.publicKey);

function spkiOf(key: KeyObject): Uint8Array {
  return new Uint8Array(key.export({ type: "spki", format: "der" }));
}

function fromText(hex: string): AlgorithmIdentifier {
  return readAlgorithmIdentifier(new Asn1Reader(fromHex(hex.replaceAll(" ", "")) ?? new Uint8Array()));
}

function nodeDigest(name: DigestName): string {
  return name.replace("-", "");
}

function pss(digest: DigestName, saltLength: number, key = rsa.privateKey): Uint8Array {
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return new Uint8Array(sign(nodeDigest(digest), MESSAGE, { key, padding, saltLength }));
}

describe("verifySignature with RSA PKCS#1 v1.5", () => {
  it.each(["md5", "sha-1", "sha-224", "sha-256", "sha-384", "sha-512"] as const)(
    "accepts OpenSSL's signature with %s and refuses another message or digest",
    async (digest) => {
      const signature = new Uint8Array(sign(nodeDigest(digest), MESSAGE, rsa.privateKey));
      const scheme = { kind: "rsa-pkcs1", digest } as const;
      expect(await verifySignature(scheme, RSA_SPKI, MESSAGE, signature)).toBe("valid");
      expect(await verifySignature(scheme, RSA_SPKI, utf8Bytes("changed"), signature)).toBe("invalid");
      const other = { kind: "rsa-pkcs1", digest: digest === "sha-256" ? "sha-1" : "sha-256" } as const;
      expect(await verifySignature(other, RSA_SPKI, MESSAGE, signature)).toBe("invalid");
    },
  );

  it("works with a modulus that is no whole number of octets", async () => {
    const odd = generateKeyPairSync("rsa", { modulusLength: 1027 });
    for (const digest of ["sha-224", "sha-256"] as const) {
      const signature = new Uint8Array(sign(nodeDigest(digest), MESSAGE, odd.privateKey));
      expect(await verifySignature({ kind: "rsa-pkcs1", digest }, spkiOf(odd.publicKey), MESSAGE, signature)).toBe(
        "valid",
      );
    }
  });

  it.each(["sha-224", "sha-256"] as const)("refuses a %s signature of another length", async (digest) => {
    const signature = new Uint8Array(sign(nodeDigest(digest), MESSAGE, rsa.privateKey));
    const scheme = { kind: "rsa-pkcs1", digest } as const;
    for (const wrong of [
      signature.subarray(1),
      signature.subarray(0, 255),
      concatBytes(Uint8Array.of(0), signature),
      new Uint8Array(0),
      new Uint8Array(256).fill(0xff),
    ]) {
      expect(await verifySignature(scheme, RSA_SPKI, MESSAGE, wrong)).toBe("invalid");
    }
  });
});

describe("verifySignature with RSA PSS", () => {
  it.each(["sha-1", "sha-256", "sha-384", "sha-512"] as const)(
    "accepts OpenSSL's signature with %s",
    async (digest) => {
      for (const saltLength of [0, 20, 32]) {
        const signature = pss(digest, saltLength);
        expect(await verifySignature({ kind: "rsa-pss", digest, saltLength }, RSA_SPKI, MESSAGE, signature)).toBe(
          "valid",
        );
        const longer = { kind: "rsa-pss", digest, saltLength: saltLength + 1 } as const;
        expect(await verifySignature(longer, RSA_SPKI, MESSAGE, signature)).toBe("invalid");
      }
    },
  );

  it("calls a salt that cannot fit into the key invalid", async () => {
    for (const saltLength of [223, 255, 257, 0x7fffffff]) {
      const scheme = { kind: "rsa-pss", digest: "sha-256", saltLength } as const;
      expect(await verifySignature(scheme, RSA_SPKI, MESSAGE, pss("sha-256", 32))).toBe("invalid");
    }
  });

  it("holds a key under id-RSASSA-PSS to the parameters in it", async () => {
    // Without a number the salt is as long as the digest.
    const options = { modulusLength: 2048, hashAlgorithm: "sha256", mgf1HashAlgorithm: "sha256" };
    const bound = generateKeyPairSync("rsa-pss", options);
    const spki = spkiOf(bound.publicKey);
    const verify = (scheme: SignatureScheme, signature: Uint8Array) =>
      verifySignature(scheme, spki, MESSAGE, signature);
    const saltLength = 32;
    expect(await verify({ kind: "rsa-pss", digest: "sha-256", saltLength }, pss("sha-256", 32, bound.privateKey))).toBe(
      "valid",
    );
    expect(
      await verify({ kind: "rsa-pss", digest: "sha-256", saltLength: 40 }, pss("sha-256", 40, bound.privateKey)),
    ).toBe("valid");
    // The same numbers under rsaEncryption, so that OpenSSL makes what the key forbids.
    const free = unbind(bound.privateKey);
    expect(await verify({ kind: "rsa-pss", digest: "sha-256", saltLength: 20 }, pss("sha-256", 20, free))).toBe(
      "invalid",
    );
    expect(await verify({ kind: "rsa-pss", digest: "sha-512", saltLength: 64 }, pss("sha-512", 64, free))).toBe(
      "invalid",
    );
    expect(await verify({ kind: "rsa-pkcs1", digest: "sha-256" }, new Uint8Array(sign("sha256", MESSAGE, free)))).toBe(
      "invalid",
    );
  });

  it("accepts any parameters with a key under id-RSASSA-PSS that has none", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("rsa-pss", { modulusLength: 2048 });
    const scheme = { kind: "rsa-pss", digest: "sha-512", saltLength: 64 } as const;
    expect(await verifySignature(scheme, spkiOf(publicKey), MESSAGE, pss("sha-512", 64, privateKey))).toBe("valid");
  });
});

/** The key of an id-RSASSA-PSS key pair as plain RSA: PKCS#1's RSAPrivateKey has no algorithm. */
function unbind(key: KeyObject): KeyObject {
  const pkcs8 = new Asn1Reader(new Uint8Array(key.export({ type: "pkcs8", format: "der" }))).sequence();
  pkcs8.integer();
  pkcs8.any();
  return createPrivateKey({ key: Buffer.from(pkcs8.octetString()), format: "der", type: "pkcs1" });
}

describe("verifySignature with ECDSA", () => {
  it.each(["P-256", "P-384", "P-521"])("accepts OpenSSL's signatures on %s with every digest", async (namedCurve) => {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve });
    for (const digest of ["sha-1", "sha-256", "sha-384", "sha-512"] as const) {
      const signature = new Uint8Array(sign(nodeDigest(digest), MESSAGE, privateKey));
      const scheme = { kind: "ecdsa", digest } as const;
      expect(await verifySignature(scheme, spkiOf(publicKey), MESSAGE, signature)).toBe("valid");
      expect(await verifySignature(scheme, spkiOf(publicKey), utf8Bytes("changed"), signature)).toBe("invalid");
    }
  });

  it("refuses values that are not strict DER", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const good = new Uint8Array(sign("sha256", MESSAGE, privateKey));
    const scheme = { kind: "ecdsa", digest: "sha-256" } as const;
    const raw = new Uint8Array(sign("sha256", MESSAGE, { key: privateKey, dsaEncoding: "ieee-p1363" }));
    const body = good.subarray(2);
    for (const wrong of [
      raw,
      concatBytes(good, Uint8Array.of(0)),
      concatBytes(Uint8Array.of(0x30, 0x81, body.length), body),
      concatBytes(Uint8Array.of(0x30, 0x80), body, Uint8Array.of(0, 0)),
      concatBytes(Uint8Array.of(0x30, body.length + 3), body, Uint8Array.of(2, 1, 1)),
      fromHex("3006020100020100")!,
      fromHex("300602017f0201ff")!,
      new Uint8Array(0),
    ]) {
      expect(await verifySignature(scheme, spkiOf(publicKey), MESSAGE, wrong), toHex(wrong)).toBe("invalid");
    }
  });

  it("cannot check other curves or explicit curve parameters (CVE-2020-0601)", async () => {
    const p192 = generateKeyPairSync("ec", { namedCurve: "prime192v1" });
    const explicit = generateKeyPairSync("ec", { namedCurve: "P-256", paramEncoding: "explicit" });
    const check = (digest: DigestName, keys: { publicKey: KeyObject; privateKey: KeyObject }) =>
      verifySignature(
        { kind: "ecdsa", digest },
        spkiOf(keys.publicKey),
        MESSAGE,
        new Uint8Array(sign(nodeDigest(digest), MESSAGE, keys.privateKey)),
      );
    expect(await check("sha-256", p192)).toBe("unsupported");
    expect(await check("sha-256", explicit)).toBe("unsupported");
  });

  it("refuses a point that is not on the curve", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const spki = spkiOf(publicKey);
    spki[spki.length - 1]! ^= 1;
    const signature = new Uint8Array(sign("sha256", MESSAGE, privateKey));
    expect(await verifySignature({ kind: "ecdsa", digest: "sha-256" }, spki, MESSAGE, signature)).toBe("unsupported");
  });
});

describe("verifySignature with a key of another kind", () => {
  it("calls the signature invalid", async () => {
    const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const signature = new Uint8Array(sign("sha256", MESSAGE, rsa.privateKey));
    const check = (scheme: SignatureScheme, spki: Uint8Array) => verifySignature(scheme, spki, MESSAGE, signature);
    expect(await check({ kind: "rsa-pkcs1", digest: "sha-256" }, spkiOf(ec.publicKey))).toBe("invalid");
    expect(await check({ kind: "ecdsa", digest: "sha-256" }, RSA_SPKI)).toBe("invalid");
  });

  it("calls ECDSA by a key for EdDSA invalid, and does not know garbage", async () => {
    const scheme = { kind: "ecdsa", digest: "sha-256" } as const;
    const ed = spkiOf(generateKeyPairSync("ed25519").publicKey);
    expect(await verifySignature(scheme, ed, MESSAGE, new Uint8Array(64))).toBe("invalid");
    expect(await verifySignature(scheme, Uint8Array.of(0x30, 0x05, 1), MESSAGE, new Uint8Array(64))).toBe(
      "unsupported",
    );
  });
});

describe("signatureScheme", () => {
  it("reads what signatureAlgorithm writes", () => {
    const schemes: SignatureScheme[] = [
      ...(["md5", "sha-1", "sha-224", "sha-256", "sha-384", "sha-512"] as const).map(
        (digest) => ({ kind: "rsa-pkcs1", digest }) as const,
      ),
      ...(["sha-1", "sha-224", "sha-256", "sha-384", "sha-512"] as const).flatMap(
        (digest) =>
          [
            { kind: "ecdsa", digest },
            { kind: "rsa-pss", digest, saltLength: 20 },
          ] as const,
      ),
      { kind: "rsa-pss", digest: "sha-256", saltLength: 32 },
    ];
    for (const scheme of schemes) {
      const algorithm = readAlgorithmIdentifier(new Asn1Reader(encode(signatureAlgorithm(scheme))));
      expect(signatureScheme(algorithm, null)).toEqual(scheme);
    }
    expect(() => signatureAlgorithm({ kind: "ecdsa", digest: "md5" })).toThrow(SmimeError);
  });

  it("writes the algorithm identifiers of the RFCs", () => {
    const hex = (scheme: SignatureScheme) => toHex(encode(signatureAlgorithm(scheme)));
    expect(hex({ kind: "rsa-pkcs1", digest: "sha-256" })).toBe("300d06092a864886f70d01010b0500");
    expect(hex({ kind: "ecdsa", digest: "sha-256" })).toBe("300a06082a8648ce3d040302");
    // rSASSA-PSS-SHA256-Params of RFC 4055 section 3.1 with the salt of RFC 4056 section 2.2.
    expect(hex({ kind: "rsa-pss", digest: "sha-256", saltLength: 32 })).toBe(
      "304106092a864886f70d01010a3034a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120",
    );
  });

  it("takes the digest of a SignerInfo where the algorithm names the key's only", () => {
    const rsaEncryption = fromText("300d 0609 2a864886f70d010101 0500");
    const ecPublicKey = fromText("3009 0607 2a8648ce3d0201");
    const ecWithCurve = fromText("3013 0607 2a8648ce3d0201 0608 2a8648ce3d030107");
    expect(signatureScheme(rsaEncryption, "sha-384")).toEqual({ kind: "rsa-pkcs1", digest: "sha-384" });
    expect(signatureScheme(ecPublicKey, "sha-256")).toEqual({ kind: "ecdsa", digest: "sha-256" });
    expect(signatureScheme(ecWithCurve, "sha-256")).toEqual({ kind: "ecdsa", digest: "sha-256" });
    for (const algorithm of [rsaEncryption, ecPublicKey]) expect(signatureScheme(algorithm, null)).toBeNull();
  });

  it("reads PSS defaults, written out or not", () => {
    const params = (hex: string) => fromText(`30${length(hex)} 0609 2a864886f70d01010a ${hex}`);
    const length = (hex: string) => (11 + hex.replaceAll(" ", "").length / 2).toString(16).padStart(2, "0");
    const defaults = { kind: "rsa-pss", digest: "sha-1", saltLength: 20 };
    expect(signatureScheme(params("3000"), null)).toEqual(defaults);
    expect(
      signatureScheme(
        params(
          "302c a00b 3009 06052b0e03021a 0500 a118 3016 0609 2a864886f70d010108 3009 06052b0e03021a 0500 a203020114",
        ),
        null,
      ),
    ).toEqual(defaults);
    expect(signatureScheme(params("3005 a303020101"), null)).toEqual(defaults);
    expect(signatureScheme(params("3005 a303020102"), null)).toBeNull();
    expect(signatureScheme(params("3005 a2030201ff"), null)).toBeNull();
    expect(signatureScheme(params("3007 a203020114 0500"), null)).toBeNull();
    expect(signatureScheme(params("0500"), null)).toBeNull();
    // SHA-256 with the mask of SHA-1.
    expect(signatureScheme(params("300f a00d 300b 0609 608648016503040201"), null)).toEqual({
      kind: "rsa-pss",
      digest: "sha-256",
      maskDigest: "sha-1",
      saltLength: 20,
    });
    expect(signatureScheme(fromText("300b 0609 2a864886f70d01010a"), null)).toBeNull();
  });

  it("knows EdDSA and X9.62's general names with the digest of a SignerInfo", () => {
    expect(signatureScheme(fromText("3005 0603 2b6570"), "sha-256")).toEqual({ kind: "ed25519", digest: "sha-256" });
    expect(signatureScheme(fromText("3005 0603 2b6571"), null)).toEqual({ kind: "ed448", digest: "shake256" });
    const specified = fromText("3009 0607 2a8648ce3d0403");
    expect(signatureScheme(specified, "sha-256")).toEqual({ kind: "ecdsa", digest: "sha-256" });
    expect(signatureScheme(specified, null)).toBeNull();
  });

  it("does not know other algorithms or parameters", () => {
    expect(signatureScheme(fromText("3005 0603 2b6572"), "sha-512")).toBeNull();
    expect(signatureScheme(fromText("3007 0603 2b6570 3000"), "sha-512")).toBeNull();
    expect(signatureScheme(fromText("300d 0609 2a864886f70d01010b 3000"), null)).toBeNull();
    expect(signatureScheme({ ...fromText("300b 0609 2a864886f70d01010b"), parameters: null }, null)).toEqual({
      kind: "rsa-pkcs1",
      digest: "sha-256",
    });
  });
});
