import { describe, expect, it } from "vitest";
import type { ContentSender, FrameSender } from "../../messages/mail-senders.ts";
import { viewMemory } from "../../testing/view-memory.ts";
import { CLAIM_WITHIN_MS, MAX_VIEWS_PER_TAB, viewsIn, type Views } from "./views.ts";

const content: ContentSender = { tabId: 1, frameId: 0, documentId: "page", origin: "https://mail.example" };
const frame: FrameSender = {
  tabId: 1,
  frameId: 7,
  documentId: "frame",
  kind: "message",
  parentOrigin: "https://mail.example",
};

function make(): { views: Views; clock: { now: number }; again: () => Views } {
  const memory = viewMemory();
  const clock = { now: 1_000_000 };
  const again = (): Views => viewsIn(memory, () => clock.now);
  return { views: again(), clock, again };
}

describe("a view's identity (attacks 45 and 49)", () => {
  it("is 128 random bits, another one each time", async () => {
    const { views } = make();
    const ids = await Promise.all([views.open("message", content), views.open("message", content)]);
    for (const { id } of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(ids[0].id).not.toBe(ids[1].id);
  });

  it("is the first frame's that claims it, and after that nobody else's", async () => {
    const { views } = make();
    const { id } = await views.open("message", content);
    expect(await views.claim(id, frame)).not.toBeNull();
    expect(await views.claim(id, { ...frame, documentId: "other" })).toBeNull();
    expect(await views.claim(id, { ...frame, frameId: 8 })).toBeNull();
  });

  it("is one frame's where two claim it at once", async () => {
    const { views } = make();
    const { id } = await views.open("message", content);
    const claims = await Promise.all(["a", "b"].map((documentId) => views.claim(id, { ...frame, documentId })));
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
  });

  it("stays the same document's when the worker has died", async () => {
    const { views, again } = make();
    const { id } = await views.open("message", content);
    await views.claim(id, frame);
    expect(await again().claim(id, frame)).not.toBeNull();
    expect(await again().claim(id, { ...frame, documentId: "other" })).toBeNull();
  });

  it.each<[string, Partial<FrameSender>]>([
    ["of another tab", { tabId: 2 }],
    ["of the other kind", { kind: "compose" }],
    ["inside another site", { parentOrigin: "https://evil.example" }],
  ])("is not given to a frame %s", async (_, change) => {
    const { views } = make();
    const { id } = await views.open("message", content);
    expect(await views.claim(id, { ...frame, ...change })).toBeNull();
    expect(await views.claim(id, frame)).not.toBeNull();
  });

  it("is worth nothing once it was not claimed in time, nor when it is made up", async () => {
    const { views, clock } = make();
    const { id } = await views.open("message", content);
    clock.now += CLAIM_WITHIN_MS + 1;
    expect(await views.claim(id, frame)).toBeNull();
    expect(await views.claim("0".repeat(32), frame)).toBeNull();
  });

  it("ends with its page: another document of the tab, a closed view, a closed tab", async () => {
    const { views } = make();
    const first = await views.open("message", content);
    await views.open("message", { ...content, documentId: "next page" });
    expect(await views.claim(first.id, frame)).toBeNull();
    const second = await views.open("message", { ...content, documentId: "next page" });
    await views.close(second.id, { ...content, documentId: "somebody else" });
    expect(await views.current(second.id)).not.toBeNull();
    await views.close(second.id, { ...content, documentId: "next page" });
    expect(await views.current(second.id)).toBeNull();
    const third = await views.open("message", content);
    await views.closeTab(1);
    expect(await views.current(third.id)).toBeNull();
  });

  it("does not pile up: the oldest of too many are dropped", async () => {
    const { views, clock } = make();
    const first = await views.open("message", content);
    for (let count = 0; count < MAX_VIEWS_PER_TAB; count++) {
      clock.now++;
      await views.open("message", content);
    }
    expect(await views.current(first.id)).toBeNull();
    expect(await views.inTab(1)).toHaveLength(MAX_VIEWS_PER_TAB);
  });
});
