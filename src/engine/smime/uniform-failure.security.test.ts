import { createDecipheriv } from "node:crypto";
import { describe, expect, it } from "vitest";
import { certificate } from "../../testing/certificate-builder.ts";
import { encryptRsa, envelope, type EnvelopeRecipe } from "../../testing/envelope-builder.ts";
import { ALICE, bytesOf, identityOf, open, opaque, ROOT, signedMail, textEntity } from "../../testing/mail-builder.ts";
import { opensslCms } from "../../testing/openssl-cms.ts";

const BOB = certificate().subject("CN=Bob").email("bob@example.com").key("rsa-2048").issuedBy(ROOT).build();
const bob = await identityOf(BOB);
const TEXT = textEntity("Meet me at noon.");

const build = (recipe: Partial<EnvelopeRecipe> = {}) => envelope({ content: TEXT, recipient: BOB, ...recipe });

/** All that can be told from outside: the verdict, the layers, and whether there is a content. */
async function outcome(cms: Uint8Array) {
  const opened = await open(opaque(cms), { identities: [bob] });
  const [layer] = opened.layers;
  const reasons = layer && "reasons" in layer ? layer.reasons : null;
  return {
    verdict: opened.verdict,
    count: opened.layers.length,
    reasons,
    covered: layer?.covered,
    content: opened.content,
  };
}

const FAILED = {
  verdict: { signature: "none", encryption: "cannot-decrypt", sender: "none", reasons: ["decrypt.failed"] },
  count: 1,
  reasons: ["decrypt.failed"],
  covered: null,
  content: null,
};

const flipped = (at: number) => (octets: Uint8Array) =>
  octets.map((octet, i) => (i === (at + octets.length) % octets.length ? octet ^ 1 : octet));

function rsaBlock(head: readonly number[], keyLength: number): Uint8Array {
  const block = new Uint8Array(256).fill(0xaa);
  block.set(head);
  block[255 - keyLength] = 0;
  return encryptRsa(BOB, block, "none");
}

const randomKey = new Uint8Array(32).fill(7);
/** Everything that somebody may try who has a ciphertext of Bob's and wants to know more about it. */
const ALTERED: readonly (readonly [string, Uint8Array])[] = [
  ["another content key", build({ encryptedKey: encryptRsa(BOB, randomKey) })],
  ["a content key that is too short", build({ encryptedKey: encryptRsa(BOB, randomKey.subarray(1)) })],
  ["a content key that is too long", build({ encryptedKey: encryptRsa(BOB, new Uint8Array(33)) })],
  ["an empty content key", build({ encryptedKey: encryptRsa(BOB, new Uint8Array(0)) })],
  ["an RSA block of type 1", build({ encryptedKey: rsaBlock([0, 1], 32) })],
  ["an RSA block without 00 02", build({ encryptedKey: rsaBlock([1, 2], 32) })],
  ["an RSA block with a short padding", build({ encryptedKey: rsaBlock([0, 2, 1, 0], 32) })],
  ["an RSA block as it is", build({ encryptedKey: rsaBlock([0, 2], 32) })],
  ["an RSA ciphertext with a bit changed", build({ encryptedKey: flipped(5)(encryptRsa(BOB, randomKey)) })],
  ["an RSA ciphertext that is too short", build({ encryptedKey: encryptRsa(BOB, randomKey).subarray(1) })],
  ["an RSA ciphertext beyond the modulus", build({ encryptedKey: new Uint8Array(256).fill(0xff) })],
  ["an empty RSA ciphertext", build({ encryptedKey: new Uint8Array(0) })],
  ["a CBC padding that is wrong", build({ alter: flipped(-17) })],
  ["a CBC ciphertext of no whole blocks", build({ alter: (octets) => octets.subarray(1) })],
  ["a CBC ciphertext of one block less", build({ alter: (octets) => octets.subarray(0, -16) })],
  ["no CBC ciphertext", build({ alter: () => new Uint8Array(0) })],
  ["a GCM tag with a bit changed", build({ cipher: "aes-256-gcm", alterTag: flipped(0) })],
  ["a GCM ciphertext with a bit changed", build({ cipher: "aes-256-gcm", alter: flipped(0) })],
  ["another content key for GCM", build({ cipher: "aes-256-gcm", encryptedKey: encryptRsa(BOB, randomKey) })],
  ["a broken SignedData inside", build({ content: opaque(Uint8Array.of(0x30, 0x80, 1), []) })],
  ["an empty SignedData inside", build({ content: opaque(new Uint8Array(0), []) })],
  [
    "a bare CMS object inside that ends early",
    build({ content: envelope({ content: TEXT, recipient: BOB }).subarray(0, 40) }),
  ],
  ["a content type inside that is no MIME", build({ contentType: "1.2.840.113549.1.7.5" })],
  [
    "MIME beyond a limit inside",
    build({ content: bytesOf(`Content-Type: text/plain\r\nX: ${"x".repeat(1 << 20)}\r\n\r\n`) }),
  ],
];

function nested(depth: number): Uint8Array {
  let content = TEXT;
  for (let i = 0; i < depth; i++) content = opaque(envelope({ content, recipient: BOB }), []);
  return content;
}

describe("attack 41: what failed behind a decryption is told apart (Bleichenbacher, Vaudenay, RFC 3218)", () => {
  it("opens what was not altered", async () => {
    for (const cipher of ["aes-256-cbc", "aes-256-gcm"] as const) {
      const cms = build({ cipher });
      expect((await outcome(cms)).content).not.toBeNull();
      const keys = { "bob.pem": BOB.pem, "bob.key": BOB.privateKeyPem, cms };
      const options = ["-decrypt", "-binary", "-inform", "DER", "-in", "cms", "-recip", "bob.pem", "-inkey", "bob.key"];
      expect(opensslCms(options, keys)).toEqual(TEXT);
    }
  });

  it("would be told apart by a program that passes on what its cipher says", () => {
    const cipher = createDecipheriv("aes-256-cbc", randomKey, new Uint8Array(16));
    cipher.update(new Uint8Array(32));
    expect(() => cipher.final()).toThrow(/bad decrypt|BAD_DECRYPT/);
  });

  it.each(ALTERED)("is one outcome: %s", async (_name, cms) => {
    // A garbled CBC content can happen to end in a right padding, once in 256 times: then it is a content like others.
    const found = await outcome(cms);
    if (found.content === null) expect(found).toEqual(FAILED);
    else expect(found.verdict.encryption).toBe("unauthenticated");
  });

  it("is the same outcome each time for the same message", async () => {
    const cms = build({ encryptedKey: rsaBlock([1, 2], 32) });
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => outcome(cms)));
    for (const other of outcomes) expect(other).toEqual(outcomes[0]);
  });

  it("keeps what stands outside of the encryption", async () => {
    const broken = opaque(build({ cipher: "aes-256-gcm", alterTag: flipped(0) }), []);
    const opened = await open(signedMail(broken, { signer: ALICE }), { identities: [bob] });
    expect(opened.layers.map(({ type }) => type)).toEqual(["multipart-signed", "authenveloped-data"]);
    expect(opened.verdict).toMatchObject({ signature: "none", encryption: "cannot-decrypt" });
  });

  it("says of a message that no key at hand is for it, without using one", async () => {
    const other = certificate().subject("CN=Carol").key("rsa-2048").issuedBy(ROOT).build();
    const found = await outcome(envelope({ content: TEXT, recipient: other }));
    expect(found.verdict.reasons).toEqual(["decrypt.no-key"]);
  });

  it("is the verdict too where the limit of layers is passed inside", async () => {
    expect((await outcome(build({ content: nested(8) }))).verdict).toEqual(FAILED.verdict);
    expect((await outcome(build({ content: nested(7) }))).content).not.toBeNull();
  });
});
