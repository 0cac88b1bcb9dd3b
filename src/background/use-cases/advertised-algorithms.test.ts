import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { readEnvelope } from "../../engine/cms/envelope.ts";
import { formContent } from "../../testing/form-content.ts";
import { signMessage } from "../../engine/smime/protect.ts";
import { ALICE, bytesOf, HEADER, identityOf, lines, open } from "../../testing/mail-builder.ts";
import { sha256Hex } from "../../testing/memory-key-store.ts";
import { testPageContext } from "../../testing/page-context.ts";
import { bob, contact, secureMail } from "../../testing/secure-mail.ts";
import { TEST_TIME } from "../../testing/certificate-builder.ts";
import { rememberSigner } from "./contacts.ts";
import { formFiles } from "./form-files.ts";
import { protectAndSend } from "./protect-and-send.ts";
import { cmsOf } from "./written-message.ts";

// NIST's Computer Security Objects Register.
const AES_128_CBC = "2.16.840.1.101.3.4.1.2";
const AES_192_CBC = "2.16.840.1.101.3.4.1.22";
const AES_256_CBC = "2.16.840.1.101.3.4.1.42";
const AES_256_GCM = "2.16.840.1.101.3.4.1.46";

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});

async function cipherFor(capabilities: readonly string[] | null): Promise<string | undefined> {
  const { view, context, sent } = await secureMail();
  await context.contacts.put(contact("bob@b.example", bob, { capabilities }));
  const recipients = [{ address: "bob@b.example", certificate: sha256Hex(bob.der) }];
  const order = { draft: "0d".repeat(16), content: formContent({}), recipients, signer: null, rest: null };
  const states = protectAndSend(view, order, { files: formFiles(), isStopped: false }, context);
  for await (const state of states) expect(state.status).not.toBe("held");
  const envelope = readEnvelope(cmsOf(sent[0]?.message ?? new Uint8Array(0)));
  return envelope?.encryptedContentInfo.contentEncryptionAlgorithm.oid;
}

describe("what a contact's program reads (RFC 8551 sections 2.5.2 and 2.7.1)", () => {
  it("is remembered from a verified signed message", async () => {
    const context = testPageContext({ now: () => TEST_TIME.getTime() });
    const identity = await identityOf(ALICE);
    const message = bytesOf(lines(...HEADER, "Content-Type: text/plain", "", "hello"));
    await rememberSigner(
      context,
      await open(await signMessage(message, { identity, form: "clear", signingTime: TEST_TIME })),
    );
    const [row] = await context.contacts.list();
    expect(row?.capabilities).toEqual([AES_256_CBC, AES_192_CBC, AES_128_CBC]);
  });

  it("decides the cipher, within what one's own signatures advertise", async () => {
    expect(await cipherFor(null)).toBe(AES_256_CBC);
    expect(await cipherFor([AES_128_CBC, AES_192_CBC])).toBe(AES_192_CBC);
    expect(await cipherFor([AES_128_CBC])).toBe(AES_128_CBC);
    // Authenticated encryption is not what other programs of the sender are known to read.
    expect(await cipherFor([AES_256_GCM, AES_256_CBC])).toBe(AES_256_CBC);
  });
});
