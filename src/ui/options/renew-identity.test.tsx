// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OwnIdentityView } from "../../messages/page-answers.ts";
import { speak } from "../../testing/own-page.ts";
import { identities } from "../stored.ts";
import { IdentitiesPage } from "./identities.tsx";
import { parseRoute } from "./route.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const identity = (days: number): OwnIdentityView => ({
  fingerprint: "0a".repeat(32),
  subject: "CN=Ana Lima",
  issuer: "CN=Hospital CA",
  emails: ["ana@hospital.example"],
  serial: "01",
  notBefore: new Date(0),
  notAfter: new Date(Date.now() + days * DAY_MS),
  isAuthority: false,
  usages: ["sign"],
  key: "P-256",
  chainLength: 1,
  keep: "vault",
});
async function show(route: string, days: number): Promise<string> {
  identities.value = [identity(days)];
  await act(() => {
    render(<IdentitiesPage route={parseRoute(route)} />, document.body);
  });
  return document.body.textContent;
}

beforeEach(() => {
  speak("en");
});
afterEach(() => {
  render(null, document.body);
  identities.value = null;
});

describe("renewing an identity", () => {
  const place = `#/identities/${"0a".repeat(32)}/renew`;

  it("says whom to ask, for which address, and takes the new file in place", async () => {
    const said = await show(place, 3);
    expect(document.querySelector("h1")?.textContent).toBe("Renew the certificate of ana@hospital.example");
    expect(said).toMatch(/It ends on .* Ask Hospital CA, who issued it/);
    expect(said).toContain("It must name this address: ana@hospital.example");
    expect(document.querySelector("input[type=file]")).not.toBeNull();
  });

  it("says that it is over where it has ended", async () => {
    expect(await show(place, -3)).toContain("It ended on");
  });

  it("is offered in the list where the end is near, and not before", async () => {
    await show("#/identities", 3);
    expect(document.querySelector(`a[href="${place}"]`)).not.toBeNull();
    await show("#/identities", 300);
    expect(document.querySelector(`a[href="${place}"]`)).toBeNull();
  });
});
