import {
  constants,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  publicEncrypt,
  verify,
  type KeyObject,
} from "node:crypto";
import { describe, expect, it } from "vitest";
import { bitString, encode, integer, octetString, oid, sequence, smallInteger } from "../asn1/writer.ts";
import { Asn1Reader } from "../asn1/reader.ts";
import { toHex } from "../bytes/hex.ts";
import { utf8Bytes } from "../bytes/text.ts";
import { SmimeError } from "../errors.ts";
import type { DigestName } from "./digest.ts";
import { ephemeralAgreement } from "./ecdh.ts";
import { importPrivateKey, matchesPublicKey } from "./private-key.ts";
import { verifySignature, type SignatureScheme } from "./signature.ts";

const MESSAGE = utf8Bytes("signed attributes");
const CONTENT_KEY = Uint8Array.from({ length: 32 }, (_, i) => i);
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });

function pkcs8Of(key: KeyObject): Uint8Array {
  return new Uint8Array(key.export({ type: "pkcs8", format: "der" }));
}

function spkiOf(key: KeyObject): Uint8Array {
  return new Uint8Array(key.export({ type: "spki", format: "der" }));
}

function node(name: DigestName): string {
  return name.replace("-", "");
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return "no error";
  } catch (error) {
    return error instanceof SmimeError ? error.code : `not an SmimeError: ${String(error)}`;
  }
}

describe("importPrivateKey", () => {
  it.each([1024, 1031, 2048, 3072])("reads an RSA key of %d bits", async (modulusLength) => {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength });
    const key = await importPrivateKey(pkcs8Of(privateKey));
    expect(key).toMatchObject({ type: "rsa", curve: null, curveOid: null, modulusBits: modulusLength });
    expect(toHex(key.publicKeySpki)).toBe(toHex(spkiOf(publicKey)));
    expect(matchesPublicKey(key, spkiOf(publicKey))).toBe(true);
    expect(matchesPublicKey(key, spkiOf(rsa.publicKey))).toBe(false);
  });

  it.each(["P-256", "P-384", "P-521"] as const)(
    "reads an EC key on %s, with or without its public key",
    async (curve) => {
      const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: curve });
      const whole = await importPrivateKey(pkcs8Of(privateKey));
      expect(whole).toMatchObject({ type: "ec", curve, modulusBits: null });
      expect(toHex(whole.publicKeySpki)).toBe(toHex(spkiOf(publicKey)));
      const bare = await importPrivateKey(withoutPublicKey(privateKey));
      expect(toHex(bare.publicKeySpki)).toBe(toHex(spkiOf(publicKey)));
      expect(matchesPublicKey(bare, spkiOf(publicKey))).toBe(true);
      expect(matchesPublicKey(bare, spkiOf(rsa.publicKey))).toBe(false);
    },
  );

  it("matches a public key with a compressed point", async () => {
    for (const namedCurve of ["P-256", "P-384", "P-521"] as const) {
      const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve });
      const key = await importPrivateKey(pkcs8Of(privateKey));
      const point = new Asn1Reader(spkiOf(publicKey)).sequence();
      const algorithm = point.any();
      const uncompressed = point.bitStringOctets();
      const size = (uncompressed.length - 1) / 2;
      const compressed = uncompressed.slice(0, 1 + size);
      compressed[0] = 2 + (uncompressed[2 * size]! & 1);
      const spki = encode(
        sequence({ length: algorithm.bytes.length, pieces: [algorithm.bytes] }, bitString(compressed)),
      );
      expect(matchesPublicKey(key, spki)).toBe(true);
      compressed[0] ^= 1;
      const other = encode(
        sequence({ length: algorithm.bytes.length, pieces: [algorithm.bytes] }, bitString(compressed)),
      );
      expect(matchesPublicKey(key, other)).toBe(false);
    }
  });

  it("refuses a key whose numbers do not belong together", async () => {
    const fields = new Asn1Reader(pkcs8Of(rsa.privateKey)).sequence();
    fields.integer();
    const algorithm = fields.any();
    const numbers = new Asn1Reader(fields.octetString()).sequence();
    const values = Array.from({ length: 9 }, () => numbers.integer().slice());
    for (const index of [1, 3, 4, 5, 6, 7, 8]) {
      const changed = values.map((value) => value.slice());
      changed[index]![changed[index]!.length - 2]! ^= 1;
      const pkcs8 = sequence(
        smallInteger(0),
        { length: algorithm.bytes.length, pieces: [algorithm.bytes] },
        octetString(encode(sequence(...changed.map(integer)))),
      );
      expect(await codeOf(importPrivateKey(encode(pkcs8))), `number ${index}`).toBe("malformed.key");
    }
  });

  it("refuses what is no key, and keys of other algorithms", async () => {
    expect(await codeOf(importPrivateKey(new Uint8Array(0)))).toBe("malformed.key");
    expect(await codeOf(importPrivateKey(Uint8Array.of(0x30, 3, 2, 1, 0)))).toBe("malformed.key");
    const dsa = generateKeyPairSync("dsa", { modulusLength: 1024, divisorLength: 160 });
    expect(await codeOf(importPrivateKey(pkcs8Of(dsa.privateKey)))).toBe("unsupported.key");
    const p192 = generateKeyPairSync("ec", { namedCurve: "prime192v1" });
    expect(await codeOf(importPrivateKey(pkcs8Of(p192.privateKey)))).toBe("unsupported.key");
    const explicitCurve = generateKeyPairSync("ec", { namedCurve: "P-256", paramEncoding: "explicit" });
    expect(await codeOf(importPrivateKey(pkcs8Of(explicitCurve.privateKey)))).toBe("unsupported.key");
  });

  it("refuses an EC key of zero, or not below the order", async () => {
    for (const octet of [0x00, 0xff]) {
      const pkcs8 = sequence(
        smallInteger(0),
        sequence(oid("1.2.840.10045.2.1"), oid("1.2.840.10045.3.1.7")),
        octetString(encode(sequence(smallInteger(1), octetString(new Uint8Array(32).fill(octet))))),
      );
      expect(await codeOf(importPrivateKey(encode(pkcs8)))).toBe("malformed.key");
    }
  });
});

/** PKCS#8 with only the version and the number in ECPrivateKey, as RFC 5915 section 3 allows. */
function withoutPublicKey(key: KeyObject): Uint8Array {
  const fields = new Asn1Reader(pkcs8Of(key)).sequence();
  fields.integer();
  const algorithm = fields.any();
  const ecKey = new Asn1Reader(fields.octetString()).sequence();
  ecKey.integer();
  const number = ecKey.octetString();
  return encode(
    sequence(
      smallInteger(0),
      { length: algorithm.bytes.length, pieces: [algorithm.bytes] },
      octetString(encode(sequence(smallInteger(1), octetString(number)))),
    ),
  );
}

describe("sign", () => {
  it.each(["sha-1", "sha-256", "sha-384", "sha-512"] as const)(
    "makes RSA signatures with %s that OpenSSL accepts",
    async (digest) => {
      const key = await importPrivateKey(pkcs8Of(rsa.privateKey));
      const pkcs1 = await key.sign({ kind: "rsa-pkcs1", digest }, MESSAGE);
      expect(verify(node(digest), MESSAGE, rsa.publicKey, pkcs1)).toBe(true);
      const pss = await key.sign({ kind: "rsa-pss", digest, saltLength: 32 }, MESSAGE);
      const padding = constants.RSA_PKCS1_PSS_PADDING;
      expect(verify(node(digest), MESSAGE, { key: rsa.publicKey, padding, saltLength: 32 }, pss)).toBe(true);
    },
  );

  it.each(["P-256", "P-384", "P-521"])("makes ECDSA signatures on %s that OpenSSL accepts", async (namedCurve) => {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve });
    const key = await importPrivateKey(pkcs8Of(privateKey));
    for (const digest of ["sha-1", "sha-256", "sha-384", "sha-512"] as const) {
      const signature = await key.sign({ kind: "ecdsa", digest }, MESSAGE);
      expect(verify(node(digest), MESSAGE, publicKey, signature)).toBe(true);
      expect(await verifySignature({ kind: "ecdsa", digest }, spkiOf(publicKey), MESSAGE, signature)).toBe("valid");
    }
  });

  it("refuses schemes that the key is not for, and digests that WebCrypto lacks", async () => {
    const rsaKey = await importPrivateKey(pkcs8Of(rsa.privateKey));
    const ecKey = await importPrivateKey(pkcs8Of(generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey));
    const pssKey = await importPrivateKey(pkcs8Of(generateKeyPairSync("rsa-pss", { modulusLength: 1024 }).privateKey));
    const ecdsa: SignatureScheme = { kind: "ecdsa", digest: "sha-256" };
    const pkcs1: SignatureScheme = { kind: "rsa-pkcs1", digest: "sha-256" };
    expect(await codeOf(rsaKey.sign(ecdsa, MESSAGE))).toBe("unsupported.key");
    expect(await codeOf(ecKey.sign(pkcs1, MESSAGE))).toBe("unsupported.key");
    expect(await codeOf(pssKey.sign(pkcs1, MESSAGE))).toBe("unsupported.key");
    expect(await codeOf(rsaKey.sign({ kind: "rsa-pkcs1", digest: "md5" }, MESSAGE))).toBe("unsupported.algorithm");
    expect(await codeOf(rsaKey.sign({ kind: "rsa-pss", digest: "sha-256", saltLength: 300 }, MESSAGE))).toBe(
      "unsupported.key",
    );
  });
});

describe("unwrapRsaPkcs1", () => {
  it("reads what OpenSSL encrypted, for every length of content key", async () => {
    const key = await importPrivateKey(pkcs8Of(rsa.privateKey));
    for (const length of [8, 16, 24, 32, 245]) {
      const message = new Uint8Array(length).fill(0xa5);
      const padding = constants.RSA_PKCS1_PADDING;
      const ciphertext = new Uint8Array(publicEncrypt({ key: rsa.publicKey, padding }, message));
      expect(toHex(await key.unwrapRsaPkcs1(ciphertext, length))).toBe(toHex(message));
    }
  });
});

describe("unwrapRsaOaep", () => {
  const label = utf8Bytes("label");

  it.each(["sha-1", "sha-256", "sha-384", "sha-512"] as const)(
    "reads what OpenSSL encrypted with %s",
    async (digest) => {
      const key = await importPrivateKey(pkcs8Of(rsa.privateKey));
      for (const oaepLabel of [label, new Uint8Array(0)]) {
        const options = {
          key: rsa.publicKey,
          padding: constants.RSA_PKCS1_OAEP_PADDING,
          oaepHash: node(digest),
          oaepLabel,
        };
        const ciphertext = new Uint8Array(publicEncrypt(options, CONTENT_KEY));
        expect(await key.unwrapRsaOaep(ciphertext, digest, digest, oaepLabel)).toEqual(CONTENT_KEY);
        expect(await codeOf(key.unwrapRsaOaep(ciphertext, digest, digest, utf8Bytes("other")))).toBe("decrypt.failed");
        const other = digest === "sha-1" ? "sha-256" : "sha-1";
        expect(await codeOf(key.unwrapRsaOaep(ciphertext, digest, other, oaepLabel))).toBe("decrypt.failed");
        ciphertext[100]! ^= 1;
        expect(await codeOf(key.unwrapRsaOaep(ciphertext, digest, digest, oaepLabel))).toBe("decrypt.failed");
        expect(await codeOf(key.unwrapRsaOaep(ciphertext.subarray(1), digest, digest, oaepLabel))).toBe(
          "decrypt.failed",
        );
      }
    },
  );

  it("refuses PKCS#1 v1.5 padding and ciphertexts beyond the modulus", async () => {
    const key = await importPrivateKey(pkcs8Of(rsa.privateKey));
    const pkcs1 = publicEncrypt({ key: rsa.publicKey, padding: constants.RSA_PKCS1_PADDING }, CONTENT_KEY);
    for (const ciphertext of [new Uint8Array(pkcs1), new Uint8Array(256).fill(0xff), new Uint8Array(256)]) {
      for (const [digest, mask] of [
        ["sha-256", "sha-256"],
        ["sha-256", "sha-1"],
        ["sha-224", "sha-224"],
      ] as const) {
        expect(await codeOf(key.unwrapRsaOaep(ciphertext, digest, mask, label))).toBe("decrypt.failed");
      }
    }
  });
});

describe("agree", () => {
  it.each(["P-256", "P-384", "P-521"])(
    "gives OpenSSL's shared secret on %s, as long as the field",
    async (namedCurve) => {
      const own = generateKeyPairSync("ec", { namedCurve });
      const key = await importPrivateKey(pkcs8Of(own.privateKey));
      for (let i = 0; i < 4; i++) {
        const peer = generateKeyPairSync("ec", { namedCurve });
        const expected = diffieHellman({ privateKey: peer.privateKey, publicKey: own.publicKey });
        expect(toHex(await key.agree(spkiOf(peer.publicKey)))).toBe(toHex(expected));
      }
    },
  );

  it("fails alike for points off the curve, other curves and other keys", async () => {
    const own = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const key = await importPrivateKey(pkcs8Of(own.privateKey));
    const offCurve = spkiOf(own.publicKey);
    offCurve[offCurve.length - 1]! ^= 1;
    const zero = spkiOf(own.publicKey).fill(0, -64);
    const otherCurve = spkiOf(generateKeyPairSync("ec", { namedCurve: "P-384" }).publicKey);
    for (const peer of [offCurve, zero, otherCurve, spkiOf(rsa.publicKey), new Uint8Array(0)]) {
      expect(await codeOf(key.agree(peer))).toBe("decrypt.failed");
    }
    const rsaKey = await importPrivateKey(pkcs8Of(rsa.privateKey));
    expect(await codeOf(rsaKey.agree(spkiOf(own.publicKey)))).toBe("decrypt.failed");
    expect(await codeOf(key.unwrapRsaPkcs1(new Uint8Array(256), 32))).toBe("decrypt.failed");
    expect(await codeOf(key.unwrapRsaOaep(new Uint8Array(256), "sha-256", "sha-256", MESSAGE))).toBe("decrypt.failed");
  });
});

describe("ephemeralAgreement", () => {
  it.each(["P-256", "P-384", "P-521"])("agrees with OpenSSL's side on %s", async (namedCurve) => {
    const recipient = generateKeyPairSync("ec", { namedCurve });
    const { publicKey, sharedSecret } = await ephemeralAgreement(spkiOf(recipient.publicKey));
    const algorithm = new Asn1Reader(spkiOf(recipient.publicKey)).sequence().any();
    const spki = encode(sequence({ length: algorithm.bytes.length, pieces: [algorithm.bytes] }, bitString(publicKey)));
    const peer = { key: Buffer.from(spki), format: "der", type: "spki" } as const;
    const expected = diffieHellman({ privateKey: recipient.privateKey, publicKey: createPublicKey(peer) });
    expect(toHex(sharedSecret)).toBe(toHex(expected));
  });

  it("refuses keys that cannot agree", async () => {
    expect(await codeOf(ephemeralAgreement(spkiOf(rsa.publicKey)))).toBe("unsupported.key");
    const offCurve = spkiOf(generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey);
    offCurve[offCurve.length - 1]! ^= 1;
    expect(await codeOf(ephemeralAgreement(offCurve))).toBe("unsupported.key");
  });
});
