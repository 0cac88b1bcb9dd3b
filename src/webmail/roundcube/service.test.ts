import { describe, expect, it, vi } from "vitest";
import type { PageSettings } from "./page-settings.ts";
import { isConfirmed, roundcubeService, type ServiceResult } from "./service.ts";
import type { Session } from "./session.ts";

const settings: PageSettings = {
  token: "t0ken",
  user: null,
  action: "compose",
  address: "/rc/?_task=mail",
  folder: "INBOX",
  drafts: "Drafts",
  maxFileSize: null,
  identities: new Map(),
  answered: null,
  composeId: "",
  mode: null,
};
const json = (exec: string): Response => new Response(JSON.stringify({ action: "bounce", exec }));
const shown = (text: string, kind: string): string => `this.display_message(${JSON.stringify(text)},"${kind}",0);\n`;

/** A session in which the person has signed in anew, or not. */
function sessionWith(renewed: string | null): Session {
  let token = settings.token;
  return {
    token: () => token,
    renew: () => {
      token = renewed ?? token;
      return Promise.resolve(renewed !== null);
    },
  };
}

function call(
  answer: () => Promise<Response>,
  renewed: string | null = null,
): {
  result: Promise<ServiceResult>;
  fetch: ReturnType<typeof vi.fn<typeof globalThis.fetch>>;
} {
  const fetch = vi.fn<typeof globalThis.fetch>(answer);
  const form = { _uid: "1", _to: "bob@b.example" };
  const service = roundcubeService(settings, sessionWith(renewed), fetch);
  return { result: service({ action: "bounce", query: { _mbox: "Drafts" }, form }), fetch };
}

describe("Roundcube's requests", () => {
  it("go to the page's own server, with the session's token", async () => {
    const { result, fetch } = call(() => Promise.resolve(json(shown("Message sent successfully.", "confirmation"))));
    expect(await result).toMatchObject({ ok: true });
    const [url, init] = fetch.mock.calls[0] ?? [];
    expect(url).toBe("/rc/?_task=mail&_action=bounce&_remote=1&_mbox=Drafts");
    expect(init?.headers).toEqual({ "X-Roundcube-Request": "t0ken" });
    expect(init?.body).toEqual(new URLSearchParams({ _uid: "1", _to: "bob@b.example" }));
  });

  it("are made once more, and once only, with the token of a new session of the same person", async () => {
    const wrong = (): Promise<Response> => Promise.resolve(new Response("", { status: 403 }));
    const { result, fetch } = call(wrong, "renewed");
    expect(await result).toMatchObject({ ok: false, reason: "signed-out", isSure: true });
    const tokens = fetch.mock.calls.map(([, init]) => init?.headers);
    expect(tokens).toEqual([{ "X-Roundcube-Request": "t0ken" }, { "X-Roundcube-Request": "renewed" }]);
  });

  it("bring the calls for the page, with their values", async () => {
    const exec = `this.add_message_row(12,{"subject":"a);\\nthis.session_error(\\"x"},false);\nthis.odd(x => 1);\n`;
    expect(await call(() => Promise.resolve(json(exec))).result).toEqual({
      ok: true,
      calls: [{ name: "add_message_row", values: [12, { subject: 'a);\nthis.session_error("x' }, false] }],
    });
  });

  it("give Roundcube's own words, without its markup", async () => {
    const error = shown("SMTP Error (550): 5.1.1 &lt;x@b.example&gt; <b>unknown</b>", "error");
    expect(await call(() => Promise.resolve(json(error))).result).toEqual({
      ok: false,
      reason: "refused",
      text: "SMTP Error (550): 5.1.1 <x@b.example> unknown",
      isSure: true,
    });
  });

  it("count as done where a success is shown beside an error: sent, and no copy kept", async () => {
    const both = shown("Error saving", "error") + shown("Message sent successfully.", "confirmation");
    const result = await call(() => Promise.resolve(json(both))).result;
    expect(result.ok && isConfirmed(result.calls)).toBe(true);
  });

  it.each<[string, () => Promise<Response>, string, boolean]>([
    [
      "a session that has ended",
      () => Promise.resolve(json('this.session_error("/?_task=login");\n')),
      "signed-out",
      true,
    ],
    [
      "another session's token",
      () => Promise.resolve(new Response("Invalid Request", { status: 403 })),
      "signed-out",
      true,
    ],
    ["a page in place of JSON", () => Promise.resolve(new Response("<!DOCTYPE html>\n<html>")), "signed-out", true],
    ["a proxy's limit", () => Promise.resolve(new Response("", { status: 413 })), "too-large", true],
    ["half an answer", () => Promise.resolve(new Response('{"action":"bou')), "unreachable", false],
    ["JSON of another kind", () => Promise.resolve(new Response("[]")), "refused", false],
    ["a proxy that fails", () => Promise.resolve(new Response("<html>", { status: 502 })), "refused", false],
    ["no connection", () => Promise.reject(new TypeError("Failed to fetch")), "unreachable", false],
  ])("fail with a reason: %s", async (_, answer, reason, isSure) => {
    expect(await call(answer).result).toMatchObject({ ok: false, reason, isSure });
  });
});
