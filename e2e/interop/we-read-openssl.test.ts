import { beforeAll, describe, expect, it } from "vitest";
import { decodeTransfer } from "../../src/engine/mime/transfer-encoding.ts";
import { type OpenedMessage, openMessage } from "../../src/engine/smime/open.ts";
import { openssl, read, write } from "./openssl.ts";
import { KEY_KINDS, type KeyKind, identity, makePki, practiceAnchors } from "./pki.ts";

const TEXT = "Hello Bob,\r\nthis is it.\r\n";
const ENTITY = `Content-Type: text/plain\r\n\r\n${TEXT}`;
const RSA_KINDS = ["rsa2048", "rsa3072"] as const;

beforeAll(() => {
  makePki();
  write("entity.txt", ENTITY);
});

async function open(name: string, keys: readonly KeyKind[] = []): Promise<OpenedMessage> {
  return openMessage(read(name), {
    identities: await Promise.all(keys.map(identity)),
    anchors: practiceAnchors(),
    intermediates: [],
    at: new Date(),
  });
}

function text(opened: OpenedMessage): string {
  return opened.content ? new TextDecoder().decode(decodeTransfer(opened.content)) : "";
}

function headers(kind: KeyKind): string[] {
  return ["-from", `${kind}@example.com`, "-to", "bob@example.com", "-subject", "Practice"];
}

describe("signatures that OpenSSL makes", () => {
  const digests = ["sha256", "sha384", "sha512"] as const;
  const forms = [
    ["clear", []],
    ["opaque", ["-nodetach"]],
    ["opaque in pieces", ["-nodetach", "-stream", "-indef"]],
    ["clear without attributes", ["-noattr"]],
    ["clear by key identifier", ["-keyid"]],
  ] as const;
  const cases = KEY_KINDS.flatMap((kind) => digests.map((digest) => [kind, digest] as const));

  it.each(cases.flatMap(([kind, digest]) => forms.map(([form, flags]) => [kind, digest, form, flags] as const)))(
    "%s, %s, %s are valid, trusted and the sender's",
    async (kind, digest, _form, flags) => {
      const signer = ["-signer", `${kind}.pem`, "-inkey", `${kind}.key`, "-md", digest];
      openssl("cms", "-sign", "-in", "entity.txt", "-out", "signed.eml", ...signer, ...flags, ...headers(kind));
      const opened = await open("signed.eml");
      expect(opened.verdict).toMatchObject({ signature: "valid", encryption: "none", sender: "matches" });
      expect(text(opened)).toBe(TEXT);
    },
  );

  it.each([
    ["sha256", "digest"],
    ["sha256", "max"],
    ["sha384", "digest"],
    ["sha512", "20"],
  ])("RSA-PSS with %s and salt length %s are valid", async (digest, salt) => {
    const pss = ["-keyopt", "rsa_padding_mode:pss", "-keyopt", `rsa_pss_saltlen:${salt}`];
    const signer = ["-signer", "rsa2048.pem", "-inkey", "rsa2048.key", "-md", digest, ...pss];
    openssl("cms", "-sign", "-in", "entity.txt", "-out", "signed.eml", ...signer, ...headers("rsa2048"));
    expect((await open("signed.eml")).verdict).toMatchObject({ signature: "valid", sender: "matches" });
  });

  it.each(["sha1", "md5"])("with %s are weak", async (digest) => {
    const signer = ["-signer", "rsa2048.pem", "-inkey", "rsa2048.key", "-md", digest];
    openssl("cms", "-sign", "-in", "entity.txt", "-out", "signed.eml", ...signer, ...headers("rsa2048"));
    const { verdict } = await open("signed.eml");
    expect(verdict.signature).toBe("weak");
    expect(verdict.reasons).toContain("weak-digest");
  });

  it("of openssl smime (PKCS#7) are valid", async () => {
    const signer = ["-signer", "rsa2048.pem", "-inkey", "rsa2048.key", "-md", "sha256"];
    openssl("smime", "-sign", "-in", "entity.txt", "-out", "signed.eml", ...signer, ...headers("rsa2048"));
    expect((await open("signed.eml")).verdict.signature).toBe("valid");
  });
});

describe("encryption that OpenSSL makes", () => {
  const ciphers = [
    ["-aes128", "aes-128-cbc"],
    ["-aes192", "aes-192-cbc"],
    ["-aes256", "aes-256-cbc"],
    ["-des3", "des-ede3-cbc"],
    ["-aes-128-gcm", "aes-128-gcm"],
    ["-aes-192-gcm", "aes-192-gcm"],
    ["-aes-256-gcm", "aes-256-gcm"],
  ] as const;
  // With EC keys OpenSSL wraps the key of 3DES by 3DES, which is not read here.
  const cases = KEY_KINDS.flatMap((kind) => ciphers.map(([flag, cipher]) => [kind, flag, cipher] as const)).filter(
    ([kind, flag]) => flag !== "-des3" || kind.startsWith("rsa"),
  );

  it.each(cases)("to %s with %s is opened", async (kind, flag, cipher) => {
    openssl("cms", "-encrypt", "-in", "entity.txt", "-out", "encrypted.eml", flag, `${kind}.pem`);
    const opened = await open("encrypted.eml", [kind]);
    const authenticated = cipher.endsWith("gcm");
    expect(opened.verdict.encryption).toBe(authenticated ? "authenticated" : "unauthenticated");
    expect(opened.layers).toMatchObject([{ cipher }]);
    expect(text(opened)).toBe(TEXT);
  });

  it.each(["sha1", "sha256", "sha512"])("with RSA-OAEP and %s is opened", async (digest) => {
    const oaep = ["-keyopt", "rsa_padding_mode:oaep", "-keyopt", `rsa_oaep_md:${digest}`];
    openssl(
      "cms",
      "-encrypt",
      "-in",
      "entity.txt",
      "-out",
      "encrypted.eml",
      "-aes256",
      "-recip",
      "rsa2048.pem",
      ...oaep,
    );
    expect(text(await open("encrypted.eml", ["rsa2048"]))).toBe(TEXT);
  });

  it.each(["sha1", "sha224", "sha256", "sha384", "sha512"])("with ECDH and a KDF of %s is opened", async (digest) => {
    const kdf = ["-keyopt", `ecdh_kdf_md:${digest}`];
    openssl("cms", "-encrypt", "-in", "entity.txt", "-out", "encrypted.eml", "-aes256", "-recip", "p256.pem", ...kdf);
    expect(text(await open("encrypted.eml", ["p256"]))).toBe(TEXT);
  });

  it.each(RSA_KINDS)("to %s in pieces and by key identifier is opened", async (kind) => {
    const flags = ["-stream", "-indef", "-keyid", "-aes256", `${kind}.pem`];
    openssl("cms", "-encrypt", "-in", "entity.txt", "-out", "encrypted.eml", ...flags);
    const opened = await open("encrypted.eml", [kind]);
    expect(opened.layers).toMatchObject([{ recipient: { match: "subject-key-identifier" } }]);
    expect(text(opened)).toBe(TEXT);
  });

  it("to many is opened by each, and by nobody else", async () => {
    openssl("cms", "-encrypt", "-in", "entity.txt", "-out", "encrypted.eml", "-aes256", "rsa2048.pem", "p384.pem");
    expect(text(await open("encrypted.eml", ["rsa2048"]))).toBe(TEXT);
    expect(text(await open("encrypted.eml", ["p384"]))).toBe(TEXT);
    const closed = await open("encrypted.eml", ["rsa3072", "p256"]);
    expect(closed.verdict).toMatchObject({ encryption: "cannot-decrypt", reasons: ["decrypt.no-key"] });
    expect(closed.content).toBeNull();
  });

  it("around a signature gives both", async () => {
    const signer = ["-signer", "p256.pem", "-inkey", "p256.key"];
    openssl("cms", "-sign", "-in", "entity.txt", "-out", "inner.eml", ...signer);
    openssl("cms", "-encrypt", "-in", "inner.eml", "-out", "both.eml", "-aes256", ...headers("p256"), "rsa2048.pem");
    const opened = await open("both.eml", ["rsa2048"]);
    expect(opened.verdict).toMatchObject({ signature: "valid", encryption: "unauthenticated", sender: "matches" });
    expect(opened.layers.map(({ type }) => type)).toEqual(["enveloped-data", "multipart-signed"]);
    expect(opened.parts.map(({ covered }) => covered)).toEqual(["signed+encrypted"]);
  });
});

describe("bare CMS that OpenSSL makes", () => {
  const signer = ["-signer", "rsa2048.pem", "-inkey", "rsa2048.key"];

  it.each(["DER", "PEM"])("in %s is opened", async (format) => {
    openssl("cms", "-sign", "-nodetach", "-in", "entity.txt", "-outform", format, "-out", "bare.p7m", ...signer);
    const opened = await open("bare.p7m");
    expect(opened.verdict).toMatchObject({ signature: "valid", sender: "no-address" });
    expect(text(opened)).toBe(TEXT);
  });

  it("detached is verified beside its content, and says nothing without it", async () => {
    openssl("cms", "-sign", "-in", "entity.txt", "-outform", "DER", "-out", "bare.p7s", ...signer);
    const options = { identities: [], anchors: practiceAnchors(), intermediates: [], at: new Date() };
    const beside = await openMessage(read("bare.p7s"), { ...options, detachedContent: read("entity.txt") });
    expect(beside.verdict.signature).toBe("valid");
    const alone = await openMessage(read("bare.p7s"), options);
    expect(alone.verdict).toMatchObject({
      signature: "unsupported",
      reasons: expect.arrayContaining(["content-missing"]) as unknown,
    });
  });
});
