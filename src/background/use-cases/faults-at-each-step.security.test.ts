import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { SendState } from "../../messages/frame-requests.ts";
import { StorageError } from "../../storage/storage-error.ts";
import { FORM_SECRET, formContent } from "../../testing/form-content.ts";
import { sha256Hex } from "../../testing/memory-key-store.ts";
import { alice, bob, carol, secureMail } from "../../testing/secure-mail.ts";
import type { MailContext } from "../mail-context.ts";
import { formFiles } from "./form-files.ts";
import { keepDraft } from "./kept-drafts.ts";
import { protectAndSend } from "./protect-and-send.ts";

const draft = "0d".repeat(16);

/** What goes wrong at one step; `killed`: the worker ends there and says nothing more. */
type Fault = "storage-full" | "storage-refused" | "no-answer" | "locked" | "keys-deleted" | "clock" | "killed";
const FAULTS: readonly Fault[] = [
  ...(["storage-full", "storage-refused", "no-answer", "locked", "keys-deleted", "clock", "killed"] as const),
];

class Killed extends Error {}

/** What the fault makes of a call of this name, where it concerns it; `undefined` lets the call through. */
function strike(fault: Fault, name: string): (() => unknown) | undefined {
  const isRow = /^(?:contacts|drafts|draftFiles|views)\./.test(name) || name === "settings";
  switch (fault) {
    case "storage-full":
    case "storage-refused":
      return isRow
        ? () => Promise.reject(new StorageError(fault === "storage-full" ? "storage.full" : "storage.refused"))
        : undefined;
    case "no-answer":
      return name === "askPage" ? () => Promise.resolve(null) : undefined;
    case "locked":
      return name === "keys.unlocked" ? () => Promise.resolve(null) : undefined;
    case "keys-deleted":
      return name.startsWith("keys.") ? () => Promise.resolve([]) : undefined;
    case "clock":
      return name === "now" ? () => new Date(Date.UTC(2100, 0)) : undefined;
    case "killed":
      return () => {
        throw new Killed();
      };
  }
}

/** The same context, whose call of number `step` meets the fault; `steps` counts the calls. */
function failing(context: MailContext, fault: Fault | null, step: number) {
  let steps = 0;
  let isStruck = false;
  const wrap = <T extends object>(part: T, prefix: string): T =>
    new Proxy(part, {
      get(target, key: string) {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== "function") {
          return typeof value === "object" && value !== null ? wrap(value, `${prefix}${key}.`) : value;
        }
        return (...words: unknown[]): unknown => {
          const isNow = steps++ === step;
          const struck = isNow && fault !== null ? strike(fault, prefix + key) : undefined;
          if (struck === undefined) return Reflect.apply(value, target, words) as unknown;
          isStruck = true;
          return struck();
        };
      },
    });
  return { context: wrap(context, ""), steps: () => steps, isStruck: () => isStruck };
}

async function send(fault: Fault | null, step: number) {
  vi.stubGlobal("indexedDB", new IDBFactory());
  const mail = await secureMail();
  const content = formContent({ signs: true, bcc: ["carol@c.example"] });
  await keepDraft(mail.view, draft, content, mail.context);
  const { context, steps, isStruck } = failing(mail.context, fault, step);
  const recipients = [
    { address: "bob@b.example", certificate: sha256Hex(bob.der) },
    { address: "carol@c.example", certificate: sha256Hex(carol.der) },
  ];
  const order = { draft, content, recipients, signer: sha256Hex(alice.der), rest: null };
  let last: SendState | null = null;
  try {
    const form = { files: formFiles(), isStopped: false };
    for await (const state of protectAndSend(mail.view, order, form, context)) last = state;
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    last = null;
  }
  return { ...mail, last, steps: steps(), isStruck: isStruck() };
}

beforeEach(() => {
  vi.unstubAllGlobals();
});

const { steps: STEPS } = await send(null, -1);

describe.each(FAULTS)("a fault at each step of a send (invariant 1): %s", (fault) => {
  it("leaves nothing in clear, nothing twice, nothing lost, and says what is true", { timeout: 60_000 }, async () => {
    let struck = 0;
    for (let step = 0; step < STEPS; step++) {
      const { last, sent, context, isStruck } = await send(fault, step);
      if (isStruck) struck++;
      const at = `${fault} at step ${String(step)} of ${String(STEPS)}`;
      for (const { message } of sent) expect(Buffer.from(message).toString("latin1"), at).not.toMatch(FORM_SECRET);
      expect(sent.filter(({ bcc }) => bcc.length === 0).length, at).toBeLessThanOrEqual(1);
      expect(sent.filter(({ bcc }) => bcc.length === 1).length, at).toBeLessThanOrEqual(1);
      const kept = await context.drafts.list();
      // Held is "nothing was sent": it must be so, and the text must still be there.
      if (last?.status === "held" || last?.status === "needs-unlock" || last?.status === "recipients") {
        expect([at, sent.length]).toEqual([at, 0]);
      }
      if (last?.status === "sent") expect([at, sent.length > 0]).toEqual([at, true]);
      else expect([at, kept.length]).toEqual([at, 1]);
      // Whatever may have been handed over is known by its Message-ID, so that it is looked for and not repeated.
      if (sent.length > 0 && last?.status !== "sent") expect([at, kept[0]?.messageId !== null]).toEqual([at, true]);
      expect([at, last === null && fault !== "killed"]).toEqual([at, false]);
    }
    expect(struck).toBeGreaterThan(0);
  });
});
