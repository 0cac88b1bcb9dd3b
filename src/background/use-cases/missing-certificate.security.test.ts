import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { SendState } from "../../messages/frame-requests.ts";
import { certificate, type TestCertificate } from "../../testing/certificate-builder.ts";
import { formContent } from "../../testing/form-content.ts";
import { sha256Hex } from "../../testing/memory-key-store.ts";
import { alice, bob, carol, contact, root, secureMail, type SecureMail } from "../../testing/secure-mail.ts";
import { formFiles } from "./form-files.ts";
import { protectAndSend, type EncryptOrder } from "./protect-and-send.ts";
import { recipientStates } from "./recipients.ts";

const NEW = "new@n.example";
const ofNew = () => certificate().subject("CN=New").email(NEW).issuedBy(root);
const stranger = certificate().subject("CN=Elsewhere").ca().build();

async function send({ view, context }: SecureMail, recipients: EncryptOrder["recipients"], to: string[]) {
  const order: EncryptOrder = {
    draft: "0d".repeat(16),
    content: formContent({ to }),
    recipients,
    signer: null,
    rest: null,
  };
  const states: SendState[] = [];
  for await (const state of protectAndSend(view, order, { files: formFiles(), isStopped: false }, context)) {
    states.push(state);
  }
  return states.at(-1);
}

const frozen = (address: string, { der }: TestCertificate) => ({ address, certificate: sha256Hex(der) });

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});

describe("a recipient that cannot be encrypted to stops everything (attack 63)", () => {
  it.each<[string, TestCertificate | null, string]>([
    ["none", null, "none"],
    ["one that has ended", ofNew().expired().build(), "ended"],
    ["one that does not hold yet", ofNew().notYetValid().build(), "not-yet-valid"],
    ["one of an issuer that is not trusted", ofNew().issuedBy(stranger).build(), "untrusted"],
    ["one that only signs", ofNew().keyUsage("digitalSignature").build(), "wrong-purpose"],
    ["one for web servers", ofNew().extendedKeyUsage("1.3.6.1.5.5.7.3.1").build(), "wrong-purpose"],
    ["one with a weak key", ofNew().key("rsa-1024").build(), "weak"],
    ["one that names somebody else", certificate().email("x@x.example").issuedBy(root).build(), "none"],
  ])("its certificate: %s", async (_, held, status) => {
    const mail = await secureMail();
    if (held !== null) await mail.context.contacts.put(contact(NEW, held));
    expect(await recipientStates([NEW], mail.context)).toMatchObject([{ address: NEW, status }]);
    const recipients = [frozen("bob@b.example", bob), frozen(NEW, held ?? bob)];
    const state = await send(mail, recipients, ["bob@b.example", NEW]);
    expect(state).toMatchObject({ status: "recipients", states: [{ address: NEW, status }] });
    expect(mail.sent).toEqual([]);
  });

  it("so does an own certificate that could not read the copy", async () => {
    const mail = await secureMail({ own: [] });
    const state = await send(mail, [frozen("bob@b.example", bob)], ["bob@b.example"]);
    expect(state).toEqual({ status: "held", reason: "no-own-certificate", text: "" });
    expect(mail.sent).toEqual([]);
  });

  it("a certificate that waits for comparison is not used, and the known one is", async () => {
    const mail = await secureMail();
    const waiting = contact(NEW, ofNew().build()).current;
    await mail.context.contacts.put(contact(NEW, ofNew().build(), { waiting }));
    expect(await recipientStates([NEW], mail.context)).toMatchObject([{ status: "ready", isReplacementWaiting: true }]);
    await mail.context.contacts.put(contact(NEW, ofNew().expired().build(), { waiting }));
    expect(await recipientStates([NEW], mail.context)).toMatchObject([{ status: "replacement-waits" }]);
  });
});

describe("recipients or certificates that change after the click (attack 38)", () => {
  it.each<[string, EncryptOrder["recipients"], string[]]>([
    ["one more in the form", [frozen("bob@b.example", bob)], ["bob@b.example", "carol@c.example"]],
    ["one more frozen", [frozen("bob@b.example", bob), frozen("carol@c.example", carol)], ["bob@b.example"]],
    ["another in the form", [frozen("bob@b.example", bob)], ["carol@c.example"]],
  ])("hold it: %s", async (_, recipients, to) => {
    const mail = await secureMail();
    expect(await send(mail, recipients, to)).toMatchObject({ status: "held", reason: "recipients-changed" });
    expect(mail.sent).toEqual([]);
  });

  it("hold it: another certificate than the one that was shown", async () => {
    const mail = await secureMail();
    const state = await send(mail, [frozen("bob@b.example", carol)], ["bob@b.example"]);
    expect(state).toMatchObject({ status: "recipients", states: [{ address: "bob@b.example" }] });
    expect(mail.sent).toEqual([]);
  });

  it("and alice's own address is encrypted to by her own certificate, whatever a contact says", async () => {
    const mail = await secureMail();
    await mail.context.contacts.put(contact("alice@a.example", certificate().email("alice@a.example").build()));
    const [state] = await recipientStates(["Alice@A.example"], mail.context);
    expect(state).toMatchObject({ status: "own", certificate: { fingerprint: sha256Hex(alice.der) } });
  });
});
