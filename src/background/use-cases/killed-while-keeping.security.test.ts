import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { FrameEvent } from "../../messages/frame-requests.ts";
import { formContent } from "../../testing/form-content.ts";
import { secureMail } from "../../testing/secure-mail.ts";
import type { MailContext } from "../mail-context.ts";
import { formFiles } from "./form-files.ts";
import { keepDraft, keepFile, keptDrafts, openKept } from "./kept-drafts.ts";

const draft = "0d".repeat(16);
const file = { id: "0e".repeat(16), name: "plan.txt", type: "text/plain", size: 9 };
const plan = new TextEncoder().encode("dig there");
const EARLIER = formContent({ text: "Said first.", files: [file] });
const LATER = formContent({ text: "Said later.", files: [file] });

/** The same context until its call of number `step`, with which the worker dies: nothing is answered from then on. */
function dying(context: MailContext, step: number) {
  let steps = 0;
  let die = (): void => undefined;
  const died = new Promise<void>((done) => {
    die = done;
  });
  const wrap = <T extends object>(part: T): T =>
    new Proxy(part, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key);
        if (typeof value === "object" && value !== null) return wrap(value);
        if (typeof value !== "function") return value;
        return (...words: unknown[]): unknown => {
          if (steps++ < step) return Reflect.apply(value, target, words) as unknown;
          die();
          return new Promise(() => undefined);
        };
      },
    });
  return { context: wrap(context), steps: () => steps, died };
}

async function all(events: AsyncIterable<FrameEvent>): Promise<FrameEvent[]> {
  const heard: FrameEvent[] = [];
  for await (const event of events) heard.push(event);
  return heard;
}

/** Keeps a draft, then a later state of it, during which the worker dies at `step`; the number of its steps. */
async function keepUntil(step: number): Promise<number> {
  vi.stubGlobal("indexedDB", new IDBFactory());
  const mail = await secureMail();
  await keepFile(draft, file, plan, mail.context);
  await keepDraft(mail.view, draft, EARLIER, mail.context);
  const { context, steps, died } = dying(mail.context, step);
  const work = keepFile(draft, file, plan, context).then(() => keepDraft(mail.view, draft, LATER, context));
  await Promise.race([work, died]);
  return steps();
}

beforeEach(() => {
  vi.unstubAllGlobals();
});
const STEPS = await keepUntil(Infinity);

describe("a worker that dies while a draft is kept (attack 57)", () => {
  it("leaves the draft as it was or as it is, with its files, whenever it dies", async () => {
    expect(STEPS).toBeGreaterThan(6);
    const texts = new Set<string>();
    for (let step = 0; step <= STEPS; step++) {
      await keepUntil(step);
      const mail = await secureMail();
      expect([step, await keptDrafts(mail.view, mail.context)]).toMatchObject([step, [{ draft }]]);
      const files = formFiles();
      const [opened] = await all(openKept(mail.view, draft, files, mail.context));
      if (opened?.kind !== "draftOpened") throw new Error(`lost at step ${String(step)}`);
      texts.add(opened.content.text);
      expect([EARLIER, LATER]).toContainEqual(opened.content);
      expect(Buffer.from(files.content(file.id)).toString()).toBe("dig there");
    }
    // Both were seen: it died before the change was written, and after it.
    expect(texts).toEqual(new Set(["Said first.", "Said later."]));
  });
});
