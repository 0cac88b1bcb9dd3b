import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
import { BouncyCastle, hasBouncyCastle } from "./bouncy-castle.ts";

const SIGNERS = ["ed25519", "ed448", "brainpoolP384r1"] as const;
/** Bouncy Castle 1.72 has no X25519 and X448 in CMS. */
const READERS = ["brainpoolP256r1", "brainpoolP512r1"] as const;
const SCHEME = `ecdh ${KeyAgreement.dhSinglePassStdDhSha256Kdf} ${Cipher.aes256Wrap}`;

async function open(cms: Uint8Array, names: readonly string[]) {
  const identities = await Promise.all(names.map(identityOf));
  return openMessage(cms, { identities, anchors: practiceAnchors(), intermediates: [], at: new Date() });
}

describe.skipIf(!hasBouncyCastle)("Bouncy Castle, with keys that few have", () => {
  let peer: BouncyCastle;

  beforeAll(() => {
    makePki(["rsa2048", "p256"]);
    [...SIGNERS, ...READERS].forEach(makeCertificate);
    write("entity.txt", ENTITY);
    peer = new BouncyCastle();
  }, 60_000);

  afterAll(() => {
    peer.stop();
  });

  it.each(SIGNERS)("signs by %s, and we find it valid", async (kind) => {
    const algorithm = kind.startsWith("ed") ? kind.replace("ed", "Ed") : "SHA384WITHECDSA";
    await peer.ask("sign", kind, algorithm, "opaque", "entity.txt", `${kind}.theirs`);
    expect((await open(read(`${kind}.theirs`), [])).verdict.signature).toBe("valid");
  });

  it.each(SIGNERS)("finds our signature by %s good", async (kind) => {
    const options = { identity: await identityOf(kind), form: "opaque", signingTime: new Date() } as const;
    write(`${kind}.ours`, decodeTransfer(parseMessage(await signMessage(Buffer.from(ENTITY), options))));
    await expect(peer.ask("verify", `${kind}.ours`, "-", "ca.pem", `${kind}.out`)).resolves.toBeUndefined();
  });

  it.each(READERS)("encrypts to %s, and we open it", async (kind) => {
    await peer.ask("encrypt", kind, Cipher.aes256Cbc, SCHEME, "entity.txt", `${kind}.sealed`);
    expect((await open(read(`${kind}.sealed`), [kind])).content).not.toBeNull();
  });

  it("opens what we encrypt to a brainpool key", async () => {
    const { certificate } = await identityOf("brainpoolP256r1");
    const options = {
      recipients: [certificate],
      cipher: "aes-256-cbc",
      keyTransport: { kind: "rsa-pkcs1" },
      headerPolicy: HEADER_POLICIES.none,
    } as const;
    write("brainpool.ours", decodeTransfer(parseMessage(await encryptMessage(Buffer.from(ENTITY), options))));
    await peer.ask("decrypt", "brainpool.ours", "brainpoolP256r1", "brainpool.out");
    expect(Buffer.from(read("brainpool.out")).toString()).toContain("Hello Bob,");
  });
});
