import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { itemIds, mimeMessage, mimeShape, request, signIn, type Client } from "./client.ts";
import type { FaultKind } from "./faults.ts";
import { startOutlookWeb, type OutlookWeb } from "./start.ts";

const MIME = "From: a@practice.example\r\nTo: a@practice.example\r\nSubject: s\r\n\r\ntext\r\n";

let server: OutlookWeb;
let client: Client;
let id: string;
const get = (): Promise<Response> =>
  client.post("GetItem", JSON.stringify(request("GetItem", { ItemShape: mimeShape, ItemIds: itemIds(id) })));
const send = (): Promise<Response> =>
  client.post(
    "CreateItem",
    JSON.stringify(request("CreateItem", { Items: [mimeMessage(MIME)], MessageDisposition: "SendAndSaveCopy" })),
  );
const sentCount = (): number => server.mailbox("a@practice.example").sent().length;
const once = (kind: FaultKind, action = "*"): void => {
  server.faults.add({ kind, action, count: 1 });
};

beforeAll(async () => {
  server = await startOutlookWeb({ users: [{ name: "A", email: "a@practice.example" }] });
  client = await signIn(server.url, "a");
  id = server.mailbox("a@practice.example").deliver(MIME);
});
beforeEach(() => {
  server.faults.clear();
});
afterAll(() => server.close());

describe("faults", () => {
  it.each<[FaultKind, number, string]>([
    ["unauthorized", 401, ""],
    ["expired", 440, ""],
    ["html", 200, "<!DOCTYPE html>"],
    ["throttled", 503, "OverBudgetException"],
    ["too-many-objects", 200, "ErrorTooManyObjectsOpened"],
  ])("answers %s with %d once, and the next request as always", async (kind, status, text) => {
    once(kind);
    const answer = await send();
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain(text);
    const before = sentCount();
    expect((await send()).status).toBe(200);
    expect(sentCount()).toBe(before + 1);
  });

  it("ends the connection before the act, or after it", async () => {
    const before = sentCount();
    once("cut");
    await expect(send()).rejects.toThrow();
    expect(sentCount()).toBe(before);
    once("lost");
    await expect(send()).rejects.toThrow();
    expect(sentCount()).toBe(before + 1);
  });

  it("acts twice, or answers twice", async () => {
    const before = sentCount();
    once("repeated");
    await send();
    expect(sentCount()).toBe(before + 2);
    once("duplicated");
    const { Body } = (await (await send()).json()) as { Body: { ResponseMessages: { Items: unknown[] } } };
    expect([Body.ResponseMessages.Items.length, sentCount()]).toEqual([2, before + 3]);
  });

  it("ends MIME content or JSON early", async () => {
    const whole = await (await get()).text();
    once("truncated");
    const short = await (await get()).text();
    expect(short.length).toBeLessThan(whole.length);
    expect(JSON.parse(short)).toHaveProperty("Body");
    once("garbled");
    const half = await (await get()).text();
    expect(() => JSON.parse(half) as unknown).toThrow(SyntaxError);
  });

  it("waits, and for ever", async () => {
    server.faults.add({ kind: "slow", action: "GetItem", count: 1, milliseconds: 60 });
    const start = performance.now();
    await get();
    expect(performance.now() - start).toBeGreaterThan(50);
    once("silent");
    const waiting = get();
    const first = await Promise.race([waiting, new Promise((done) => setTimeout(done, 100, "nothing"))]);
    expect(first).toBe("nothing");
    waiting.catch(() => undefined);
  });

  it("hits the action, the text and the number that it names", async () => {
    server.faults.add({ kind: "expired", action: "GetItem", where: id, after: 1, count: 1 });
    expect((await send()).status).toBe(200);
    const statuses = [await get(), await get(), await get()].map(({ status }) => status);
    expect(statuses).toEqual([200, 440, 200]);
  });

  it("ends all sessions", async () => {
    server.endSessions();
    expect((await get()).status).toBe(440);
    client = await signIn(server.url, "a");
  });
});
