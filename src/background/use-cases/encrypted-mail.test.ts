import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { RecipientMatch } from "../../engine/verdicts.ts";
import { TEST_TIME } from "../../testing/certificate-builder.ts";
import { formContent } from "../../testing/form-content.ts";
import { ALICE, open, ROOT, signedMail, textEntity } from "../../testing/mail-builder.ts";
import { sha256Hex } from "../../testing/memory-key-store.ts";
import { testPageContext } from "../../testing/page-context.ts";
import { bob, secureMail, type SecureMail } from "../../testing/secure-mail.ts";
import { rememberSigner } from "./contacts.ts";
import { formFiles } from "./form-files.ts";
import { protectAndSend } from "./protect-and-send.ts";
import { recipientStates } from "./recipients.ts";

const ENVELOPE = {
  type: "enveloped-data",
  cipher: "aes-256-cbc",
  recipients: [],
  covered: new Uint8Array(1),
  isAuthenticated: false,
  reasons: [],
} as const;
const match = (kind: RecipientMatch["kind"]): RecipientMatch => ({
  kind,
  algorithm: "rsa",
  match: kind === "pwri" ? "password" : "issuer-serial",
});

const BOB = "bob@b.example";

async function sendToBob({ view, context }: SecureMail): Promise<void> {
  const recipients = [{ address: BOB, certificate: sha256Hex(bob.der) }];
  const order = { draft: "0d".repeat(16), content: formContent(), recipients, signer: null, rest: null };
  const states = protectAndSend(view, order, { files: formFiles(), isStopped: false }, context);
  while ((await states.next()).done !== true);
}

const isFirst = async ({ context }: SecureMail, address: string): Promise<boolean | undefined> =>
  (await recipientStates([address], context))[0]?.isFirst;

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});

describe("somebody's first encrypted mail (H95)", () => {
  it("is to come until one has gone, and each contact has one of their own", async () => {
    const mail = await secureMail();
    expect(await isFirst(mail, BOB)).toBe(true);
    await sendToBob(mail);
    expect([await isFirst(mail, BOB), await isFirst(mail, "carol@c.example")]).toEqual([false, true]);
  });

  it("is still to come where the webmail did not send it", async () => {
    const refused = { outcome: "not-sent", reason: "refused", text: "" };
    const mail = await secureMail({ page: ({ name }) => (name === "transmit" ? refused : undefined) });
    await sendToBob(mail);
    expect(await isFirst(mail, BOB)).toBe(true);
  });

  it("is none to oneself, and none to somebody who is not known", async () => {
    const mail = await secureMail();
    expect(await isFirst(mail, "alice@a.example")).toBe(false);
    expect(await isFirst(mail, "dan@d.example")).toBe(false);
  });

  it.each([
    ["one of one's own keys opens", { recipient: match("ktri") }, TEST_TIME],
    ["none of one's own keys opens", { recipient: null, covered: null }, null],
    ["fails to open", { recipient: match("ktri"), covered: null }, null],
    ["a password opens", { recipient: match("pwri") }, null],
  ] as const)("is judged by a contact's verified mail that %s", async (_, envelope, since) => {
    const context = testPageContext({ now: () => TEST_TIME.getTime() });
    const opened = await open(signedMail(textEntity("hello"), { signer: ALICE }), { roots: [ROOT] });
    await rememberSigner(context, { ...opened, layers: [{ ...ENVELOPE, ...envelope }, ...opened.layers] });
    expect((await context.contacts.get("alice@example.com"))?.encryptedSince).toEqual(since);
  });

  it("is not known of a contact who only signs", async () => {
    const context = testPageContext({ now: () => TEST_TIME.getTime() });
    await rememberSigner(context, await open(signedMail(textEntity("hello"), { signer: ALICE }), { roots: [ROOT] }));
    expect((await context.contacts.get("alice@example.com"))?.encryptedSince).toBeNull();
  });
});
