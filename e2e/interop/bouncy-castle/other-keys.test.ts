import { beforeAll, describe, expect, it } from "vitest";
import { Cipher, KeyAgreement } from "../../../src/engine/asn1/oids.ts";
import { decodeTransfer } from "../../../src/engine/mime/transfer-encoding.ts";
import { parseMessage } from "../../../src/engine/mime/parse.ts";
import { HEADER_POLICIES } from "../../../src/engine/smime/header-policy.ts";
import { openMessage } from "../../../src/engine/smime/open.ts";
import { encryptMessage, signMessage } from "../../../src/engine/smime/protect.ts";
import { read, write } from "../openssl.ts";
import { identityOf, makeCertificate } from "../other-keys.ts";
import { ENTITY } from "../peer.ts";
import { makePki, practiceAnchors } from "../pki.ts";
import { bouncyCastle, compileBouncyCastle, hasBouncyCastle } from "./bouncy-castle.ts";

const SIGNERS = ["ed25519", "ed448", "brainpoolP384r1"] as const;
/** Bouncy Castle 1.72 has no X25519 and X448 in CMS. */
const READERS = ["brainpoolP256r1", "brainpoolP512r1"] as const;
const SCHEME = `ecdh ${KeyAgreement.dhSinglePassStdDhSha256Kdf} ${Cipher.aes256Wrap}`;

async function open(cms: Uint8Array, names: readonly string[]) {
  const identities = await Promise.all(names.map(identityOf));
  return openMessage(cms, { identities, anchors: practiceAnchors(), intermediates: [], at: new Date() });
}

describe.skipIf(!hasBouncyCastle)("Bouncy Castle, with keys that few have", () => {
  let answers: Map<string, string>;

  beforeAll(async () => {
    makePki(["rsa2048", "p256"]);
    [...SIGNERS, ...READERS].forEach(makeCertificate);
    write("entity.txt", ENTITY);
    compileBouncyCastle();
    const commands = new Map<string, readonly string[]>();
    for (const kind of SIGNERS) {
      const algorithm = kind.startsWith("ed") ? kind.replace("ed", "Ed") : "SHA384WITHECDSA";
      commands.set(`sign ${kind}`, ["sign", kind, algorithm, "opaque", "entity.txt", `${kind}.theirs`]);
      const options = { identity: await identityOf(kind), form: "opaque", signingTime: new Date() } as const;
      write(`${kind}.ours`, decodeTransfer(parseMessage(await signMessage(Buffer.from(ENTITY), options))));
      commands.set(`verify ${kind}`, ["verify", `${kind}.ours`, "-", "ca.pem", `${kind}.out`]);
    }
    for (const kind of READERS) {
      commands.set(`encrypt ${kind}`, ["encrypt", kind, Cipher.aes256Cbc, SCHEME, "entity.txt", `${kind}.sealed`]);
    }
    const { certificate } = await identityOf("brainpoolP256r1");
    const options = {
      cipher: "aes-256-cbc",
      keyTransport: { kind: "rsa-pkcs1" },
      headerPolicy: HEADER_POLICIES.none,
    } as const;
    const sealed = await encryptMessage(Buffer.from(ENTITY), { recipients: [certificate], ...options });
    write("brainpool.ours", decodeTransfer(parseMessage(sealed)));
    commands.set("decrypt", ["decrypt", "brainpool.ours", "brainpoolP256r1", "brainpool.out"]);
    answers = bouncyCastle(commands);
  }, 180_000);

  it.each(SIGNERS)("signs by %s, and we find it valid", async (kind) => {
    expect(answers.get(`sign ${kind}`)).toBe("ok");
    expect((await open(read(`${kind}.theirs`), [])).verdict.signature).toBe("valid");
  });

  it.each(SIGNERS)("finds our signature by %s good", (kind) => {
    expect(answers.get(`verify ${kind}`)).toBe("ok");
  });

  it.each(READERS)("encrypts to %s, and we open it", async (kind) => {
    expect(answers.get(`encrypt ${kind}`)).toBe("ok");
    expect((await open(read(`${kind}.sealed`), [kind])).content).not.toBeNull();
  });

  it("opens what we encrypt to a brainpool key", () => {
    expect(answers.get("decrypt")).toBe("ok");
  });
});
