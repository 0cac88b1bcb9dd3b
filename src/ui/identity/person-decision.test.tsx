// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CertificateView } from "../../messages/page-answers.ts";
import { speak } from "../../testing/own-page.ts";
import { text } from "../i18n.tsx";
import { PersonDecision, personTitle } from "./person-decision.tsx";

const fingerprint = "0a1b".repeat(16);
const certificate: CertificateView = {
  fingerprint,
  subject: "CN=Ana Lima",
  issuer: "CN=Ana Lima",
  emails: ["ana@hospital.example"],
  serial: "01",
  notBefore: new Date(0),
  notAfter: new Date("2030-01-01"),
  isAuthority: false,
  usages: ["sign"],
  key: "P-256",
};
const der = new Uint8Array([1, 2]);
const asked: unknown[] = [];
const decided = vi.fn();

async function show(address: string): Promise<void> {
  await act(() => {
    render(
      <PersonDecision {...{ certificate, der, address }} onDecided={decided} onLater={() => undefined} />,
      document.body,
    );
  });
}
const button = (name: string): HTMLButtonElement =>
  [...document.querySelectorAll("button")].find(({ textContent }) => textContent === name)!;
async function press(name: string, isTrusted: boolean): Promise<void> {
  const event = new MouseEvent("click", { bubbles: true });
  Object.defineProperty(event, "isTrusted", { value: isTrusted });
  await act(() => {
    button(name).dispatchEvent(event);
  });
}
async function type(code: string): Promise<void> {
  await act(() => {
    const input = document.querySelector("input")!;
    input.value = code;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

beforeEach(() => {
  speak("en");
  asked.length = 0;
  decided.mockClear();
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
});

describe("deciding for one certificate and one address", () => {
  it("is trust where the certificate names the address, and a link where it does not", () => {
    const title = (address: string): string => text(personTitle({ certificate, address }));
    expect(title("ana@hospital.example")).toBe("Trust this certificate for ana@hospital.example?");
    expect(title("ana@home.example")).toBe("Is ana@hospital.example also ana@home.example?");
  });

  it("keeps what was shown, at a press of a person", async () => {
    await show("ana@hospital.example");
    await press("Trust this certificate", true);
    expect(asked).toEqual([{ name: "decidePerson", certificate: der, address: "ana@hospital.example" }]);
    expect(decided).toHaveBeenCalledOnce();
  });

  it("hears no press of a script", async () => {
    await show("ana@home.example");
    await press("Link both", false);
    expect(asked).toEqual([]);
  });

  it("takes nothing while the code that was told does not fit, and puts the act first once it fits", async () => {
    await show("ana@hospital.example");
    expect(button("Not now").className).toBe("primary");
    await type("00".repeat(32));
    await press("Trust this certificate", true);
    expect(asked).toEqual([]);
    await type(fingerprint.toUpperCase());
    expect([button("Not now").className, button("Trust this certificate").className]).toEqual(["", "primary"]);
  });
});
