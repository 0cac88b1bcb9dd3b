import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { PageRequest } from "../../messages/content-requests.ts";
import type { SendState } from "../../messages/frame-requests.ts";
import type { FormContent } from "../../messages/form-content.ts";
import type { TestCertificate } from "../../testing/certificate-builder.ts";
import { formContent } from "../../testing/form-content.ts";
import { sha256Hex } from "../../testing/memory-key-store.ts";
import { opensslCms } from "../../testing/openssl-cms.ts";
import { alice, bob, carol, secureMail, type SecureMail } from "../../testing/secure-mail.ts";
import { formFiles } from "./form-files.ts";
import { keepDraft } from "./kept-drafts.ts";
import { protectAndSend, type EncryptOrder, type FormState } from "./protect-and-send.ts";

const draft = "0d".repeat(16);
const ADDRESSES = new Map([
  ["bob@b.example", bob],
  ["carol@c.example", carol],
]);

const orderOf = (content: FormContent, rest: readonly string[] | null = null): EncryptOrder => ({
  draft,
  content,
  recipients: [...content.to, ...content.cc, ...content.bcc].map((address) => {
    return { address, certificate: sha256Hex(ADDRESSES.get(address)?.der ?? new Uint8Array(0)) };
  }),
  signer: content.signs ? sha256Hex(alice.der) : null,
  rest,
});

async function run({ view, context }: SecureMail, order: EncryptOrder, files = formFiles()): Promise<SendState[]> {
  const form: FormState = { files, isStopped: false };
  const states: SendState[] = [];
  for await (const state of protectAndSend(view, order, form, context)) states.push(state);
  return states;
}

const decrypt = (message: Uint8Array, by: TestCertificate): string | null => {
  const files = { message, key: by.privateKeyPem, certificate: by.pem };
  const text = opensslCms(["-decrypt", "-in", "message", "-inkey", "key", "-recip", "certificate"], files);
  return text && Buffer.from(text).toString("utf8");
};

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});

describe("what is sent encrypted", () => {
  it("is opened by each recipient and by the sender with OpenSSL, and by nobody else", async () => {
    const mail = await secureMail();
    const states = await run(mail, orderOf(formContent()));
    expect(states.at(-1)).toEqual({ status: "sent", copy: "same", unsentBcc: [], text: "" });
    const message = mail.sent[0]?.message ?? new Uint8Array(0);
    for (const reader of [bob, alice]) expect(decrypt(message, reader)).toContain("The code is 4711.");
    expect(decrypt(message, carol)).toBeNull();
    expect(Buffer.from(message).toString("latin1")).toMatch(/^Subject: \[\.\.\.\]\r$/m);
    expect(Buffer.from(message).toString("latin1")).not.toContain("Vault code");
  });

  it.each([
    ["signed", false, "signed-data|multipart/signed"],
    ["signed twice", true, "multipart/signed"],
  ])("is %s where that was asked", async (_, wrapsTwice, type) => {
    const mail = await secureMail({ wrapsTwice });
    await run(mail, orderOf(formContent({ signs: true })));
    const message = Buffer.from(mail.sent[0]?.message ?? []).toString("latin1");
    if (wrapsTwice) expect(message).toMatch(new RegExp(type));
    else expect(decrypt(mail.sent[0]?.message ?? new Uint8Array(0), bob)).toMatch(new RegExp(type));
  });

  it("needs no key where it is not signed, and waits for one where it is", async () => {
    const locked = await secureMail({ isLocked: true });
    expect((await run(locked, orderOf(formContent()))).at(-1)).toMatchObject({ status: "sent" });
    expect(await run(locked, orderOf(formContent({ signs: true })))).toEqual([{ status: "needs-unlock" }]);
    expect(locked.sent).toHaveLength(1);
  });

  it("takes files from the form, and says which ones it has lost", async () => {
    const mail = await secureMail();
    const file = { id: "0e".repeat(16), name: "plan.txt", type: "text/plain", size: 9 };
    const order = orderOf(formContent({ files: [file] }));
    expect(await run(mail, order)).toEqual([{ status: "needs-files", files: [file.id] }]);
    const files = formFiles();
    files.add(file, new TextEncoder().encode("dig there"));
    await run(mail, order, files);
    const text = decrypt(mail.sent[0]?.message ?? new Uint8Array(0), bob) ?? "";
    expect(text).toContain("plan.txt");
    expect(text).toContain(Buffer.from("dig there").toString("base64"));
  });

  it("takes its kept draft away once it is sent, and not before", async () => {
    const mail = await secureMail();
    await keepDraft(mail.view, draft, formContent(), mail.context);
    await run(mail, orderOf(formContent({ to: [] })));
    expect(await mail.context.drafts.list()).toHaveLength(1);
    await run(mail, orderOf(formContent()));
    expect(await mail.context.drafts.list()).toEqual([]);
  });
});

describe("what became of a message that was handed over", () => {
  const failing = (answer: unknown) =>
    secureMail({ page: (request: PageRequest) => (request.name === "transmit" ? answer : undefined) });

  it.each([
    ["is not known where the page says nothing", null, { status: "unknown" }],
    ["is not known where the answer was lost", { outcome: "unknown", reason: null, text: "" }, { status: "unknown" }],
    [
      "is that it was not sent, with the server's words",
      { outcome: "not-sent", reason: "too-large", text: "35 MB" },
      { status: "held", reason: "too-large", text: "35 MB" },
    ],
    [
      "is that a person stopped it",
      { outcome: "stopped", reason: null, text: "" },
      { status: "held", reason: "stopped" },
    ],
  ])("%s", async (_, answer, expected) => {
    const mail = await failing(answer);
    await keepDraft(mail.view, draft, formContent(), mail.context);
    expect((await run(mail, orderOf(formContent()))).at(-1)).toMatchObject(expected);
    // The draft stays; only one that may have been sent remembers under which Message-ID.
    const [kept] = await mail.context.drafts.list();
    expect(kept?.messageId === null).toBe(expected.status !== "unknown");
  });

  it("is how large it was, where it was too large", async () => {
    const mail = await failing({ outcome: "not-sent", reason: "too-large", text: "" });
    const states = await run(mail, orderOf(formContent()));
    const handed = mail.context.askPage.mock.calls
      .map(([, request]) => request)
      .find(({ name }) => name === "transmit");
    const size = handed?.name === "transmit" && handed.message instanceof Blob ? handed.message.size : 0;
    expect(size).toBeGreaterThan(1000);
    expect(states.at(-1)).toEqual({ status: "held", reason: "too-large", text: "", size });
    expect(states[1]).toMatchObject({ status: "working", step: "sending", size });
  });

  it.each(["encrypting", "sending"])("is that nothing was sent where a person stops while it says %s", async (step) => {
    const mail = await secureMail();
    await keepDraft(mail.view, draft, formContent(), mail.context);
    const form: FormState = { files: formFiles(), isStopped: false };
    let last: SendState | null = null;
    for await (const state of protectAndSend(mail.view, orderOf(formContent()), form, mail.context)) {
      if (state.status === "working" && state.step === step) form.isStopped = true;
      last = state;
    }
    expect(last).toMatchObject({ status: "held", reason: "stopped" });
    expect(mail.sent).toEqual([]);
    expect(await mail.context.drafts.list()).toMatchObject([{ messageId: null }]);
  });

  it("is that no copy for Bcc went out after one that failed, and only those are sent again", async () => {
    let count = 0;
    const mail = await secureMail({
      page: (request) =>
        request.name === "transmit" && ++count === 2
          ? { outcome: "not-sent", reason: "refused", text: "no" }
          : undefined,
    });
    const content = formContent({ bcc: ["carol@c.example"] });
    expect((await run(mail, orderOf(content))).at(-1)).toMatchObject({
      status: "sent",
      unsentBcc: ["carol@c.example"],
      text: "no",
    });
    expect((await run(mail, orderOf(content, ["carol@c.example"]))).at(-1)).toMatchObject({ unsentBcc: [] });
    expect(mail.sent.map(({ bcc }) => bcc)).toEqual([[], ["carol@c.example"]]);
  });

  it("is told at each step with those who are without their letter, should the worker die at it", async () => {
    const mail = await secureMail();
    const states = await run(mail, orderOf(formContent({ bcc: ["carol@c.example"] })));
    const letters = states.map((state) => (state.status === "working" ? [state.step, state.letter] : []));
    const main = { copyFor: null, unsentBcc: ["carol@c.example"] };
    const copy = { copyFor: "carol@c.example", unsentBcc: [] };
    expect(letters).toEqual([
      ["encrypting", undefined],
      ...[["sending", main] as const, ["checking", main] as const],
      ...[["encrypting", copy] as const, ["sending", copy] as const, ["checking", copy] as const],
      [],
    ]);
  });

  it("is that the others have it, where the rest is refused or held once more", async () => {
    const refusing = await failing({ outcome: "not-sent", reason: "refused", text: "no" });
    const content = formContent({ bcc: ["carol@c.example"] });
    const rest = orderOf(content, ["carol@c.example"]);
    const unsent = { status: "sent", unsentBcc: ["carol@c.example"] };
    expect((await run(refusing, rest)).at(-1)).toMatchObject({ ...unsent, text: "no" });
    expect((await run(await secureMail(), { ...rest, recipients: [] })).at(-1)).toMatchObject(unsent);
  });
});
