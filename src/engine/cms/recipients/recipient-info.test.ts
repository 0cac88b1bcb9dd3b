import { describe, expect, it } from "vitest";
import { algorithmIdentifier } from "../../asn1/algorithm-identifier.ts";
import { KeyAgreement, PublicKey } from "../../asn1/oids.ts";
import { Asn1Reader } from "../../asn1/reader.ts";
import {
  asciiString,
  bitString,
  constructed,
  type Der,
  encode,
  explicit,
  implicitPrimitive,
  octetString,
  oid,
  sequence,
  setOf,
  smallInteger,
} from "../../asn1/writer.ts";
import { certificate } from "../../../testing/certificate-builder.ts";
import { issuerAndSerialNumber } from "../certificate-identifier.ts";
import { readRecipientInfos } from "./recipient-info.ts";

const bob = certificate().subject("CN=Bob").key("p-256").build();
const rid = issuerAndSerialNumber(bob.certificate);
const key = octetString(Uint8Array.of(1, 2, 3));
const rsa = algorithmIdentifier(PublicKey.rsaEncryption, "null");
const ecdh = algorithmIdentifier(KeyAgreement.dhSinglePassStdDhSha256Kdf, "null");
const originatorKey = constructed(
  0xa1,
  algorithmIdentifier(PublicKey.ecPublicKey, "absent"),
  bitString(Uint8Array.of(4, 5)),
);

const read = (...infos: readonly Der[]) => readRecipientInfos(new Asn1Reader(encode(setOf(infos)), "ber").set());
const kari = (originator: Der, ...rest: readonly Der[]) =>
  constructed(0xa1, smallInteger(3), explicit(0, originator), ...rest);
const encryptedKeys = (...keys: readonly Der[]) => sequence(...keys);

describe("RecipientInfos (RFC 5652 section 6.2)", () => {
  it("reads key transport by both identifiers", () => {
    const infos = read(
      sequence(smallInteger(0), rid, rsa, key),
      sequence(smallInteger(2), implicitPrimitive(0, Uint8Array.of(9)), rsa, key),
    );
    expect(infos).toMatchObject([
      { kind: "ktri", rid: { kind: "subject-key-identifier", keyIdentifier: Uint8Array.of(9) } },
      { kind: "ktri", rid: { kind: "issuer-serial" }, encryptedKey: Uint8Array.of(1, 2, 3) },
    ]);
  });

  it("reads key agreement with an originator's key, with user keying material and several recipients", () => {
    const keyId = constructed(0xa0, octetString(Uint8Array.of(9)));
    const info = kari(
      originatorKey,
      explicit(1, octetString(Uint8Array.of(7))),
      ecdh,
      encryptedKeys(sequence(rid, key), sequence(keyId, key)),
    );
    expect(read(info)).toMatchObject([
      {
        kind: "kari",
        originator: { kind: "public-key", publicKey: Uint8Array.of(4, 5) },
        ukm: Uint8Array.of(7),
        recipientEncryptedKeys: [{ rid: { kind: "issuer-serial" } }, { rid: { kind: "subject-key-identifier" } }],
      },
    ]);
  });

  it("reads an originator that is named by a certificate", () => {
    expect(read(kari(rid, ecdh, encryptedKeys(sequence(rid, key))))).toMatchObject([
      { originator: { kind: "issuer-serial" }, ukm: null },
    ]);
    const byKey = implicitPrimitive(0, Uint8Array.of(9));
    expect(read(kari(byKey, ecdh, encryptedKeys(sequence(rid, key))))).toMatchObject([
      { originator: { kind: "subject-key-identifier", keyIdentifier: Uint8Array.of(9) } },
    ]);
  });

  it("reads key-encryption keys and passwords, and passes over what it does not know", () => {
    const wrap = algorithmIdentifier("2.16.840.1.101.3.4.1.5", "absent");
    const kekId = sequence(octetString(Uint8Array.of(9)), asciiString(0x18, "20260101000000Z"));
    const infos = read(
      constructed(0xa2, smallInteger(4), kekId, wrap, key),
      constructed(0xa3, smallInteger(0), constructed(0xa0, oid("1.2.3")), wrap, key),
      constructed(0xa3, smallInteger(0), wrap, key),
      constructed(0xa4, smallInteger(0)),
    );
    expect(infos).toMatchObject([
      { kind: "kekri", keyIdentifier: Uint8Array.of(9), encryptedKey: Uint8Array.of(1, 2, 3) },
      { kind: "pwri", keyDerivationAlgorithm: null },
      { kind: "pwri", keyDerivationAlgorithm: { oid: "1.2.3" } },
      { kind: "ori" },
    ]);
  });

  it.each([
    ["an unknown choice", constructed(0xa5, smallInteger(0))],
    ["no SEQUENCE", octetString(Uint8Array.of(1))],
  ])("refuses %s", (_name, info) => {
    expect(() => read(info)).toThrow("malformed.cms");
  });

  it.each([
    ["key transport without a key", sequence(smallInteger(0), rid, rsa)],
    ["key transport with something behind", sequence(smallInteger(0), rid, rsa, key, key)],
    [
      "key agreement without an originator",
      constructed(0xa1, smallInteger(3), ecdh, encryptedKeys(sequence(rid, key))),
    ],
    ["key agreement with something behind", kari(originatorKey, ecdh, encryptedKeys(sequence(rid, key)), key)],
    [
      "user keying material with something behind",
      kari(originatorKey, constructed(0xa1, octetString(Uint8Array.of(7)), key), ecdh, encryptedKeys()),
    ],
    ["an encrypted key with something behind", kari(originatorKey, ecdh, encryptedKeys(sequence(rid, key, key)))],
  ])("refuses %s", (_name, info) => {
    expect(() => read(info)).toThrow("malformed.asn1");
  });
});
