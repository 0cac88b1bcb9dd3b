import "../../testing/native-base64.ts";
import { describe, expect, it } from "vitest";
import type { Action } from "./envelope.ts";
import { sendingBy } from "./sending.ts";
import type { Refused, ServiceResult } from "./service.ts";

const outgoing = {
  message: new TextEncoder().encode("From: a@a.example\r\n\r\nx"),
  messageId: "<1@a>",
  from: "a@a.example",
  to: ["b@b.example"],
  cc: [],
  bcc: [],
};
const success = (message: unknown): ServiceResult => ({ ok: true, message });
const refused = (reason: Refused["reason"], isSure = true): Refused => ({ ok: false, reason, text: "", isSure });
const saved = success({ Items: [{ ItemId: { Id: "draft" } }] });
const isDraft = success({ Items: [{ IsDraft: true, ConversationId: { Id: "conversation" } }] });

/** A server that answers each action with these, in order; the last one stays. */
function make(answers: Partial<Record<Action, ServiceResult[]>>): {
  sending: ReturnType<typeof sendingBy>;
  asked: string[];
} {
  const asked: string[] = [];
  const left = new Map(Object.entries(answers).map(([action, list]) => [action, [...list]]));
  const sending = sendingBy((action, body) => {
    const disposition = body["MessageDisposition"];
    asked.push(typeof disposition === "string" ? `${action} ${disposition}` : action);
    const list = left.get(action) ?? [];
    return Promise.resolve((list.length > 1 ? list.shift() : list[0]) ?? refused("refused"));
  });
  return { sending, asked };
}

describe("sending by Outlook's service", () => {
  it("saves, then sends what was saved", async () => {
    const { sending, asked } = make({ CreateItem: [saved], GetItem: [isDraft], UpdateItem: [success({})] });
    expect(await sending.transmit(outgoing)).toMatchObject({ outcome: "sent" });
    expect(asked).toEqual(["CreateItem SaveOnly", "GetItem", "UpdateItem SendAndSaveCopy"]);
  });

  it("sends nothing where saving fails, answered or not", async () => {
    for (const failure of [refused("throttled"), refused("unreachable", false)]) {
      const { sending, asked } = make({ CreateItem: [failure] });
      expect(await sending.transmit(outgoing)).toMatchObject({ outcome: "not-sent", reason: failure.reason });
      expect(asked).toEqual(["CreateItem SaveOnly"]);
    }
  });

  it("says that a message was not sent only where the server has said so", async () => {
    const { sending } = make({ CreateItem: [saved], GetItem: [isDraft], UpdateItem: [refused("throttled")] });
    expect(await sending.transmit(outgoing)).toMatchObject({ outcome: "not-sent", reason: "throttled" });
  });

  it("knows by the draft that is gone that a lost answer was a yes", async () => {
    const gone = refused("not-found");
    const { sending } = make({
      CreateItem: [saved],
      GetItem: [isDraft, gone],
      UpdateItem: [refused("unreachable", false)],
    });
    expect(await sending.transmit(outgoing)).toMatchObject({ outcome: "sent" });
  });

  it("leaves it open where the draft is still there, and settles with the same draft", async () => {
    const { sending, asked } = make({
      CreateItem: [saved],
      GetItem: [isDraft],
      UpdateItem: [refused("unreachable", false), success({})],
    });
    expect(await sending.transmit(outgoing)).toMatchObject({ outcome: "unknown" });
    expect(await sending.settle()).toMatchObject({ outcome: "sent" });
    expect(asked.filter((each) => each.startsWith("CreateItem"))).toHaveLength(1);
  });

  it("leaves it open where the server says nothing at all", async () => {
    const silent = refused("unreachable", false);
    const { sending } = make({ CreateItem: [saved], GetItem: [isDraft, silent], UpdateItem: [silent] });
    expect(await sending.transmit(outgoing)).toMatchObject({ outcome: "unknown" });
  });

  it("finds the copy by its Message-ID in the conversation, never a draft", async () => {
    const item = (id: string, messageId: string, draft: boolean): unknown => ({
      Items: [{ ItemId: { Id: id }, InternetMessageId: messageId, IsDraft: draft }],
    });
    const nodes = [item("1", "<0@a>", false), item("2", "<1@a>", true), item("3", "<1@a>", false)];
    const copy = success({ Items: [{ MimeContent: { Value: btoa("copy") } }] });
    const { sending } = make({
      CreateItem: [saved],
      GetItem: [isDraft, copy],
      UpdateItem: [success({})],
      GetConversationItems: [success({ Conversation: { ConversationNodes: nodes } })],
    });
    await sending.transmit(outgoing);
    const found = await sending.fetchSentCopy();
    expect(found.ok && found.source instanceof Blob && (await found.source.text())).toBe("copy");
  });
});
