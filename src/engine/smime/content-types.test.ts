import { constants, deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { algorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { Compression, ContentType, Digest } from "../asn1/oids.ts";
import { type Der, encode, explicit, octetString, oid, sequence, smallInteger } from "../asn1/writer.ts";
import { concatBytes } from "../bytes/concat.ts";
import { leafText } from "../mime/transfer-encoding.ts";
import { certificate } from "../../testing/certificate-builder.ts";
import { digestOf, signedData } from "../../testing/cms-builder.ts";
import { costInPasses } from "../../testing/cost.ts";
import { envelope } from "../../testing/envelope-builder.ts";
import { ALICE, bytesOf, identityOf, open, opaque, ROOT, textEntity, textOf } from "../../testing/mail-builder.ts";
import { opensslCms } from "../../testing/openssl-cms.ts";

const TEXT = textEntity("Hello");
const BOB = certificate().subject("CN=Bob").email("bob@example.com").key("rsa-2048").issuedBy(ROOT).build();
const bob = await identityOf(BOB);

function contentInfo(type: string, content: Der): Uint8Array {
  return encode(sequence(oid(type), explicit(0, content)));
}

function encapsulated(content: Uint8Array, type: string): Der {
  return sequence(oid(type), explicit(0, octetString(content)));
}

/** CompressedData around octets, whatever they are. */
function compressed(octets: Uint8Array, type: string = ContentType.data, algorithm: string = Compression.zlib): Der {
  return sequence(smallInteger(0), algorithmIdentifier(algorithm, "absent"), encapsulated(octets, type));
}

function compressedMail(content: Uint8Array): Uint8Array {
  return contentInfo(ContentType.compressedData, compressed(new Uint8Array(deflateSync(content))));
}

function digested(content: Uint8Array, of: Uint8Array = content): Der {
  const algorithm = algorithmIdentifier(Digest.sha256, "null");
  return sequence(smallInteger(0), algorithm, encapsulated(content, ContentType.data), octetString(digestOf(of)));
}

const signedBy = (content: Uint8Array, eContentType: string = ContentType.data): Uint8Array =>
  signedData({ content, eContent: "attached", eContentType, signers: [{ signer: ALICE, contentType: eContentType }] });

describe("CompressedData (RFC 3274)", () => {
  it("is opened, and has no say in the verdict", async () => {
    const { layers, verdict, content } = await open(opaque(compressedMail(TEXT)));
    expect(layers.map(({ type }) => type)).toEqual(["compressed-data"]);
    expect(verdict).toMatchObject({ signature: "none", encryption: "none" });
    expect(content && leafText(content)).toBe("Hello");
  });

  it("inside or around a signature leaves it the message's (RFC 8551 section 3.6)", async () => {
    for (const message of [compressedMail(bytesOf(textOf(opaque(signedBy(TEXT))))), signedBy(compressedMail(TEXT))]) {
      const { verdict, content, layers } = await open(opaque(message));
      expect(verdict.signature).toBe("valid");
      expect(content && leafText(content)).toBe("Hello");
      expect(layers.map(({ type }) => type).toSorted()).toEqual(["compressed-data", "signed-data"]);
    }
  });

  it("inside an encryption does not make the outside of it count (attack 64)", async () => {
    const inner = opaque(compressedMail(TEXT));
    const sealed = envelope({ content: bytesOf(textOf(inner)), recipient: BOB });
    const { verdict } = await open(opaque(signedBy(bytesOf(textOf(opaque(sealed))))), { identities: [bob] });
    expect(verdict).toMatchObject({ signature: "none", encryption: "unauthenticated" });
    expect(verdict.reasons).toContain("signature-outside-encryption");
  });

  it.each([
    ["cut off", (octets: Uint8Array) => octets.subarray(0, octets.length - 3), "malformed.cms"],
    [
      "with a wrong check",
      (octets: Uint8Array) => octets.map((o, i, all) => (i === all.length - 1 ? o ^ 1 : o)),
      "malformed.cms",
    ],
    ["empty", () => new Uint8Array(0), "malformed.cms"],
    ["that is no ZLIB", () => TEXT, "malformed.cms"],
  ])("%s is refused", async (_name, change, code) => {
    const octets = change(new Uint8Array(deflateSync(TEXT)));
    const message = contentInfo(ContentType.compressedData, compressed(octets));
    await expect(open(opaque(message))).rejects.toMatchObject({ code });
  });

  it("by another algorithm is unsupported", async () => {
    const message = contentInfo(ContentType.compressedData, compressed(TEXT, ContentType.data, "1.2.3"));
    await expect(open(opaque(message))).rejects.toMatchObject({ code: "unsupported.algorithm" });
  });
});

describe("attack 58: compressed bombs", () => {
  it("of a high ratio end at the limit, in little time", async () => {
    const bomb = compressedMail(new Uint8Array(64 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(100_000);
    const refuse = () => expect(open(opaque(bomb))).rejects.toMatchObject({ code: "limit.exceeded" });
    expect(await costInPasses(refuse)).toBeLessThan(100);
  });

  it("in one another end at the limit", async () => {
    const inner = concatBytes(TEXT, new Uint8Array(900_000));
    let message = compressedMail(inner);
    for (let i = 0; i < 9; i++) message = compressedMail(message);
    await expect(open(opaque(message))).rejects.toMatchObject({ code: "limit.exceeded" });
  });

  it("that multiply, each layer well under the ratio, end at the ratio of them all", async () => {
    // Huffman codes alone make zeros eight times smaller, and zeros again: 16 MiB become 22 kB in four layers.
    const options = { strategy: constants.Z_HUFFMAN_ONLY };
    let message: Uint8Array = new Uint8Array(16 * 1024 * 1024);
    for (let i = 0; i < 4; i++) {
      const deflated = new Uint8Array(deflateSync(message, options));
      message = contentInfo(ContentType.compressedData, compressed(deflated));
    }
    expect(message.length).toBeLessThan(32_768);
    const refused = { code: "limit.exceeded", context: { limit: "decompressed-size" } };
    await expect(open(opaque(message))).rejects.toMatchObject(refused);
  });

  it("inside an encryption fail as everything there does (attack 41)", async () => {
    const bomb = opaque(compressedMail(new Uint8Array(8 * 1024 * 1024)));
    const sealed = envelope({ content: bytesOf(textOf(bomb)), recipient: BOB });
    const { verdict } = await open(opaque(sealed), { identities: [bob] });
    expect(verdict).toMatchObject({ encryption: "cannot-decrypt", reasons: ["decrypt.failed"] });
  });
});

describe("DigestedData (RFC 5652 section 7)", () => {
  it("that OpenSSL made is opened", async () => {
    const cms = opensslCms(["-digest_create", "-md", "sha256", "-binary", "-outform", "DER", "-in", "in"], {
      in: TEXT,
    });
    const { layers, content, verdict } = await open(opaque(cms!));
    expect(layers.map(({ type }) => type)).toEqual(["digested-data"]);
    expect(verdict).toMatchObject({ signature: "none", encryption: "none" });
    expect(content && leafText(content)).toBe("Hello");
  });

  it("whose digest does not fit is refused", async () => {
    const message = contentInfo(ContentType.digestedData, digested(TEXT, textEntity("other")));
    await expect(open(opaque(message))).rejects.toMatchObject({ code: "malformed.cms" });
  });
});

describe("CMS directly inside CMS (RFC 5652 section 4)", () => {
  it("is opened, as the bare value or in a ContentInfo", async () => {
    const value = encode(digested(TEXT));
    const whole = contentInfo(ContentType.digestedData, digested(TEXT));
    for (const inner of [value, whole]) {
      const { verdict, content } = await open(opaque(signedBy(inner, ContentType.digestedData)));
      expect(verdict.signature).toBe("valid");
      expect(content && leafText(content)).toBe("Hello");
    }
  });

  it("counts towards the layers", async () => {
    let inner = TEXT;
    for (let i = 0; i < 9; i++) inner = signedBy(inner, i === 0 ? ContentType.data : ContentType.signedData);
    await expect(open(opaque(inner))).rejects.toMatchObject({ code: "limit.exceeded" });
  });
});

describe("a signature over what is no mail (RFC 8551 section 2.4)", () => {
  const TST_INFO = "1.2.840.113549.1.9.16.1.4";

  it("is verified, and says nothing of the message", async () => {
    const { layers, verdict, content } = await open(opaque(signedBy(TEXT, TST_INFO)));
    expect(layers).toMatchObject([{ foreignContent: TST_INFO, signers: [{ integrity: { status: "valid" } }] }]);
    expect(verdict).toMatchObject({ signature: "unsupported" });
    expect(verdict.reasons[0]).toBe("content-not-mail");
    expect(content).toBeNull();
  });

  it("stays invalid where it does not fit", async () => {
    const altered = signedData({
      content: TEXT,
      eContent: textEntity("other"),
      eContentType: TST_INFO,
      signers: [{ signer: ALICE, contentType: TST_INFO }],
    });
    expect((await open(opaque(altered))).verdict.signature).toBe("invalid");
  });

  it("covers the content octets of a value that is no OCTET STRING (RFC 5652 section 5.2.1)", async () => {
    const value = encode(sequence(smallInteger(7), octetString(TEXT)));
    const cms = signedBy(value.subarray(2), TST_INFO);
    // The same SignedData with the value itself in the place of its OCTET STRING: both have the same length.
    const at = cms.findIndex(
      (_, i) => cms[i] === 0x04 && value.subarray(2).every((octet, j) => cms[i + 2 + j] === octet),
    );
    const pkcs7 = cms.map((octet, i) => (i === at ? 0x30 : octet));
    expect((await open(opaque(pkcs7))).layers).toMatchObject([{ signers: [{ integrity: { status: "valid" } }] }]);
  });
});
