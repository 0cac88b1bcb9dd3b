import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
} from "node:crypto";
import { describe, expect, it } from "vitest";
import { algorithmIdentifier, readAlgorithmIdentifier } from "../../asn1/algorithm-identifier.ts";
import { Cipher, KeyAgreement } from "../../asn1/oids.ts";
import { Asn1Reader } from "../../asn1/reader.ts";
import { type Der, encode, explicit, octetString, sequence, setOf } from "../../asn1/writer.ts";
import { importPrivateKey } from "../../primitives/private-key.ts";
import { rawSpki } from "../../primitives/public-key.ts";
import type { Certificate } from "../../x509/certificate.ts";
import { subjectKeyIdentifier } from "../../x509/key-identifiers.ts";
import { certificate, type TestCertificate } from "../../../testing/certificate-builder.ts";
import { keyAgreeRecipientInfo, readEcdhKeyAgreement, recoverAgreedKey } from "./key-agreement.ts";
import { type KeyAgreeRecipientInfo, readRecipientInfos } from "./recipient-info.ts";

const read = (oid: string, parameters: Der | "null" | "absent") =>
  readEcdhKeyAgreement(readAlgorithmIdentifier(new Asn1Reader(encode(algorithmIdentifier(oid, parameters)), "ber")));

async function infoFor(recipient: TestCertificate, contentKey: Uint8Array): Promise<KeyAgreeRecipientInfo> {
  const der = await keyAgreeRecipientInfo(recipient.certificate, contentKey);
  const [info] = readRecipientInfos(new Asn1Reader(encode(setOf([der])), "ber").set());
  if (info?.kind !== "kari") throw new Error("no kari");
  return info;
}

async function recover(info: KeyAgreeRecipientInfo, owner: TestCertificate, encryptedKey?: Uint8Array) {
  const agreement = readEcdhKeyAgreement(info.keyEncryptionAlgorithm);
  const [own] = info.recipientEncryptedKeys;
  if (!agreement || !own) throw new Error("not readable");
  const key = await importPrivateKey(owner.privateKeyPkcs8);
  return recoverAgreedKey(agreement, info, { ...own, encryptedKey: encryptedKey ?? own.encryptedKey }, key, []);
}

const FAILED = { code: "decrypt.failed" };

describe("readEcdhKeyAgreement (RFC 5753 section 7.1.4)", () => {
  const { dhSinglePassStdDhSha256Kdf: sha256 } = KeyAgreement;

  it.each(Object.values(KeyAgreement))("knows %s with AES key wrap", (oid) => {
    expect(read(oid, algorithmIdentifier(Cipher.aes128Wrap, "absent"))).toMatchObject({ wrap: { keySize: 16 } });
    expect(read(oid, algorithmIdentifier(Cipher.aes256Wrap, "null"))).toMatchObject({ wrap: { keySize: 32 } });
  });

  it("knows nothing of other schemes and wraps", () => {
    // MQV, and RC2 key wrap.
    expect(read("1.3.133.16.840.63.0.16", algorithmIdentifier(Cipher.aes128Wrap, "absent"))).toBeNull();
    expect(read(sha256, algorithmIdentifier("1.2.840.113549.1.9.16.3.7", "null"))).toBeNull();
    expect(read(sha256, algorithmIdentifier(Cipher.aes128Cbc, "absent"))).toBeNull();
    expect(read(sha256, "absent")).toBeNull();
  });

  it("refuses a wrap that is no AlgorithmIdentifier", () => {
    expect(() => read(sha256, octetString(Uint8Array.of(1)))).toThrow("malformed.cms");
  });
});

describe("recoverAgreedKey", () => {
  const contentKey = new Uint8Array(32).fill(5);

  it.each(["p-256", "p-384", "p-521"] as const)(
    "undoes what was written for %s, with an ephemeral key of its own each time",
    async (kind) => {
      const bob = certificate().key(kind).build();
      const [first, second] = [await infoFor(bob, contentKey), await infoFor(bob, contentKey)];
      expect(await recover(first, bob)).toEqual(contentKey);
      expect(await recover(second, bob)).toEqual(contentKey);
      expect(first.originator).not.toEqual(second.originator);
    },
  );

  it("fails with another key, another curve, an RSA key and an altered key alike", async () => {
    const bob = certificate().key("p-256").build();
    const info = await infoFor(bob, contentKey);
    for (const kind of ["p-256", "p-384", "rsa-2048"] as const) {
      await expect(recover(info, certificate().key(kind).build())).rejects.toMatchObject(FAILED);
    }
    const [own] = info.recipientEncryptedKeys;
    const altered = own?.encryptedKey.map((octet, i) => (i === 0 ? octet ^ 1 : octet)) ?? contentKey;
    await expect(recover(info, bob, altered)).rejects.toMatchObject(FAILED);
    await expect(recover(info, bob, altered.subarray(1))).rejects.toMatchObject(FAILED);
    await expect(recover(info, bob, new Uint8Array(0))).rejects.toMatchObject(FAILED);
  });

  it.each([
    ["that is not on the curve", (point: Uint8Array) => point.map((octet, i) => (i === 64 ? octet ^ 1 : octet))],
    ["at infinity", () => Uint8Array.of(0)],
    ["that is cut off", (point: Uint8Array) => point.subarray(0, 40)],
    ["that is empty", () => new Uint8Array(0)],
  ])("fails with an originator's point %s (invalid curve attack)", async (_name, change) => {
    const bob = certificate().key("p-256").build();
    const info = await infoFor(bob, contentKey);
    const { originator } = info;
    if (originator.kind !== "public-key") throw new Error("no originator");
    const forged = { ...info, originator: { ...originator, publicKey: change(originator.publicKey) } };
    await expect(recover(forged, bob)).rejects.toMatchObject(FAILED);
  });

  it.each([
    ["x25519", KeyAgreement.dhSinglePassStdDhHkdfSha256, "sha256"],
    ["x448", KeyAgreement.dhSinglePassStdDhHkdfSha512, "sha512"],
  ] as const)("by %s gives what RFC 8418 section 2.2 has, as OpenSSL computes it", async (kind, scheme, digest) => {
    const pair = kind === "x25519" ? generateKeyPairSync("x25519") : generateKeyPairSync("x448");
    const spki = new Uint8Array(pair.publicKey.export({ type: "spki", format: "der" }));
    const owner = { ...certificate().key("p-256").build().certificate, spki };
    const der = await keyAgreeRecipientInfo(owner, new Uint8Array(32).fill(5));
    const [info] = readRecipientInfos(new Asn1Reader(encode(setOf([der])), "ber").set());
    if (info?.kind !== "kari" || info.originator.kind !== "public-key") throw new Error("no kari");
    expect(info.keyEncryptionAlgorithm.oid).toBe(scheme);
    const peer = rawSpki(kind === "x25519" ? "X25519" : "X448", info.originator.publicKey);
    const publicKey = createPublicKey({ key: Buffer.from(peer), type: "spki", format: "der" });
    const secret = diffieHellman({ privateKey: pair.privateKey, publicKey });
    const wrap = algorithmIdentifier(Cipher.aes256Wrap, "absent");
    const sharedInfo = encode(sequence(wrap, explicit(2, octetString(Uint8Array.of(0, 0, 1, 0)))));
    const kek = Buffer.from(hkdfSync(digest, secret, Buffer.alloc(0), sharedInfo, 32));
    const cipher = createDecipheriv("aes256-wrap", kek, Buffer.alloc(8, 0xa6));
    const opened = Buffer.concat([cipher.update(info.recipientEncryptedKeys[0]!.encryptedKey), cipher.final()]);
    expect(new Uint8Array(opened)).toEqual(new Uint8Array(32).fill(5));
  });

  it("finds the key of an originator that is named by a certificate, and fails without that", async () => {
    const bob = certificate().key("p-256").build();
    const carol = certificate().subject("CN=Carol").key("p-256").build();
    // Static-static (RFC 5753 section 3.1): OpenSSL agrees for Carol, and node wraps the key.
    const secret = diffieHellman({ privateKey: carol.privateKey, publicKey: createPublicKey(bob.privateKey) });
    const wrap = algorithmIdentifier(Cipher.aes128Wrap, "absent");
    const sharedInfo = encode(sequence(wrap, explicit(2, octetString(Uint8Array.of(0, 0, 0, 128)))));
    const kek = createHash("sha256")
      .update(Buffer.concat([secret, Uint8Array.of(0, 0, 0, 1), sharedInfo]))
      .digest()
      .subarray(0, 16);
    const cipher = createCipheriv("aes128-wrap", kek, Buffer.alloc(8, 0xa6));
    const encryptedKey = new Uint8Array(Buffer.concat([cipher.update(contentKey), cipher.final()]));
    const info = await infoFor(bob, contentKey);
    const keyEncryptionAlgorithm = read(KeyAgreement.dhSinglePassCofactorDhSha256Kdf, wrap);
    const { issuer, serialNumber } = carol.certificate;
    const byIssuer = { kind: "issuer-serial", issuer, serialNumber } as const;
    const byKey = { kind: "subject-key-identifier", keyIdentifier: subjectKeyIdentifier(carol.certificate)! } as const;
    const key = await importPrivateKey(bob.privateKeyPkcs8);
    const recoverFrom = (originator: typeof byIssuer | typeof byKey, known: readonly Certificate[]) =>
      recoverAgreedKey(
        keyEncryptionAlgorithm!,
        { ...info, originator },
        { ...info.recipientEncryptedKeys[0]!, encryptedKey },
        key,
        known,
      );
    for (const originator of [byIssuer, byKey]) {
      expect(await recoverFrom(originator, [bob.certificate, carol.certificate])).toEqual(contentKey);
      await expect(recoverFrom(originator, [bob.certificate])).rejects.toMatchObject(FAILED);
    }
  });
});
