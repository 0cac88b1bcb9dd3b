import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { importPrivateKey } from "../../engine/primitives/private-key.ts";
import { signMessage } from "../../engine/smime/protect.ts";
import { certificate, TEST_TIME } from "../../testing/certificate-builder.ts";
import { bytesOf, lines, open } from "../../testing/mail-builder.ts";
import { sha256Hex } from "../../testing/memory-key-store.ts";
import { contact, root, secureMail, type SecureMail } from "../../testing/secure-mail.ts";
import { importContacts, rememberSigner } from "./contacts.ts";
import { recipientStates } from "./recipients.ts";

const upper = certificate().subject("CN=Upper CA").ca().issuedBy(root).build();
const lower = certificate().subject("CN=Lower CA").ca().issuedBy(upper).build();
const dora = certificate().subject("CN=Dora").email("dora@d.example").issuedBy(lower).build();
const elsewhere = certificate().subject("CN=Elsewhere").ca().build();
const DORA = "dora@d.example";
const pemOf = (...all: { readonly pem: string }[]): Uint8Array => bytesOf(all.map(({ pem }) => pem).join("\n"));

const statusOf = async ({ context }: SecureMail, address = DORA): Promise<string | undefined> =>
  (await recipientStates([address], context))[0]?.status;

async function remember({ context }: SecureMail): Promise<void> {
  const header = [`From: Dora <${DORA}>`, "To: alice@a.example", "Subject: Hello", "MIME-Version: 1.0"];
  const identity = {
    certificate: dora.certificate,
    chain: [lower.certificate, upper.certificate],
    key: await importPrivateKey(dora.privateKeyPkcs8),
  };
  const message = bytesOf(lines(...header, "Content-Type: text/plain", "", "hello"));
  const signed = await signMessage(message, { identity, form: "clear", signingTime: TEST_TIME });
  await rememberSigner(
    { contacts: context.contacts, now: () => TEST_TIME },
    await open(signed, { roots: [root], at: TEST_TIME }),
  );
}

let mail: SecureMail;
beforeEach(async () => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  mail = await secureMail();
});

describe("the issuers' certificates of a contact (RFC 5280 section 6.1)", () => {
  it("come with its file, and it can be encrypted to", async () => {
    await importContacts(mail.context, pemOf(upper, dora, elsewhere, lower), [sha256Hex(dora.der)]);
    expect(await statusOf(mail)).toBe("ready");
    const row = await mail.context.contacts.get(DORA);
    expect(row?.current.issuers.map(sha256Hex)).toEqual([lower, upper].map(({ der }) => sha256Hex(der)));
  });

  it("come with its signed mail, and it can be encrypted to", async () => {
    await remember(mail);
    expect(await statusOf(mail)).toBe("ready");
  });

  it("come later, where a contact of before has none", async () => {
    await mail.context.contacts.put(contact(DORA, dora));
    expect(await statusOf(mail)).toBe("untrusted");
    await remember(mail);
    expect(await statusOf(mail)).toBe("ready");
  });

  it("make nobody trusted: a root that comes along is no anchor", async () => {
    const stranger = certificate().subject("CN=Eve").email("eve@e.example").issuedBy(elsewhere).build();
    await importContacts(mail.context, pemOf(stranger, elsewhere), [sha256Hex(stranger.der)]);
    expect(await statusOf(mail, "eve@e.example")).toBe("untrusted");
  });

  it("serve their own contact and no other", async () => {
    await importContacts(mail.context, pemOf(dora, lower, upper), [sha256Hex(dora.der)]);
    const finn = certificate().subject("CN=Finn").email("finn@f.example").issuedBy(lower).build();
    await mail.context.contacts.put(contact("finn@f.example", finn));
    expect(await statusOf(mail, "finn@f.example")).toBe("untrusted");
  });
});
