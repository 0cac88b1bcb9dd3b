import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { HEADER_POLICIES } from "../../engine/smime/header-policy.ts";
import { encryptMessage } from "../../engine/smime/protect.ts";
import type { EncryptionStatus, SignatureStatus } from "../../engine/verdicts.ts";
import { SIGNATURE_STATUSES } from "../../engine/verdicts.ts";
import { ALICE, bytesOf, HEADER, identityOf, lines } from "../../testing/mail-builder.ts";
import { testMailContext } from "../../testing/mail-context.ts";
import type { MailSettings } from "../mail-context.ts";
import { htmlPolicy } from "./message-view.ts";
import { readInPage } from "./read-in-page.ts";

const SENDER = { tabId: 1, frameId: 0, documentId: "p", origin: "https://mail.example" } as const;

interface Situation {
  readonly isPressed: boolean;
  readonly openEncryptedOnSight?: boolean;
  /** Whether the limit of the minute has room. */
  readonly hasRoom?: boolean;
}

/** What the frame of an encrypted message hears, and how often keys were asked for. */
async function read({ isPressed, openEncryptedOnSight = true, hasRoom = true }: Situation) {
  const unlocked = vi.fn(async () => [await identityOf(ALICE)]);
  const message = await encryptMessage(bytesOf(lines(...HEADER, "Content-Type: text/plain", "", "words")), {
    recipients: [ALICE.certificate],
    cipher: "aes-256-cbc",
    keyTransport: { kind: "rsa-pkcs1" },
    headerPolicy: HEADER_POLICIES.none,
  });
  const plain = testMailContext();
  const settings = async (): Promise<MailSettings> => ({ ...(await plain.settings()), openEncryptedOnSight });
  const context = testMailContext({
    keys: { ...plain.keys, certificates: () => Promise.resolve([ALICE.certificate]), unlocked },
    settings,
    takeOperation: () => Promise.resolve(hasRoom),
    askPage: () => Promise.resolve({ ok: true, source: new Blob([message.slice()]) }),
  });
  const heard: string[] = [];
  for await (const event of readInPage(await context.views.open("message", SENDER), isPressed, context)) {
    heard.push(event.kind === "closed" ? event.reason : event.kind);
  }
  return { heard: [...new Set(heard)], asked: unlocked.mock.calls.length };
}

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});

describe("decryption that nobody has pressed for (attack 40)", () => {
  it("happens where the setting allows it, and is said to go on", async () => {
    expect(await read({ isPressed: false })).toEqual({ heard: ["decrypting", "message"], asked: 1 });
  });

  it("does not happen against the setting, and touches no key", async () => {
    expect(await read({ isPressed: false, openEncryptedOnSight: false })).toEqual({ heard: ["by-setting"], asked: 0 });
  });

  it("does not happen more often than the limit allows, and touches no key", async () => {
    expect(await read({ isPressed: false, hasRoom: false })).toEqual({ heard: ["too-many"], asked: 0 });
  });

  it("is a person's own at a press, whatever was opened before", async () => {
    const pressed = await read({ isPressed: true, hasRoom: false, openEncryptedOnSight: false });
    expect(pressed).toEqual({ heard: ["decrypting", "message"], asked: 1 });
  });
});

describe("HTML that somebody may have put together from ciphertext (attack 24)", () => {
  const policy = (encryption: EncryptionStatus, signature: SignatureStatus) =>
    htmlPolicy({ encryption, signature, sender: "none", reasons: [] });

  it("is words only, unless a signature that counts is inside", () => {
    const formatted = SIGNATURE_STATUSES.filter((signature) => policy("unauthenticated", signature) === "formatted");
    expect([...formatted].sort()).toEqual(["valid", "valid-revocation-unknown"]);
  });

  it("is shown where nothing was encrypted, or nobody could have changed it", () => {
    expect([policy("none", "none"), policy("authenticated", "none")]).toEqual(["formatted", "formatted"]);
  });
});
