// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PersonView } from "../../messages/page-answers.ts";
import { speak } from "../../testing/own-page.ts";
import { people } from "../stored.ts";
import { parseRoute } from "./route.ts";
import { TrustPage } from "./trust.tsx";

const person = (kind: PersonView["kind"], address: string): PersonView => ({
  decision: `${"0a".repeat(32)}/${address}`,
  kind,
  address,
  certificate: {
    fingerprint: "0a".repeat(32),
    subject: "CN=Ana",
    issuer: "CN=Ana",
    emails: ["ana@hospital.example"],
    serial: "01",
    notBefore: new Date(0),
    notAfter: new Date("2030-01-01"),
    isAuthority: false,
    usages: ["sign"],
    key: "P-256",
  },
  since: new Date("2026-02-01T12:00:00Z"),
});
const asked: unknown[] = [];

async function show(): Promise<string> {
  await act(() => {
    render(<TrustPage route={parseRoute("#/trust/people")} />, document.body);
  });
  return document.body.textContent;
}

beforeEach(() => {
  speak("en");
  asked.length = 0;
  Object.assign((globalThis as unknown as { browser: object }).browser, {
    runtime: {
      sendMessage: (request: unknown) => {
        asked.push(request);
        return Promise.resolve({ ok: true, value: [] });
      },
    },
  });
});
afterEach(() => {
  render(null, document.body);
  people.value = null;
});

describe("the place of decisions on single certificates", () => {
  it("says that there is none", async () => {
    people.value = [];
    expect(await show()).toContain("Nobody trusted by hand");
  });

  it("names the address and the day of each, and takes one back at a press", async () => {
    people.value = [person("trusted", "ana@hospital.example"), person("linked", "ana@home.example")];
    const said = await show();
    expect(said).toContain("Trusted for ana@hospital.example since February 1, 2026");
    expect(said).toContain("Linked to ana@home.example since February 1, 2026");
    const undo = [...document.querySelectorAll("button")].find(({ textContent }) =>
      textContent.startsWith("Undo the link"),
    )!;
    await act(async () => {
      undo.click();
      await Promise.resolve();
    });
    expect(asked).toEqual([{ name: "forgetPerson", decision: `${"0a".repeat(32)}/ana@home.example` }]);
    expect(document.querySelectorAll("[data-person]")).toHaveLength(0);
  });
});
