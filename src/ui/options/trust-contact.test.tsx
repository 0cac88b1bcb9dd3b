// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ContactView } from "../../messages/page-answers.ts";
import { speak } from "../../testing/own-page.ts";
import { contacts } from "../stored.ts";
import { ContactsPage } from "./contacts.tsx";
import { parseRoute } from "./route.ts";

const address = "ana@hospital.example";
const fingerprint = "0a".repeat(32);
const contact: ContactView = {
  address,
  certificate: {
    fingerprint,
    subject: "CN=Ana",
    issuer: "CN=Ana",
    emails: [address],
    serial: "01",
    notBefore: new Date(0),
    notAfter: new Date("2030-01-01"),
    isAuthority: false,
    usages: ["sign"],
    key: "P-256",
  },
  source: "file",
  since: new Date(0),
  replacement: null,
};
const der = new Uint8Array([1]);
const asked: { readonly name: string }[] = [];

async function show(route: string): Promise<void> {
  contacts.value = [contact];
  await act(async () => {
    render(<ContactsPage route={parseRoute(route)} />, document.body);
    await Promise.resolve();
  });
}

beforeEach(() => {
  speak("en");
  asked.length = 0;
  Object.assign((globalThis as unknown as { browser: object }).browser, {
    runtime: {
      sendMessage: (request: { readonly name: string }) => {
        asked.push(request);
        return Promise.resolve({ ok: true, value: request.name === "contactCertificate" ? der : [] });
      },
    },
  });
});
afterEach(() => {
  render(null, document.body);
  contacts.value = null;
});

describe("trusting the certificate of a contact", () => {
  const place = `#/contacts/${encodeURIComponent(address)}/trust`;

  it("is offered beside what the certificate says", async () => {
    await show(place.replace("/trust", ""));
    expect(document.querySelector(`a[href="${place}"]`)?.textContent).toBe("Trust this certificate");
  });

  it("decides on the certificate that was shown, for this address", async () => {
    await show(place);
    expect(asked).toEqual([{ name: "contactCertificate", address, fingerprint }]);
    await vi.waitFor(() => {
      expect(document.querySelector(".actions")).not.toBeNull();
    });
    expect(document.querySelector("h1")?.textContent).toBe(`Trust this certificate for ${address}?`);
    const button = [...document.querySelectorAll("button")].at(-1)!;
    const press = new MouseEvent("click", { bubbles: true });
    Object.defineProperty(press, "isTrusted", { value: true });
    await act(async () => {
      button.dispatchEvent(press);
      await Promise.resolve();
    });
    expect(asked[1]).toEqual({ name: "decidePerson", certificate: der, address });
  });
});
