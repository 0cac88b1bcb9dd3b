import { createCipheriv, randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { ContentType } from "../asn1/oids.ts";
import { encode } from "../asn1/writer.ts";
import {
  type ContentEncryption,
  contentEncryptionAlgorithm,
  contentKey,
  withDerivation,
} from "../cms/content-encryption-algorithm.ts";
import { contentInfo } from "../cms/content-info.ts";
import { encryptedContentInfo } from "../cms/encrypted-content-info.ts";
import { envelopedData } from "../cms/enveloped-data.ts";
import { keyTransRecipientInfo } from "../cms/recipients/key-transport.ts";
import { leafText } from "../mime/transfer-encoding.ts";
import { CIPHERS } from "../primitives/cipher-registry.ts";
import { certificate } from "../../testing/certificate-builder.ts";
import { envelope } from "../../testing/envelope-builder.ts";
import { identityOf, open, opaque, ROOT, textEntity } from "../../testing/mail-builder.ts";

const TEXT = textEntity("chosen by the attacker");
const BOB = certificate().subject("CN=Bob").email("bob@example.com").key("rsa-2048").issuedBy(ROOT).build();
const bob = await identityOf(BOB);

const GCM: ContentEncryption = {
  cipher: CIPHERS["aes-256-gcm"],
  iv: randomBytes(12),
  tagLength: 16,
  derivationInfo: null,
};
const CBC: ContentEncryption = {
  cipher: CIPHERS["aes-256-cbc"],
  iv: randomBytes(16),
  tagLength: 0,
  derivationInfo: null,
};

/**
 * What an attacker makes of an AuthEnvelopedData (RFC 9709 section 1): the same encrypted key in an EnvelopedData that
 * names CBC, with blocks that he knows under the key of GCM, whose key stream is AES of blocks that he can choose.
 */
async function turnedIntoCbc(sentKey: Uint8Array, honest: ContentEncryption, named: ContentEncryption) {
  const cipher = createCipheriv("aes-256-cbc", contentKey(sentKey, honest), named.iv);
  const ciphertext = Buffer.concat([cipher.update(TEXT), cipher.final()]);
  const recipient = await keyTransRecipientInfo(BOB.certificate, { kind: "rsa-pkcs1" }, sentKey);
  const info = encryptedContentInfo(contentEncryptionAlgorithm(named), ciphertext);
  const message = opaque(encode(contentInfo(ContentType.envelopedData, envelopedData(0, [recipient], info))));
  return open(message, { identities: [bob] });
}

describe("attack 25: AES-GCM turned into CBC", () => {
  it("opens with the key as it was sent, and is never called authenticated", async () => {
    const { verdict, content } = await turnedIntoCbc(randomBytes(32), GCM, CBC);
    expect(verdict.encryption).toBe("unauthenticated");
    expect(content && leafText(content)).toBe("chosen by the attacker");
  });

  it("opens nothing where the key was derived, whatever the attacker names", async () => {
    for (const named of [CBC, withDerivation(CBC)]) {
      const { verdict, content } = await turnedIntoCbc(randomBytes(32), withDerivation(GCM), named);
      // Bad padding is the rule; where it fits by chance, what comes out is noise and no text of the attacker's.
      expect(content && leafText(content)).not.toBe("chosen by the attacker");
      expect(verdict.encryption).not.toBe("authenticated");
    }
  });

  it("has no second way in: CBC in AuthEnvelopedData is not read", async () => {
    const message = opaque(
      envelope({ content: TEXT, recipient: BOB, cipher: "aes-256-cbc", type: "authenveloped-data" }),
    );
    const { verdict, content } = await open(message, { identities: [bob] });
    expect(verdict).toMatchObject({ encryption: "cannot-decrypt", reasons: ["unknown-cipher"] });
    expect(content).toBeNull();
  });
});
