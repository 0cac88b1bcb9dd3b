import "../../../src/testing/native-base64.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { folderMessages, isInSent } from "../../../src/webmail/outlook-web/folders.ts";
import { suggestPeople } from "../../../src/webmail/outlook-web/people.ts";
import { savedDraft } from "../../../src/webmail/outlook-web/saved-draft.ts";
import { sendingBy } from "../../../src/webmail/outlook-web/sending.ts";
import { owaService, type Service } from "../../../src/webmail/outlook-web/service.ts";
import { signIn } from "./client.ts";
import { startOutlookWeb, type OutlookWeb } from "./start.ts";

const ALICE = "alice@practice.example";
const BOB = "bob@practice.example";
const ENVELOPE = { from: ALICE, to: [BOB], cc: [], bcc: [] };
const sealed = (subject: string): Uint8Array =>
  new TextEncoder().encode(
    [
      `From: ${ALICE}`,
      `To: ${BOB}`,
      `Subject: ${subject}`,
      `Message-ID: <${subject}@practice.example>`,
      "MIME-Version: 1.0",
      "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m",
      "Content-Transfer-Encoding: base64",
      "",
      "MIIB",
      "",
    ].join("\r\n"),
  );

describe("the adapter's calls, answered by the stand-in", () => {
  let server: OutlookWeb;
  let service: Service;

  beforeEach(async () => {
    server = await startOutlookWeb({
      users: [
        { name: "Alice Archer", email: ALICE },
        { name: "Bob Baker", email: BOB },
      ],
    });
    const { headers } = await signIn(server.url, "alice");
    const cookie = headers["Cookie"] ?? "";
    service = owaService({
      fetch: (path, init) =>
        fetch(new URL(path as string, server.url), {
          ...init,
          headers: { ...(init?.headers as object), Cookie: cookie },
        }),
      cookies: () => cookie,
      sharedMailbox: () => null,
    });
  });
  afterEach(() => server.close());

  it("finds people for what was typed", async () => {
    expect(await suggestPeople(service, "bak")).toEqual({ ok: true, people: [{ name: "Bob Baker", address: BOB }] });
    expect(await suggestPeople(service, "nobody")).toEqual({ ok: true, people: [] });
  });

  it("keeps one draft of a form, and takes it away", async () => {
    const draft = savedDraft(service);
    await draft.save(sealed("first"));
    await draft.save(sealed("second"));
    const reply = await folderMessages(service, "drafts");
    expect(reply).toMatchObject({ ok: true, items: [{ subject: "second", isEncrypted: true, from: ALICE }] });
    const other = savedDraft(service);
    other.adopt(reply.ok ? (reply.items[0]?.item ?? "") : "");
    await other.remove();
    expect(server.mailbox(ALICE).drafts()).toEqual([]);
    expect(server.mailbox(ALICE).deleted()).toEqual([]);
  });

  it("tells by the Message-ID whether a message was sent", async () => {
    expect(await isInSent(service, "<gone@practice.example>")).toEqual({ found: "no" });
    const message = sealed("gone");
    await sendingBy(service).transmit({ ...ENVELOPE, message, messageId: "<gone@practice.example>" });
    expect(await isInSent(service, "<gone@practice.example>")).toEqual({ found: "yes" });
    server.endSessions();
    expect(await isInSent(service, "<gone@practice.example>")).toEqual({ found: "not-known" });
  });

  it("sends nothing that was stopped while it was handed over, and leaves nothing behind", async () => {
    const sending = sendingBy(service);
    server.faults.add({ kind: "slow", action: "CreateItem", milliseconds: 50, count: 1 });
    const outcome = sending.transmit({ ...ENVELOPE, message: sealed("stopped"), messageId: "<s@practice.example>" });
    sending.stopTransmit();
    expect(await outcome).toMatchObject({ outcome: "stopped" });
    expect(server.mailbox(ALICE).drafts()).toEqual([]);
    expect(server.mailbox(BOB).inbox()).toEqual([]);
  });
});
