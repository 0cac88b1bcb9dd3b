import { describe, expect, it } from "vitest";
import { Attribute, ContentType } from "../asn1/oids.ts";
import { oid } from "../asn1/writer.ts";
import { toHex } from "../bytes/hex.ts";
import { decodeTransfer } from "../mime/transfer-encoding.ts";
import { parseMessage } from "../mime/parse.ts";
import { readAuthEnvelopedData } from "../cms/auth-enveloped-data.ts";
import { readContentEncryption } from "../cms/content-encryption-algorithm.ts";
import { readContentInfo } from "../cms/content-info.ts";
import { certificate } from "../../testing/certificate-builder.ts";
import { attributeOf } from "../../testing/cms-builder.ts";
import { envelope, type EnvelopeRecipe } from "../../testing/envelope-builder.ts";
import { bytesOf, identityOf, lines, open, opaque, ROOT, textEntity, textOf } from "../../testing/mail-builder.ts";
import { encryptMessage } from "./protect.ts";
import { HEADER_POLICIES } from "./header-policy.ts";

const BOB = certificate().subject("CN=Bob").email("bob@example.com").key("rsa-2048").issuedBy(ROOT).build();
const bob = await identityOf(BOB);
const TEXT = textEntity("Meet me at noon.");
const ATTRIBUTES = [attributeOf(Attribute.contentType, oid(ContentType.data))];

async function read(recipe: Partial<EnvelopeRecipe>): Promise<string> {
  const cms = envelope({ content: TEXT, recipient: BOB, cipher: "aes-256-gcm", ...recipe });
  try {
    const { verdict, content, layers } = await open(opaque(cms), { identities: [bob] });
    expect(layers[0]?.covered === null).toBe(content === null);
    return [verdict.encryption, ...verdict.reasons].join(" ");
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe("attack 60: GCM with short tags, reused nonces and early plaintext (RFC 5084, openssl#31695)", () => {
  it.each([12, 13, 14, 15, 16])("reads a tag of %d octets", async (tagLength) => {
    expect(await read({ tagLength })).toBe("authenticated");
  });

  it("reads 12 octets where the parameters say nothing", async () => {
    expect(await read({ tagLength: 12, statedTagLength: "default" })).toBe("authenticated");
    expect(await read({ tagLength: 16, statedTagLength: "default" })).toBe("cannot-decrypt decrypt.failed");
  });

  it.each([4, 8])("refuses a right tag of %d octets, which is forged by trying", async (tagLength) => {
    expect(await read({ tagLength })).toBe("malformed.cms");
    expect(await read({ tagLength, statedTagLength: 12 })).toBe("cannot-decrypt decrypt.failed");
    expect(await read({ tagLength, statedTagLength: 16 })).toBe("cannot-decrypt decrypt.failed");
  });

  it.each([0, 1, 4, 8, 11, 17, 32])("refuses parameters that say %d octets", async (statedTagLength) => {
    expect(await read({ statedTagLength })).toBe("malformed.cms");
  });

  it("refuses a right tag that is cut off to what is allowed", async () => {
    expect(await read({ alterTag: (tag) => tag.subarray(0, 12) })).toBe("cannot-decrypt decrypt.failed");
    expect(await read({ alterTag: () => new Uint8Array(0) })).toBe("cannot-decrypt decrypt.failed");
    expect(await read({ alterTag: (tag) => Uint8Array.of(...tag, 0) })).toBe("cannot-decrypt decrypt.failed");
  });

  it("gives no plaintext of a content of which only the last octet was changed", async () => {
    const alter = (octets: Uint8Array) => octets.map((octet, i) => (i === octets.length - 1 ? octet ^ 1 : octet));
    expect(await read({ alter })).toBe("cannot-decrypt decrypt.failed");
  });

  it("gives no plaintext where the content was moved between the structure and its tag", async () => {
    const type = "enveloped-data";
    expect(await read({ type, alterTag: (tag) => tag.map((octet) => octet ^ 1) })).toBe(
      "cannot-decrypt decrypt.failed",
    );
  });

  it("refuses a tag that took in the end of the ciphertext, though both together are the same octets", async () => {
    let tail = new Uint8Array(0);
    const alter = (octets: Uint8Array) => {
      tail = octets.slice(-4);
      return octets.subarray(0, -4);
    };
    const alterTag = (tag: Uint8Array) => Uint8Array.of(...tail, ...tag);
    expect(await read({ alter, alterTag })).toBe("cannot-decrypt decrypt.failed");
  });

  it("authenticates the attributes that RFC 5083 tags [1]", async () => {
    expect(await read({ authAttrs: { attributes: ATTRIBUTES, tag: 1, areFed: true } })).toBe("authenticated");
    expect(await read({ authAttrs: { attributes: ATTRIBUTES, tag: 1, areFed: false } })).toBe(
      "cannot-decrypt decrypt.failed",
    );
  });

  it("takes nothing from attributes that OpenSSL tagged [2] and did not authenticate", async () => {
    expect(await read({ authAttrs: { attributes: ATTRIBUTES, tag: 2, areFed: false } })).toBe("authenticated");
    expect(await read({ authAttrs: { attributes: ATTRIBUTES, tag: 2, areFed: true } })).toBe(
      "cannot-decrypt decrypt.failed",
    );
  });

  it("does not read CBC in AuthEnvelopedData", async () => {
    expect(await read({ cipher: "aes-256-cbc", type: "authenveloped-data" })).toBe("cannot-decrypt unknown-cipher");
  });

  it("writes a key, a nonce and a ciphertext of its own each time, and a tag of 16 octets", async () => {
    const mail = bytesOf(lines("Content-Type: text/plain", "", "Hello", ""));
    const options = {
      recipients: [BOB.certificate],
      cipher: "aes-256-gcm",
      keyTransport: { kind: "rsa-pkcs1" },
      headerPolicy: HEADER_POLICIES.none,
    } as const;
    const nonces = new Set<string>();
    const ciphertexts = new Set<string>();
    const keys = new Set<string>();
    const runs = 200;
    for (let i = 0; i < runs; i++) {
      const written = await encryptMessage(mail, options);
      expect(textOf(written)).not.toContain("Hello");
      const info = readContentInfo(decodeTransfer(parseMessage(written)));
      expect(info.contentType).toBe(ContentType.authEnvelopedData);
      const { encryptedContentInfo, mac, recipientInfos } = readAuthEnvelopedData(info.content);
      const encryption = readContentEncryption(encryptedContentInfo.contentEncryptionAlgorithm);
      expect([mac.length, encryption?.tagLength, encryption?.iv.length]).toEqual([16, 16, 12]);
      nonces.add(toHex(encryption?.iv ?? mac));
      ciphertexts.add(toHex(encryptedContentInfo.encryptedContent));
      const [recipient] = recipientInfos;
      if (i < 3 && recipient?.kind === "ktri")
        keys.add(toHex(await bob.key.unwrapRsaPkcs1(recipient.encryptedKey, 32)));
    }
    expect([nonces.size, ciphertexts.size, keys.size]).toEqual([runs, runs, 3]);
  });
});
