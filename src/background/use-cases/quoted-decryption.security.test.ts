import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { concatBytes } from "../../engine/bytes/concat.ts";
import { latin1Bytes } from "../../engine/bytes/text.ts";
import { writeEntity, type PartDescription } from "../../engine/mime/writer.ts";
import { HEADER_POLICIES } from "../../engine/smime/header-policy.ts";
import { encryptMessage } from "../../engine/smime/protect.ts";
import { alice, secureMail, type SecureMail } from "../../testing/secure-mail.ts";
import { answersEncrypted, readAnswered } from "./answered-message.ts";

const HEADER = [
  "From: Bob <bob@b.example>",
  "Reply-To: mallory@evil.example",
  "To: alice@a.example",
  "Subject: Plan",
  "Message-ID: <1@b.example>",
  "",
].join("\r\n");
const ENCRYPTION = {
  recipients: [alice.certificate],
  cipher: "aes-256-cbc",
  keyTransport: { kind: "rsa-pkcs1" },
  headerPolicy: HEADER_POLICIES.baseline,
} as const;

const text = (words: string): PartDescription => ({ kind: "text", type: "text/plain", text: words });
const html = (markup: string): PartDescription => ({ kind: "text", type: "text/html", text: markup });
const mixed = (...parts: PartDescription[]): PartDescription => ({ kind: "multipart", subtype: "mixed", parts });
const message = (part: PartDescription): Uint8Array => concatBytes(latin1Bytes(HEADER), writeEntity(part));
const encrypted = (part: PartDescription): Promise<Uint8Array> => encryptMessage(message(part), ENCRYPTION);
/** An encrypted part that was cut out of another message, as it stands inside a message. */
const strange = async (): Promise<PartDescription> => ({
  kind: "entity",
  bytes: await encryptMessage(writeEntity(text("stolen words")), { ...ENCRYPTION, headerPolicy: HEADER_POLICIES.none }),
});

const answering = (source: Uint8Array | null, isLocked = false): Promise<SecureMail> =>
  secureMail({
    isLocked,
    page: ({ name }) =>
      name === "needAnswered"
        ? source === null
          ? { ok: false, reason: "not-found", text: "" }
          : { ok: true, source: new Blob([source.slice()]) }
        : undefined,
  });

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});

describe("what a reply quotes of an encrypted message (attacks 29 and 31)", () => {
  it("is the text that was shown of its root, and who wrote it is shown for what it is", async () => {
    const { view, context } = await answering(await encrypted(mixed(text("shown words"), text("more words"))));
    expect(await answersEncrypted(view, context)).toBe(true);
    expect(await readAnswered(view, context)).toMatchObject({
      state: "open",
      message: {
        from: [{ address: "bob@b.example" }],
        replyTo: [{ address: "mallory@evil.example" }],
        subject: "Plan",
        messageId: "<1@b.example>",
        parts: [
          { type: "text", content: expect.stringContaining("shown words") as string },
          { type: "text", content: expect.stringContaining("more words") as string },
        ],
      },
    });
  });

  it.each<[string, () => Promise<PartDescription>]>([
    ["an encrypted part beside it", strange],
    [
      "a forwarded message with an encrypted one",
      async () => ({
        kind: "message",
        filename: "f.eml",
        content: concatBytes(latin1Bytes("From: x@x.example\r\n"), writeEntity(await strange())),
      }),
    ],
    [
      "an attached page",
      () =>
        Promise.resolve({
          kind: "file",
          type: "text/html",
          content: latin1Bytes("stolen words"),
          disposition: "attachment",
          filename: "a.html",
        }),
    ],
    [
      "another form of what is shown",
      () =>
        Promise.resolve({ kind: "multipart", subtype: "alternative", parts: [html("stolen words"), text("other")] }),
    ],
  ])("holds nothing of %s", async (_, hidden) => {
    const { view, context } = await answering(await encrypted(mixed(text("shown words"), await hidden())));
    const answered = JSON.stringify(await readAnswered(view, context));
    expect(answered).toContain("shown words");
    expect(answered).not.toContain("stolen words");
  });

  it("is nothing where only a part below the root is encrypted: no oracle for parts that were moved", async () => {
    const { view, context } = await answering(message(mixed(text("open words"), await strange())));
    expect(await readAnswered(view, context)).toEqual({ kind: "answered", state: "not-encrypted" });
  });

  it("waits for the key, and needs none to know that the answer stays encrypted", async () => {
    const { view, context } = await answering(await encrypted(text("shown words")), true);
    expect(await answersEncrypted(view, context)).toBe(true);
    expect(await readAnswered(view, context)).toEqual({ kind: "answered", state: "locked" });
  });

  it("is nothing for a form that answers nothing, which starts openly", async () => {
    const { view, context } = await answering(null);
    expect(await answersEncrypted(view, context)).toBe(false);
    expect(await readAnswered(view, context)).toEqual({ kind: "answered", state: "none" });
  });

  it("stays encrypted where the message cannot be had", async () => {
    const { view, context } = await secureMail({ page: () => ({ ok: false, reason: "unreachable", text: "" }) });
    expect(await answersEncrypted(view, context)).toBe(true);
  });
});
