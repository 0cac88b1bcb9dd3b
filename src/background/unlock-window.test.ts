import { beforeEach, describe, expect, it, vi } from "vitest";
import type { FrameEvent } from "../messages/frame-requests.ts";
import { testMailContext } from "../testing/mail-context.ts";
import { viewMemory } from "../testing/view-memory.ts";
import type { Browser } from "./browser.ts";
import type { FramePort } from "./frame-port.ts";
import { mailService, type MailService } from "./mail.ts";

const BASE = "chrome-extension://abcdefgh/";
const content = { id: "abcdefgh", url: "https://mail.example/", frameId: 0, documentId: "D", tab: { id: 1 } };
const frame = { ...content, url: `${BASE}message/index.html`, frameId: 5, documentId: "F" };

let closeWindow: (id: number) => void;
let isLocked: boolean;
let mail: MailService;
let events: FrameEvent[];
let ask: (message: unknown) => void;

beforeEach(async () => {
  isLocked = true;
  events = [];
  const listening = { addListener: () => undefined };
  const browser = {
    runtime: { id: "abcdefgh", getURL: (path: string) => BASE + path },
    storage: { session: viewMemory() },
    permissions: { contains: () => Promise.resolve(true) },
    tabs: { onRemoved: listening },
    windows: {
      create: () => Promise.resolve({ id: 7 }),
      onRemoved: {
        addListener: (listener: typeof closeWindow) => {
          closeWindow = listener;
        },
      },
    },
  } as unknown as Browser;
  const plain = testMailContext();
  const unlocked = () => Promise.resolve(isLocked ? null : []);
  mail = mailService(browser, { ...plain, keys: { ...plain.keys, unlocked } });
  const opened = await mail.answer({ name: "openView", kind: "message" }, content);
  mail.connect({
    name: "view",
    sender: frame,
    postMessage: (event) => events.push(event),
    disconnect: () => undefined,
    onMessage: {
      addListener: (listener) => {
        ask = listener;
      },
    },
    onDisconnect: listening,
  } satisfies FramePort & { name: string });
  ask({ name: "claim", viewId: opened?.viewId, parentOrigin: "https://mail.example" });
  ask({ name: "unlock" });
  await vi.waitFor(() => {
    expect(events.map(({ kind }) => kind)).toContain("readers");
  });
});
const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 20));
const declined = (): boolean => events.some(({ kind }) => kind === "unlockDeclined");

describe("the window that asks for the passphrase", () => {
  it("tells the frame when it is closed and the keys are locked as before", async () => {
    await settled();
    closeWindow(7);
    await vi.waitFor(() => {
      expect(declined()).toBe(true);
    });
  });

  it("tells nothing of the kind once the keys are unlocked, nor of any other window", async () => {
    await settled();
    closeWindow(3);
    isLocked = false;
    closeWindow(7);
    await settled();
    expect(declined()).toBe(false);
  });
});
