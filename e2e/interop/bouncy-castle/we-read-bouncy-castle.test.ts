import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Cipher, KeyAgreement } from "../../../src/engine/asn1/oids.ts";
import { read, write } from "../openssl.ts";
import { ENTITY, TEXT, openBare, openedText } from "../peer.ts";
import { KEY_KINDS, type KeyKind, makePki } from "../pki.ts";
import { BouncyCastle, hasBouncyCastle } from "./bouncy-castle.ts";

const DIGESTS = ["SHA256", "SHA384", "SHA512"] as const;
const RSA_KINDS = ["rsa2048", "rsa3072"] as const;
const EC_KINDS = ["p256", "p384", "p521"] as const;
const CIPHERS = ["aes128Cbc", "aes192Cbc", "aes256Cbc", "desEde3Cbc", "aes128Gcm", "aes192Gcm", "aes256Gcm"] as const;

interface SignatureCase {
  readonly kind: KeyKind;
  readonly algorithm: string;
}

const signatures: readonly SignatureCase[] = [
  ...RSA_KINDS.flatMap((kind) =>
    DIGESTS.flatMap((digest) => [
      { kind, algorithm: `${digest}WITHRSA` },
      { kind, algorithm: `${digest}WITHRSAANDMGF1` },
    ]),
  ),
  ...EC_KINDS.flatMap((kind) => DIGESTS.map((digest) => ({ kind, algorithm: `${digest}WITHECDSA` }))),
];

interface EnvelopeCase {
  readonly kind: KeyKind;
  readonly cipher: (typeof CIPHERS)[number];
  readonly keyManagement: string;
  readonly command: string;
}

const ecdh = (scheme: keyof typeof KeyAgreement, wrap: string) => `ecdh ${KeyAgreement[scheme]} ${wrap}`;

const envelopes: readonly EnvelopeCase[] = [
  ...CIPHERS.map((cipher) => ({ kind: "rsa2048" as const, cipher, keyManagement: "RSA v1.5", command: "rsa" })),
  ...["SHA-1", "SHA-256", "SHA-384", "SHA-512"].map((digest) => ({
    kind: "rsa3072" as const,
    cipher: "aes256Cbc" as const,
    keyManagement: `OAEP with ${digest}`,
    command: `oaep ${digest}`,
  })),
  ...EC_KINDS.flatMap((kind) =>
    CIPHERS.map((cipher) => ({
      kind,
      cipher,
      keyManagement: "ECDH with SHA-256 and AES-256 wrap",
      command: ecdh("dhSinglePassStdDhSha256Kdf", Cipher.aes256Wrap),
    })),
  ),
  ...(
    [
      ["SHA-1", "dhSinglePassStdDhSha1Kdf", Cipher.aes128Wrap],
      ["SHA-224", "dhSinglePassStdDhSha224Kdf", Cipher.aes192Wrap],
      ["SHA-384", "dhSinglePassStdDhSha384Kdf", Cipher.aes256Wrap],
      ["SHA-512", "dhSinglePassStdDhSha512Kdf", Cipher.aes256Wrap],
    ] as const
  ).map(([digest, scheme, wrap]) => ({
    kind: "p256" as const,
    cipher: "aes128Cbc" as const,
    keyManagement: `ECDH with ${digest}`,
    command: ecdh(scheme, wrap),
  })),
];

const FORMS = ["clear", "opaque"] as const;

describe.skipIf(!hasBouncyCastle)("what Bouncy Castle writes", () => {
  let peer: BouncyCastle;

  beforeAll(() => {
    makePki();
    write("entity.txt", ENTITY);
    peer = new BouncyCastle();
  }, 60_000);
  afterAll(() => {
    peer.stop();
  });

  it("covers every kind of key", () => {
    expect(new Set([...signatures, ...envelopes].map(({ kind }) => kind))).toEqual(new Set(KEY_KINDS));
  });

  it.each(signatures)("is verified: $algorithm by $kind, clear and opaque", async (signature) => {
    for (const form of FORMS) {
      await peer.ask("sign", signature.kind, signature.algorithm, form, "entity.txt", "theirs.p7m");
      const opened = await openBare(read("theirs.p7m"), [], form === "clear" ? read("entity.txt") : undefined);
      expect(opened.verdict).toMatchObject({ signature: "valid", sender: "no-address" });
      expect(openedText(opened)).toBe(TEXT);
    }
  });

  it.each(envelopes)("is decrypted: $cipher to $kind by $keyManagement", async (envelope) => {
    const { kind, cipher, command } = envelope;
    await peer.ask("encrypt", kind, Cipher[cipher], command, "entity.txt", "theirs.p7m");
    const opened = await openBare(read("theirs.p7m"), [kind]);
    expect(opened.verdict.encryption).toBe(cipher.endsWith("Gcm") ? "authenticated" : "unauthenticated");
    expect(openedText(opened)).toBe(TEXT);
  });
});
