import { describe, expect, it } from "vitest";
import { sourceFetcher } from "./message-source.ts";
import type { PageSettings } from "./page-settings.ts";

const settings = { address: "/?_task=mail" } as PageSettings;
const session = { token: () => "t", renew: () => Promise.resolve(false) };
const mime = "From: a@a.example\r\n\r\nx\r\n";
const attachment = {
  "Content-Disposition": 'attachment; filename="s.eml"',
  "Content-Type": "text/plain;charset=UTF-8",
};
const fetchFrom = (
  answer: () => Promise<Response>,
  seen: string[] = [],
): ReturnType<ReturnType<typeof sourceFetcher>> =>
  sourceFetcher(settings, session, (url) => {
    seen.push(url as string);
    return answer();
  })({ folder: "Häuser & Co", uid: "10.2.1" });

describe("the source of a message", () => {
  it("is what the server gives as an attachment, byte for byte", async () => {
    const bytes = new Uint8Array([0x46, 0xe9, 0x0d, 0x0a, 0x00, 0xff]);
    const seen: string[] = [];
    const reply = await fetchFrom(() => Promise.resolve(new Response(bytes, { headers: attachment })), seen);
    expect(reply.ok && reply.source instanceof Blob && new Uint8Array(await reply.source.arrayBuffer())).toEqual(bytes);
    expect(seen).toEqual(["/?_task=mail&_action=viewsource&_mbox=H%C3%A4user+%26+Co&_uid=10.2.1&_save=1&_token=t"]);
  });

  it.each<[string, () => Promise<Response>, string]>([
    ["a page of Roundcube's", () => html({}), "signed-out"],
    ["a page that says it is an attachment", () => html(attachment["Content-Disposition"]), "signed-out"],
    ["text that is shown", () => answer(mime, { "Content-Type": "text/plain" }), "refused"],
    [
      "an attachment of another type",
      () => answer(mime, { ...attachment, "Content-Type": "application/json" }),
      "refused",
    ],
    ["nothing", () => answer("", attachment), "not-found"],
    ["a status that is no success", () => answer(mime, attachment, 500), "refused"],
    ["a token that is not the session's", () => answer("Invalid Request", {}, 403), "signed-out"],
    ["no connection", () => Promise.reject(new TypeError("Failed to fetch")), "unreachable"],
  ])("is not taken from %s", async (_, answered, reason) => {
    expect(await fetchFrom(answered)).toMatchObject({ ok: false, reason });
  });
});

const answer = (body: string, headers: Record<string, string>, status = 200): Promise<Response> =>
  Promise.resolve(new Response(body, { headers, status }));
const html = (disposition: string | object): Promise<Response> =>
  answer("<!DOCTYPE html>", {
    "Content-Type": "text/html; charset=UTF-8",
    ...(typeof disposition === "string" ? { "Content-Disposition": disposition } : {}),
  });
