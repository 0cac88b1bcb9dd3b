import { describe, expect, it } from "vitest";
import { ContentType } from "../asn1/oids.ts";
import {
  constructed,
  type Der,
  encode,
  encoded,
  explicit,
  nullValue,
  octetString,
  oid,
  sequence,
} from "../asn1/writer.ts";
import { Asn1Reader } from "../asn1/reader.ts";
import { certificate } from "../../testing/certificate-builder.ts";
import { signedData } from "../../testing/cms-builder.ts";
import { envelope, type EnvelopeRecipe } from "../../testing/envelope-builder.ts";
import { readAuthEnvelopedData } from "./auth-enveloped-data.ts";
import { readContentInfo } from "./content-info.ts";
import { readEnvelopedData } from "./enveloped-data.ts";
import { readSignedData } from "./signed-data.ts";

const CONTENT = Uint8Array.of(1, 2, 3);
const bob = certificate().key("rsa-2048").build();
const envelopeWith = (cipher: NonNullable<EnvelopeRecipe["cipher"]>) =>
  envelope({ content: CONTENT, recipient: bob, cipher });

const KINDS = [
  ["signed-data", signedData({ content: CONTENT, eContent: "attached", signers: [{ signer: bob }] }), readSignedData],
  ["enveloped-data", envelopeWith("aes-256-cbc"), readEnvelopedData],
  ["authenveloped-data", envelopeWith("aes-256-gcm"), readAuthEnvelopedData],
] as const;

/** The fields of the structure inside a ContentInfo, and its type. */
function taken(cms: Uint8Array): { contentType: string; fields: Der[] } {
  const { contentType, content } = readContentInfo(cms);
  return {
    contentType,
    fields: content
      .sequence()
      .rest()
      .map(({ bytes }) => encoded(bytes)),
  };
}

describe("what is left over in a CMS structure is an error", () => {
  it.each(KINDS)("%s: is read as it is", (_name, cms, read) => {
    expect(read(readContentInfo(cms).content)).toBeTruthy();
  });

  it.each(KINDS)("%s: behind the ContentInfo, and inside it", (_name, cms) => {
    const { contentType, fields } = taken(cms);
    expect(() => readContentInfo(Uint8Array.of(...cms, 5, 0))).toThrow("malformed.cms");
    const longer = sequence(oid(contentType), explicit(0, sequence(...fields)), nullValue());
    expect(() => readContentInfo(encode(longer))).toThrow("malformed.cms");
  });

  it.each(KINDS)("%s: behind the structure, and at its end", (_name, cms, read) => {
    const { contentType, fields } = taken(cms);
    const behind = sequence(oid(contentType), constructed(0xa0, sequence(...fields), nullValue()));
    expect(() => read(readContentInfo(encode(behind)).content)).toThrow("malformed.cms");
    const inside = sequence(oid(contentType), explicit(0, sequence(...fields, nullValue())));
    expect(() => read(readContentInfo(encode(inside)).content)).toThrow("malformed.cms");
  });

  it("signed-data: behind the content, and at the end of a SignerInfo", () => {
    const [, cms] = KINDS[0];
    const { fields } = taken(cms);
    const [version, digests, , ...rest] = fields;
    const doubled = sequence(oid(ContentType.data), constructed(0xa0, octetString(CONTENT), octetString(CONTENT)));
    const wrapped = encode(sequence(version ?? null, digests ?? null, doubled, ...rest));
    expect(() => readSignedData(new Asn1Reader(wrapped, "ber"))).toThrow("malformed.cms");
  });
});

describe("readContentInfo", () => {
  it("demands a content", () => {
    expect(() => readContentInfo(encode(sequence(oid(ContentType.signedData))))).toThrow("malformed.cms");
    expect(() => readContentInfo(new Uint8Array(0))).toThrow("malformed.cms");
  });
});
