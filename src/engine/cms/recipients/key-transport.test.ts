import { constants, createPublicKey, publicEncrypt } from "node:crypto";
import { describe, expect, it } from "vitest";
import { algorithmIdentifier, readAlgorithmIdentifier } from "../../asn1/algorithm-identifier.ts";
import { Digest, PublicKey } from "../../asn1/oids.ts";
import { Asn1Reader } from "../../asn1/reader.ts";
import { type Der, encode, explicit, octetString, sequence, smallInteger } from "../../asn1/writer.ts";
import { importPrivateKey } from "../../primitives/private-key.ts";
import { certificate } from "../../../testing/certificate-builder.ts";
import { readKeyTransport, recoverTransportedKey } from "./key-transport.ts";

const read = (oid: string, parameters: Der | "null" | "absent") =>
  readKeyTransport(readAlgorithmIdentifier(new Asn1Reader(encode(algorithmIdentifier(oid, parameters)), "ber")));
const hash = (oid: string) => explicit(0, algorithmIdentifier(oid, "null"));
const mask = (oid: string) => explicit(1, algorithmIdentifier(PublicKey.mgf1, algorithmIdentifier(oid, "null")));
const label = (octets: Uint8Array) => explicit(2, algorithmIdentifier(PublicKey.pSpecified, octetString(octets)));
const NONE = new Uint8Array(0);

describe("readKeyTransport", () => {
  it("knows PKCS#1 v1.5 by its OID, whatever its parameters", () => {
    for (const parameters of ["null", "absent"] as const) {
      expect(read(PublicKey.rsaEncryption, parameters)).toEqual({ kind: "rsa-pkcs1" });
    }
  });

  it.each<readonly [string, Der | "absent", object]>([
    ["no parameters", "absent", { digest: "sha-1", mgfDigest: "sha-1", label: NONE }],
    ["nothing but defaults", sequence(), { digest: "sha-1", mgfDigest: "sha-1", label: NONE }],
    ["a hash only", sequence(hash(Digest.sha256)), { digest: "sha-256", mgfDigest: "sha-1", label: NONE }],
    ["a mask only", sequence(mask(Digest.sha256)), { digest: "sha-1", mgfDigest: "sha-256", label: NONE }],
    ["a label", sequence(label(Uint8Array.of(1))), { digest: "sha-1", mgfDigest: "sha-1", label: Uint8Array.of(1) }],
    [
      "all",
      sequence(hash(Digest.sha512), mask(Digest.sha512), label(NONE)),
      { digest: "sha-512", mgfDigest: "sha-512", label: NONE },
    ],
  ])("reads OAEP with %s (RFC 4055 section 4.1)", (_name, parameters, expected) => {
    expect(read(PublicKey.rsaesOaep, parameters)).toEqual({ kind: "rsa-oaep", ...expected });
  });

  it.each([
    ["another hash", sequence(hash("1.3.6.1.4.1.99999.1"))],
    ["another mask", sequence(explicit(1, algorithmIdentifier("1.3.6.1.4.1.99999.1", "null")))],
    ["a mask without a hash", sequence(explicit(1, algorithmIdentifier(PublicKey.mgf1, "absent")))],
    ["another source of the label", sequence(explicit(2, algorithmIdentifier("1.3.6.1.4.1.99999.1", "null")))],
  ])("knows nothing of OAEP with %s", (_name, parameters) => {
    expect(read(PublicKey.rsaesOaep, parameters)).toBeNull();
  });

  it("refuses OAEP parameters that are broken", () => {
    expect(() => read(PublicKey.rsaesOaep, octetString(NONE))).toThrow("malformed.cms");
    expect(() => read(PublicKey.rsaesOaep, sequence(explicit(0, smallInteger(1))))).toThrow("malformed.cms");
    expect(() => read(PublicKey.rsaesOaep, sequence(label(NONE), hash(Digest.sha1)))).toThrow("malformed.cms");
  });

  it("knows nothing of other algorithms", () => {
    expect(read(PublicKey.ecPublicKey, "absent")).toBeNull();
  });
});

describe("recoverTransportedKey", () => {
  const bob = certificate().key("rsa-2048").build();
  const info = (encryptedKey: Uint8Array) => ({
    kind: "ktri" as const,
    rid: { kind: "subject-key-identifier" as const, keyIdentifier: NONE },
    keyEncryptionAlgorithm: { oid: PublicKey.rsaEncryption, parameters: null },
    encryptedKey,
  });
  const contentKey = new Uint8Array(32).fill(3);

  it("undoes what OpenSSL encrypted with OAEP and a label", async () => {
    const key = await importPrivateKey(bob.privateKeyPkcs8);
    const oaep = {
      key: createPublicKey(bob.privateKey),
      padding: constants.RSA_PKCS1_OAEP_PADDING,
      oaepHash: "sha256",
      oaepLabel: Buffer.from([1]),
    };
    const encrypted = new Uint8Array(publicEncrypt(oaep, contentKey));
    const transport = { kind: "rsa-oaep", digest: "sha-256", mgfDigest: "sha-256", label: Uint8Array.of(1) } as const;
    expect(await recoverTransportedKey(transport, info(encrypted), key, 32)).toEqual(contentKey);
    await expect(recoverTransportedKey({ ...transport, label: NONE }, info(encrypted), key, 32)).rejects.toMatchObject({
      code: "decrypt.failed",
    });
  });

  it("gives a key of the right length for a wrong padding, the same each time (RFC 3218)", async () => {
    const key = await importPrivateKey(bob.privateKeyPkcs8);
    const garbage = info(new Uint8Array(256).fill(1));
    const first = await recoverTransportedKey({ kind: "rsa-pkcs1" }, garbage, key, 32);
    expect(first).toHaveLength(32);
    expect(await recoverTransportedKey({ kind: "rsa-pkcs1" }, garbage, key, 32)).toEqual(first);
  });

  it("fails with a key of another kind", async () => {
    const ec = await importPrivateKey(certificate().key("p-256").build().privateKeyPkcs8);
    await expect(recoverTransportedKey({ kind: "rsa-pkcs1" }, info(NONE), ec, 32)).rejects.toMatchObject({
      code: "decrypt.failed",
    });
  });
});
