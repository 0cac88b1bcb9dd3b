import { beforeAll, describe, expect, it } from "vitest";
import { read, write } from "../openssl.ts";
import { writeOurEnvelope, writeOurOpaque, writeOurSignature } from "../peer.ts";
import { KEY_KINDS, makePki } from "../pki.ts";
import { bouncyCastle, compileBouncyCastle, hasBouncyCastle } from "./bouncy-castle.ts";

const DIGESTS = ["sha-256", "sha-384", "sha-512"] as const;
const CIPHERS = ["aes-128-cbc", "aes-192-cbc", "aes-256-cbc", "aes-128-gcm", "aes-192-gcm", "aes-256-gcm"] as const;
const OAEP_DIGESTS = ["sha-1", ...DIGESTS] as const;

const signatures = [
  ...KEY_KINDS.flatMap((kind) => DIGESTS.map((digest) => ({ kind, digest, rsaScheme: "rsa-pkcs1" as const }))),
  ...DIGESTS.map((digest) => ({ kind: "rsa2048" as const, digest, rsaScheme: "rsa-pss" as const })),
].map((signature) => ({ ...signature, name: `${signature.kind}-${signature.digest}-${signature.rsaScheme}` }));

const envelopes = [
  ...KEY_KINDS.flatMap((kind) =>
    CIPHERS.map((cipher) => ({ kind, cipher, keyTransport: { kind: "rsa-pkcs1" as const } })),
  ),
  ...OAEP_DIGESTS.map((digest) => ({
    kind: "rsa2048" as const,
    cipher: "aes-256-cbc" as const,
    keyTransport: { kind: "rsa-oaep" as const, digest },
  })),
].map((envelope) => ({
  ...envelope,
  name: `${envelope.kind}-${envelope.cipher}${"digest" in envelope.keyTransport ? `-oaep-${envelope.keyTransport.digest}` : ""}`,
}));

describe.skipIf(!hasBouncyCastle)("Bouncy Castle", () => {
  let answers: ReadonlyMap<string, string> = new Map();

  beforeAll(async () => {
    makePki();
    compileBouncyCastle();
    const commands = new Map<string, readonly string[]>();
    for (const { name, kind, ...options } of signatures) {
      await writeOurSignature(name, kind, options);
      commands.set(name, ["verify", `${name}.p7s`, `${name}.txt`, "ca.pem", `${name}.out`]);
    }
    for (const kind of KEY_KINDS) {
      await writeOurOpaque(`opaque-${kind}`, kind);
      commands.set(`opaque-${kind}`, ["verify", `opaque-${kind}`, "-", "ca.pem", `opaque-${kind}.out`]);
    }
    write("altered.txt", Buffer.from(read("p256-sha-256-rsa-pkcs1.txt")).toString().replace("Practice", "Practise"));
    commands.set("altered", ["verify", "p256-sha-256-rsa-pkcs1.p7s", "altered.txt", "ca.pem", "altered.out"]);
    for (const { name, kind, cipher, keyTransport } of envelopes) {
      await writeOurEnvelope(name, kind, cipher, keyTransport);
      commands.set(name, ["decrypt", name, kind, `${name}.out`]);
    }
    answers = bouncyCastle(commands);
  });

  const output = (name: string) => Buffer.from(read(`${name}.out`)).toString();

  it.each(signatures)("verifies our $kind signature with $digest, $rsaScheme", ({ name, kind }) => {
    expect(answers.get(name)).toBe("ok");
    expect(output(name)).toContain(`From: Practice <${kind}@example.com>\r\n`);
  });

  it.each(KEY_KINDS)("verifies our opaque %s signature", (kind) => {
    expect(answers.get(`opaque-${kind}`)).toBe("ok");
    expect(output(`opaque-${kind}`)).toContain(`From: Practice <${kind}@example.com>\r\n`);
  });

  it("refuses our signature once a byte is changed", () => {
    expect(answers.get("altered")).toMatch(/^failed: /);
  });

  it.each(envelopes)("decrypts $name", ({ name, kind }) => {
    expect(answers.get(name)).toBe("ok");
    expect(output(name)).toContain(`From: Practice <${kind}@example.com>\r\n`);
  });
});
