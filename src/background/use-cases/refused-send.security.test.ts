import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { PageRequest, TransmitReply } from "../../messages/content-requests.ts";
import type { SendState } from "../../messages/frame-requests.ts";
import { FORM_SECRET, formContent } from "../../testing/form-content.ts";
import { sha256Hex } from "../../testing/memory-key-store.ts";
import { alice, bob, carol, secureMail, type SecureMail } from "../../testing/secure-mail.ts";
import type { MailContext } from "../mail-context.ts";
import { formFiles } from "./form-files.ts";
import { keepDraft } from "./kept-drafts.ts";
import { protectAndSend } from "./protect-and-send.ts";

const draft = "0d".repeat(16);
const CONTENT = formContent({ signs: true, bcc: ["carol@c.example"] });
const RECIPIENTS = [
  { address: "bob@b.example", certificate: sha256Hex(bob.der) },
  { address: "carol@c.example", certificate: sha256Hex(carol.der) },
];

/** All that the page is asked, as one text. */
async function textOf(requests: readonly PageRequest[]): Promise<string> {
  const bodies = requests.map((request) =>
    "message" in request ? new Blob([request.message]).text() : Promise.resolve(""),
  );
  return `${JSON.stringify(requests)}\n${(await Promise.all(bodies)).join("\n")}`;
}

async function send({ view, context }: SecureMail, change: Partial<MailContext> = {}): Promise<SendState | undefined> {
  const order = { draft, content: CONTENT, recipients: RECIPIENTS, signer: sha256Hex(alice.der), rest: null };
  let last: SendState | undefined;
  const form = { files: formFiles(), isStopped: false };
  for await (const state of protectAndSend(view, order, form, { ...context, ...change })) last = state;
  return last;
}

type Refusal = readonly [what: string, reason: TransmitReply["reason"], text: string];
const REFUSALS: readonly Refusal[] = [
  ["by the message's size", "too-large", "The message exceeds the maximum size of 25 MB."],
  ["of one recipient", "refused", "550 5.1.1 <bob@b.example>: Recipient address rejected"],
  ["of somebody who is signed out", "signed-out", ""],
  ["for a while", "throttled", ""],
  ["of a line that is down", "unreachable", ""],
];

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});

describe("a server's refusal of an encrypted message (invariant 1)", () => {
  /** Refuses the letter of this number; the others are taken. */
  const refusing = async (letter: number, reason: TransmitReply["reason"], text: string) => {
    const asked: PageRequest[] = [];
    let letters = 0;
    const mail = await secureMail({
      page: (request) => {
        asked.push(request);
        return request.name === "transmit" && ++letters === letter ? { outcome: "not-sent", reason, text } : undefined;
      },
    });
    await keepDraft(mail.view, draft, CONTENT, mail.context);
    return { ...mail, asked, letters: () => letters };
  };

  it.each(REFUSALS)("%s: nobody gets anything, nothing is tried again, and the text stays", async (_, reason, text) => {
    const mail = await refusing(1, reason, text);
    const state = await send(mail);
    const refused = mail.asked.flatMap((request) =>
      request.name === "transmit" ? new Blob([request.message]).size : [],
    );
    // Of a message that is too large, the person hears how large it was.
    const size = reason === "too-large" ? { size: refused[0] } : {};
    expect(state).toEqual({ status: "held", reason, text, ...size });
    expect([mail.sent.length, mail.letters()]).toEqual([0, 1]);
    const [kept] = await mail.context.drafts.list();
    expect(kept).toMatchObject({ draft, messageId: null });
    expect(await textOf(mail.asked)).not.toMatch(FORM_SECRET);
  });

  it.each(REFUSALS)(
    "%s, of a Bcc copy: who has the message is said, and nobody gets it twice",
    async (_, reason, text) => {
      const mail = await refusing(2, reason, text);
      expect(await send(mail)).toEqual({ status: "sent", copy: "same", unsentBcc: ["carol@c.example"], text });
      expect(mail.sent.map(({ bcc }) => bcc)).toEqual([[]]);
      expect(await mail.context.drafts.list()).toHaveLength(1);
      expect(await textOf(mail.asked)).not.toMatch(FORM_SECRET);
    },
  );
});

describe("a clock that is wrong (invariant 1)", () => {
  it.each([
    ["decades late", Date.UTC(2100, 0), "ended"],
    ["decades early", Date.UTC(1990, 0), "not-yet-valid"],
  ])("%s: nothing is sent, and the certificates of the recipients say why", async (_, time, status) => {
    const mail = await secureMail();
    await keepDraft(mail.view, draft, CONTENT, mail.context);
    const state = await send(mail, { now: () => new Date(time) });
    expect(state).toMatchObject({
      status: "recipients",
      states: RECIPIENTS.map(({ address }) => ({ address, status })),
    });
    expect(mail.sent).toEqual([]);
    expect(mail.context.askPage).not.toHaveBeenCalled();
    expect(await mail.context.drafts.list()).toHaveLength(1);
  });
});

describe("own keys that change while a message is written (invariant 1)", () => {
  it.each<[string, Partial<MailContext["keys"]>, object]>([
    ["locked", { unlocked: () => Promise.resolve(null) }, { status: "needs-unlock" }],
    ["deleted", { unlocked: () => Promise.resolve([]) }, { status: "held", reason: "no-certificate" }],
    [
      "deleted with their certificates",
      { unlocked: () => Promise.resolve([]), certificates: () => Promise.resolve([]) },
      { status: "held", reason: "no-own-certificate" },
    ],
  ])("%s: nothing is sent, in clear or unsigned, and the text stays", async (_, keys, expected) => {
    const mail = await secureMail();
    await keepDraft(mail.view, draft, CONTENT, mail.context);
    expect(await send(mail, { keys: { ...mail.context.keys, ...keys } })).toMatchObject(expected);
    expect(mail.context.askPage).not.toHaveBeenCalled();
    expect(await mail.context.drafts.list()).toHaveLength(1);
  });
});
