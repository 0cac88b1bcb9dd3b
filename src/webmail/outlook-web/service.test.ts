import { describe, expect, it, vi } from "vitest";
import "../../testing/native-base64.ts";
import { getItem, saveDraft } from "./envelope.ts";
import { owaService, type ServiceResult } from "./service.ts";

const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
const messages = (...items: unknown[]): unknown => ({ Body: { ResponseMessages: { Items: items } } });
const failed = (ResponseCode: string): unknown =>
  messages({ ResponseClass: "Error", ResponseCode, MessageText: "No." });

const COOKIES = "a=1; X-OWA-CANARY=abc.def; b=2";

function call(
  answer: () => Promise<Response>,
  options: { cookies?: string; shared?: string } = {},
): { result: Promise<ServiceResult>; fetch: ReturnType<typeof vi.fn> } {
  const fetch = vi.fn(answer);
  const service = owaService({
    fetch,
    cookies: () => options.cookies ?? COOKIES,
    sharedMailbox: () => options.shared ?? null,
  });
  return { result: service("GetItem", getItem("AAMk/+=", "mime")), fetch };
}

describe("Outlook's service", () => {
  it("is asked with the page's canary, and types come first", async () => {
    const { result, fetch } = call(() => Promise.resolve(json(messages({ ResponseClass: "Success", Items: [] }))));
    expect(await result).toMatchObject({ ok: true });
    const [url, init] = fetch.mock.calls[0] as [string, RequestInit];
    expect(url).toBe("/owa/service.svc?action=GetItem");
    expect(init.headers).toMatchObject({ Action: "GetItem", "X-OWA-CANARY": "abc.def" });
    expect(init.body).toMatch(/^\{"__type":"GetItemJsonRequest:#Exchange"/);
    expect(init.body).toContain('{"__type":"ItemId:#Exchange","Id":"AAMk/+="}');
  });

  it("is not waited for for ever: a server that says nothing is unreachable, and what it did is not known", async () => {
    const inTime = AbortSignal.timeout.bind(AbortSignal);
    const patience = vi.spyOn(AbortSignal, "timeout").mockImplementation(() => inTime(20));
    const silent = vi.fn(
      (_: unknown, init?: RequestInit) =>
        new Promise<Response>((_resolve, reject) => {
          init?.signal?.addEventListener("abort", () => {
            reject(init.signal?.reason as Error);
          });
        }),
    );
    const service = owaService({ fetch: silent, cookies: () => COOKIES, sharedMailbox: () => null });
    expect(await service("GetItem", getItem("A", "mime"))).toMatchObject({
      ok: false,
      reason: "unreachable",
      isSure: false,
    });
    expect(patience).toHaveBeenCalledWith(60_000);
    patience.mockRestore();
  });

  it("names the owner of a shared mailbox", async () => {
    const { result, fetch } = call(() => Promise.resolve(json(messages())), { shared: "team@a.example" });
    await result;
    const [, init] = fetch.mock.calls[0] as [string, RequestInit];
    expect(init.headers).toMatchObject({
      "x-owa-explicitlogonuser": "team@a.example",
      "x-anchormailbox": "team@a.example",
    });
  });

  it.each<[string, () => Promise<Response>, string, boolean]>([
    ["401", () => Promise.resolve(new Response("", { status: 401 })), "signed-out", true],
    ["440", () => Promise.resolve(new Response("", { status: 440 })), "signed-out", true],
    ["a page in place of JSON", () => Promise.resolve(new Response("<!doctype html>")), "signed-out", true],
    ["an item that is gone", () => Promise.resolve(json(failed("ErrorItemNotFound"))), "not-found", true],
    ["too large a message", () => Promise.resolve(json(failed("ErrorMessageSizeExceeded"))), "too-large", true],
    ["too many objects", () => Promise.resolve(json(failed("ErrorTooManyObjectsOpened"))), "throttled", true],
    [
      "a budget that is used up",
      () => Promise.resolve(json({ Body: { ExceptionName: "OverBudgetException" } }, 503)),
      "throttled",
      true,
    ],
    ["another error", () => Promise.resolve(json(failed("ErrorInternalServerError"))), "refused", true],
    ["a code from Object's prototype", () => Promise.resolve(json(failed("constructor"))), "refused", true],
    ["half an answer", () => Promise.resolve(new Response('{"Body":{"Resp')), "unreachable", false],
    ["a proxy that fails", () => Promise.resolve(new Response("<html>", { status: 502 })), "refused", false],
    ["no connection", () => Promise.reject(new TypeError("Failed to fetch")), "unreachable", false],
  ])("answers with a reason for %s", async (_, answer, reason, isSure) => {
    expect(await call(answer).result).toMatchObject({ ok: false, reason, isSure });
  });

  it("puts the octets of a message into its JSON, wherever names imitate the place", async () => {
    const fetch = vi.fn(() => Promise.resolve(json(messages({ ResponseClass: "Success" }))));
    const service = owaService({ fetch, cookies: () => COOKIES, sharedMailbox: () => null });
    const bcc = ['","MimeContent":{"Value":""}', "b@b.example"];
    await service("CreateItem", saveDraft(bcc), new TextEncoder().encode("From: a@a.example\r\n\r\nx"));
    const [, init] = fetch.mock.calls[0] as unknown as [string, { body: Blob }];
    const [item] = (JSON.parse(await init.body.text()) as { Body: { Items: Record<string, unknown>[] } }).Body.Items;
    expect(item).toMatchObject({
      MimeContent: { CharacterSet: "UTF-8", Value: btoa("From: a@a.example\r\n\r\nx") },
      BccRecipients: bcc.map((address) => ({ Name: address, EmailAddress: address })),
    });
  });

  it("asks nothing without a session", async () => {
    const { result, fetch } = call(() => Promise.resolve(json({})), { cookies: "a=1" });
    expect(await result).toMatchObject({ reason: "signed-out" });
    expect(fetch).not.toHaveBeenCalled();
  });
});
