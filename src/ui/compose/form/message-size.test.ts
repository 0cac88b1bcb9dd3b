import { beforeEach, describe, expect, it } from "vitest";
import { chooseAlgorithms } from "../../../engine/smime/algorithm-choice.ts";
import { encryptMessage, protectMessage } from "../../../engine/smime/protect.ts";
import { HEADER_POLICIES } from "../../../engine/smime/header-policy.ts";
import { writeMessage } from "../../../background/use-cases/written-message.ts";
import type { FormFile } from "../../../messages/form-content.ts";
import { ownKeys } from "../../../testing/own-keys.ts";
import { alice, bob } from "../../../testing/secure-mail.ts";
import { files, type AttachedFile } from "./files.ts";
import { heardText, messageSize, protectedSize, sizeLimit, tooLarge, type Protection } from "./message-size.ts";

let lastId = 0;
const fileOf = (name: string, size: number, type = "application/pdf"): FormFile => ({
  ...{ id: String(++lastId).padStart(32, "0"), name, type, size },
});
const attach = (...list: readonly FormFile[]): void => {
  files.value = list.map((file): AttachedFile => ({ file, status: "kept", done: file.size, isKept: true }));
};

const DRAFT = {
  ...{ from: "alice@a.example", to: ["bob@b.example"], cc: [], bcc: [], subject: "Map", html: "" },
  ...{ text: "The map.", attachments: [], inReplyTo: null },
};

/** Bytes of the message that is really sent. */
async function written(type: string, size: number, { signs, form, wrapsTwice }: Protection): Promise<number> {
  const content = new Uint8Array(size).fill(0x41);
  for (let at = 70; at < size; at += 72) content.set([13, 10], at);
  const part =
    type === "message/rfc822"
      ? ({ kind: "message", content, filename: null } as const)
      : ({ kind: "file", type, content, disposition: "attachment", filename: "a.pdf" } as const);
  const { bytes } = writeMessage(DRAFT, { files: [part], inReplyTo: null, references: null }, new Date());
  const { cipher, keyTransport } = chooseAlgorithms(
    [{ certificate: bob.certificate, capabilities: null }],
    bob.certificate,
  );
  const encryption = { cipher, keyTransport, recipients: [bob.certificate] };
  const headerPolicy = HEADER_POLICIES.baseline;
  if (!signs) return (await encryptMessage(bytes, { ...encryption, headerPolicy })).length;
  const [identity] = (await ownKeys([alice]).unlocked()) ?? [];
  if (identity === undefined) throw new Error("alice has no key");
  const signing = { identity, form, signingTime: new Date() };
  return (await protectMessage(bytes, { signing, encryption, headerPolicy, wrapsTwice })).length;
}

beforeEach(() => {
  attach();
  heardText({ html: "", text: "" });
  sizeLimit.value = null;
});

describe("the size that a message will have", () => {
  it.each([
    ["encrypted", "application/pdf", { signs: false, form: "clear", wrapsTwice: false }],
    ["with an attached message", "message/rfc822", { signs: false, form: "clear", wrapsTwice: false }],
    ["signed and encrypted", "application/pdf", { signs: true, form: "clear", wrapsTwice: false }],
    ["signed as one block and encrypted", "application/pdf", { signs: true, form: "opaque", wrapsTwice: false }],
    ["signed once more around it", "application/pdf", { signs: true, form: "clear", wrapsTwice: true }],
    ["signed as one block twice", "application/pdf", { signs: true, form: "opaque", wrapsTwice: true }],
  ] as const)("is never more than that of the message %s, and at most 3 % less", async (_, type, protection) => {
    const size = 1_000_000;
    const real = await written(type, size, protection);
    const told = protectedSize(8, [fileOf("a.pdf", size, type)], protection);
    expect(told).toBeLessThanOrEqual(real);
    expect(told).toBeGreaterThan(real * 0.97);
  });

  it("counts the text in each of its forms, with its pictures", () => {
    heardText({ html: `<img src="data:image/png;base64,${"A".repeat(999_978)}">`, text: "" });
    expect(messageSize.value).toBeGreaterThan(1_360_000);
  });
});

describe("a message that is larger than the server takes", () => {
  it("is none where nobody knows what the server takes", () => {
    attach(fileOf("film.mp4", 90_000_000));
    expect(tooLarge.value).toBeNull();
  });

  it("names the smallest file without which it fits", () => {
    attach(fileOf("film.mp4", 5_000_000), fileOf("scan.pdf", 2_000_000), fileOf("note.txt", 1000));
    sizeLimit.value = 10_000_000;
    expect(tooLarge.value).toMatchObject({ limit: 10_000_000, out: [{ name: "scan.pdf" }] });
    expect(tooLarge.value?.size).toBeGreaterThan(10_000_000);
    expect(tooLarge.value?.rest).toBeLessThanOrEqual(10_000_000);
  });

  it("names as few as can be where no single file is enough", () => {
    attach(...["a", "b", "c"].map((name, index) => fileOf(name, 4_000_000 + index)));
    sizeLimit.value = 8_000_000;
    expect(tooLarge.value?.out.map(({ name }) => name)).toEqual(["c", "b"]);
  });

  it("names none where the text alone is too large", () => {
    attach(fileOf("note.txt", 1000));
    heardText({ html: "", text: "a".repeat(3_000_000) });
    sizeLimit.value = 2_000_000;
    expect(tooLarge.value?.out).toEqual([]);
  });
});
