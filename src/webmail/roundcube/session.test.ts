// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import type { PageSettings } from "./page-settings.ts";
import { sessionOf, type Session } from "./session.ts";

const settings = { token: "old", user: "alice", address: "/?_task=mail" } as PageSettings;

const page = (env: object): Response =>
  new Response(`<!DOCTYPE html><html><head><script>
rcmail.set_env(${JSON.stringify({ task: "mail", comm_path: "/?_task=mail", ...env })});
</script></head></html>`);

function session(answer: () => Promise<Response>, change: Partial<PageSettings> = {}): Session {
  return sessionOf({ ...settings, ...change }, () => answer());
}

describe("the session of a page of Roundcube's", () => {
  it("goes on as the one in which the same person has signed in since", async () => {
    const renewed = session(() => Promise.resolve(page({ request_token: "new", user_id: "alice" })));
    expect(renewed.token()).toBe("old");
    expect(await renewed.renew()).toBe(true);
    expect(renewed.token()).toBe("new");
  });

  it.each<[string, () => Promise<Response>]>([
    ["somebody else has signed in", () => Promise.resolve(page({ request_token: "new", user_id: "bob" }))],
    ["the page does not say who", () => Promise.resolve(page({ request_token: "new" }))],
    ["nobody is signed in", () => Promise.resolve(page({ request_token: "new", task: "login" }))],
    ["it is the same", () => Promise.resolve(page({ request_token: "old", user_id: "alice" }))],
    ["nothing answers", () => Promise.reject(new TypeError("Failed to fetch"))],
  ])("stays what it was where %s", async (_, answer) => {
    const kept = session(answer);
    expect(await kept.renew()).toBe(false);
    expect(kept.token()).toBe("old");
  });

  it("is nobody's to take over where its own page has not said whose it is", async () => {
    const answer = (): Promise<Response> => Promise.resolve(page({ request_token: "new" }));
    expect(await session(answer, { user: null }).renew()).toBe(false);
  });
});
