import { describe, expect, it } from "vitest";
import { algorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { Attribute as AttributeType, ContentType, Digest, Signature } from "../asn1/oids.ts";
import { Asn1Reader } from "../asn1/reader.ts";
import {
  asciiString,
  constructed,
  type Der,
  encode,
  octetString,
  oid,
  sequence,
  setOf,
  smallInteger,
  time,
} from "../asn1/writer.ts";
import { certificate } from "../../testing/certificate-builder.ts";
import { attributeOf, digestOf, signerInfo } from "../../testing/cms-builder.ts";
import { type Attribute, readAttributes } from "./attribute.ts";
import {
  checkAlgorithmProtection,
  checkContentType,
  checkMessageDigest,
  checkSigningCertificate,
  checkSigningTime,
  looksLikeSignedAttributes,
  signingTime,
} from "./signed-attributes.ts";
import { readSignerInfo } from "./signer-info.ts";

const alice = certificate().email("alice@example.com").key("p-256").build();
const read = (...attributes: readonly Der[]): Attribute[] =>
  readAttributes(new Asn1Reader(encode(setOf(attributes)), "ber").set());
const attribute = (type: keyof typeof AttributeType, ...values: readonly Der[]) =>
  attributeOf(AttributeType[type], ...values);
const data = oid(ContentType.data);

describe("checkContentType (RFC 5652 section 11.1)", () => {
  it.each([
    ["once", [attribute("contentType", data)], null],
    ["missing", [], "required-attribute-missing"],
    ["twice", [attribute("contentType", data), attribute("contentType", data)], "attribute-repeated"],
    ["with two values", [attribute("contentType", data, oid(ContentType.signedData))], "attribute-repeated"],
    ["without a value", [attribute("contentType")], "attribute-repeated"],
    ["of another type", [attribute("contentType", oid(ContentType.signedData))], "content-type-mismatch"],
  ])("%s", (_name, attributes, finding) => {
    expect(checkContentType(read(...attributes), ContentType.data)).toBe(finding);
  });
});

describe("checkMessageDigest (RFC 5652 section 11.2)", () => {
  const digest = digestOf(Uint8Array.of(1));

  it.each([
    ["once", [attribute("messageDigest", octetString(digest))], null],
    ["missing", [], "required-attribute-missing"],
    [
      "twice",
      [attribute("messageDigest", octetString(digest)), attribute("messageDigest", octetString(digest))],
      "attribute-repeated",
    ],
    ["of another content", [attribute("messageDigest", octetString(digestOf(Uint8Array.of(2))))], "content-changed"],
    ["that is a part of it", [attribute("messageDigest", octetString(digest.subarray(0, 20)))], "content-changed"],
    ["that is empty", [attribute("messageDigest", octetString(new Uint8Array(0)))], "content-changed"],
  ])("%s", (_name, attributes, finding) => {
    expect(checkMessageDigest(read(...attributes), digest)).toBe(finding);
  });
});

describe("signingTime (RFC 5652 section 11.3)", () => {
  const date = new Date("2026-06-01T12:00:00Z");

  it("is read where it stands once", () => {
    expect(signingTime(read(attribute("signingTime", time(date))))).toEqual(date);
    expect(checkSigningTime(read(attribute("signingTime", time(date))))).toBeNull();
  });

  it("is nothing where it is missing, repeated or no time, of which the second counts against the signature", () => {
    expect(signingTime(read())).toBeNull();
    const twice = read(attribute("signingTime", time(date), time(new Date(0))));
    expect([signingTime(twice), checkSigningTime(twice)]).toEqual([null, "attribute-repeated"]);
    expect(signingTime(read(attribute("signingTime", asciiString(0x17, "yesterday"))))).toBeNull();
    expect(checkSigningTime(read())).toBeNull();
  });
});

describe("checkSigningCertificate (RFC 5035)", () => {
  it("has nothing against a signature without the attribute", async () => {
    expect(await checkSigningCertificate(read(), alice.certificate)).toBeNull();
  });

  it("passes over a hash that is unknown", async () => {
    const id = sequence(algorithmIdentifier("1.3.6.1.4.1.99999.1", "absent"), octetString(new Uint8Array(32)));
    const attributes = read(attribute("signingCertificateV2", sequence(sequence(id))));
    expect(await checkSigningCertificate(attributes, alice.certificate)).toBeNull();
  });

  it("refuses an attribute without a certificate in it", async () => {
    const attributes = read(attribute("signingCertificateV2", sequence(sequence())));
    await expect(checkSigningCertificate(attributes, alice.certificate)).rejects.toMatchObject({
      code: "malformed.asn1",
    });
  });
});

describe("checkAlgorithmProtection (RFC 6211)", () => {
  const info = readSignerInfo(new Asn1Reader(encode(signerInfo(Uint8Array.of(1), { signer: alice })), "ber"));
  const digest = algorithmIdentifier(Digest.sha256, "absent");
  const signature = constructed(0xa1, oid(Signature.ecdsaWithSha256));

  it.each([
    ["missing", [], null],
    ["right", [attribute("cmsAlgorithmProtection", sequence(digest, signature))], null],
    [
      "twice",
      [attribute("cmsAlgorithmProtection", sequence(digest, signature), sequence(digest, signature))],
      "attribute-repeated",
    ],
    [
      "for a MAC",
      [attribute("cmsAlgorithmProtection", sequence(digest, constructed(0xa2, oid(Signature.ecdsaWithSha256))))],
      "algorithm-substituted",
    ],
    ["with a digest only", [attribute("cmsAlgorithmProtection", sequence(digest))], "algorithm-substituted"],
    [
      "of another digest",
      [attribute("cmsAlgorithmProtection", sequence(algorithmIdentifier(Digest.sha1, "absent"), signature))],
      "algorithm-substituted",
    ],
    [
      "of other parameters",
      [
        attribute(
          "cmsAlgorithmProtection",
          sequence(digest, constructed(0xa1, oid(Signature.ecdsaWithSha256), smallInteger(1))),
        ),
      ],
      "algorithm-substituted",
    ],
  ])("%s", (_name, attributes, finding) => {
    expect(checkAlgorithmProtection(read(...attributes), info)).toBe(finding);
  });
});

describe("looksLikeSignedAttributes", () => {
  const attributes = setOf([attribute("contentType", data)]);

  it("knows a SET OF Attribute, in BER too and with something behind it", () => {
    const der = encode(attributes);
    expect(looksLikeSignedAttributes(der)).toBe(true);
    expect(looksLikeSignedAttributes(Uint8Array.of(...der, 1, 2, 3))).toBe(true);
    expect(looksLikeSignedAttributes(Uint8Array.of(0x31, 0x80, ...der.subarray(2), 0, 0))).toBe(true);
  });

  it.each([
    ["nothing", new Uint8Array(0)],
    ["an empty SET", Uint8Array.of(0x31, 0)],
    ["a SET of something else", encode(setOf([octetString(Uint8Array.of(1))]))],
    ["a SEQUENCE", encode(sequence(attribute("contentType", data)))],
    ["a text", new TextEncoder().encode("1. First")],
  ])("does not take %s for one", (_name, content) => {
    expect(looksLikeSignedAttributes(content)).toBe(false);
  });
});
