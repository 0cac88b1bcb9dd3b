import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { readEnvelope } from "../../engine/cms/envelope.ts";
import { recipientIdentifiers } from "../../engine/cms/decrypt.ts";
import { identifies } from "../../engine/cms/certificate-identifier.ts";
import { openMessage } from "../../engine/smime/open.ts";
import type { TestCertificate } from "../../testing/certificate-builder.ts";
import { identityOf } from "../../testing/mail-builder.ts";
import { formContent } from "../../testing/form-content.ts";
import { sha256Hex } from "../../testing/memory-key-store.ts";
import { alice, bob, carol, secureMail } from "../../testing/secure-mail.ts";
import { formFiles } from "./form-files.ts";
import { protectAndSend } from "./protect-and-send.ts";
import { cmsOf } from "./written-message.ts";

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});

function readers(message: Uint8Array): string[] {
  const named = readEnvelope(cmsOf(message))?.recipientInfos.flatMap(recipientIdentifiers) ?? [];
  const people = { alice, bob, carol };
  expect(named).toHaveLength(2);
  return Object.entries(people)
    .filter(([, { certificate }]) => named.some((rid) => identifies(rid, certificate)))
    .map(([name]) => name);
}

const openAs = async (reader: TestCertificate, message: Uint8Array) => {
  const identities = [await identityOf(reader)];
  return openMessage(message, { identities, anchors: [], intermediates: [], at: new Date() });
};

describe("a blind copy (attack 39)", () => {
  it("is a message of its own: neither names the other's readers, in RecipientInfos or in header fields", async () => {
    const { view, context, sent } = await secureMail();
    const content = formContent({ bcc: ["carol@c.example"] });
    const recipients = [
      { address: "bob@b.example", certificate: sha256Hex(bob.der) },
      { address: "carol@c.example", certificate: sha256Hex(carol.der) },
    ];
    const order = { draft: "0d".repeat(16), content, recipients, signer: null, rest: null };
    const states = protectAndSend(view, order, { files: formFiles(), isStopped: false }, context);
    for await (const state of states) expect(state.status).not.toBe("held");
    const [main, blind] = sent;
    expect([main?.bcc, blind?.bcc]).toEqual([[], ["carol@c.example"]]);
    expect(readers(main?.message ?? new Uint8Array(0))).toEqual(["alice", "bob"]);
    expect(readers(blind?.message ?? new Uint8Array(0))).toEqual(["alice", "carol"]);
    expect(Buffer.from(main?.message ?? []).toString("latin1")).not.toMatch(/carol|^bcc/im);
    expect(Buffer.from(blind?.message ?? []).toString("latin1")).not.toMatch(/^(?:to|cc|bcc):/im);
    expect(main?.messageId).not.toBe(blind?.messageId);
    // Inside, whoever gets a blind copy reads whom the message went to; no blind reader stands anywhere.
    const opened = await openAs(carol, blind?.message ?? new Uint8Array(0));
    expect(opened.protectedHeader?.to.map(({ address }) => address)).toEqual(["bob@b.example"]);
    expect(JSON.stringify([opened.protectedHeader, opened.outerHeader])).not.toContain("carol@c.example");
  });
});
