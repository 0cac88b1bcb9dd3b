import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { FrameEvent } from "../messages/frame-requests.ts";
import type { ViewKind } from "../messages/content-requests.ts";
import { certificate } from "../testing/certificate-builder.ts";
import { testMailContext } from "../testing/mail-context.ts";
import { serveFrame } from "./frame-port.ts";
import { askedQuestion } from "./use-cases/questions.ts";

const extension = { id: "abcdefgh", baseUrl: "chrome-extension://abcdefgh/" };
const content = { tabId: 1, frameId: 0, documentId: "page", origin: "https://mail.example" };
const address = "alice@example.com";
const { der } = certificate().subject("CN=Alice").email(address).key("p-256").build();

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});

async function frameOf(kind: ViewKind) {
  const context = testMailContext();
  const { id } = await context.views.open(kind, content);
  const events: FrameEvent[] = [];
  const askQuestion = vi.fn(() => Promise.resolve());
  let hear: (message: unknown) => void = () => undefined;
  const nothing = () => Promise.resolve();
  const connection = serveFrame({
    port: {
      sender: {
        id: extension.id,
        url: `${extension.baseUrl}${kind}/index.html`,
        frameId: 7,
        documentId: "frame",
        tab: { id: 1 },
      },
      postMessage: (event) => events.push(event),
      disconnect: () => undefined,
      onMessage: {
        addListener: (listener) => {
          hear = listener;
        },
      },
      onDisconnect: { addListener: () => undefined },
    },
    extension,
    context,
    acts: { askUnlock: nothing, askQuestion, compare: nothing, showPage: nothing, showVerdicts: nothing },
  });
  hear({ name: "claim", viewId: id, parentOrigin: content.origin });
  hear({ name: "askPerson", certificate: der, address });
  await new Promise((done) => setTimeout(done, 50));
  return { context, id, events, askQuestion, connection };
}

describe("a frame that asks whether a certificate counts for an address", () => {
  it("opens the window, which has the certificate from the background; nothing is decided by that", async () => {
    const { context, id, askQuestion } = await frameOf("message");
    expect(askQuestion).toHaveBeenCalledWith(id, "person");
    const asked = await askedQuestion(context.questions, id);
    expect(asked).toMatchObject({ kind: "person", address, der, certificate: { emails: [address] } });
    expect(await context.people()).toEqual([]);
  });

  it("hears that a person has decided, and nothing where the person has not", async () => {
    const { id, events, connection } = await frameOf("message");
    const decided = (): number => events.filter(({ kind }) => kind === "decided").length;
    connection.answered(id, false);
    connection.answered("0".repeat(32), true);
    await new Promise((done) => setTimeout(done, 10));
    expect(decided()).toBe(0);
    connection.answered(id, true);
    await vi.waitFor(() => {
      expect(decided()).toBe(1);
    });
  });

  it("asks nothing from a form", async () => {
    const { context, id, askQuestion } = await frameOf("compose");
    expect(askQuestion).not.toHaveBeenCalled();
    expect(await context.questions.get(id)).toBeNull();
  });
});
