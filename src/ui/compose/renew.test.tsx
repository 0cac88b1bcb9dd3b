// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FrameRequest, SigningChoice } from "../../messages/frame-requests.ts";
import { speak } from "../../testing/own-page.ts";
import { sendState, setClient, settings } from "./compose-state.ts";
import { SendNotice } from "./send-notice.tsx";
import { Signer } from "./signer.tsx";

const ended: SigningChoice = {
  fingerprint: "0a".repeat(32),
  subject: "CN=Ana",
  issuer: "CN=Hospital CA",
  emails: ["ana@hospital.example"],
  serial: "01",
  notBefore: new Date(0),
  notAfter: new Date(0),
  isAuthority: false,
  isUsable: false,
  problem: "ended",
};
const asked: FrameRequest[] = [];
setClient({
  send: (request) => {
    asked.push(request);
  },
});

async function pressRenew(): Promise<void> {
  const renew = [...document.querySelectorAll("button")].find(({ textContent }) => textContent === "Renew")!;
  await act(() => {
    renew.click();
  });
}

beforeEach(() => {
  speak("en");
  asked.length = 0;
  settings.value = {
    alwaysSign: true,
    isFixed: false,
    form: "clear",
    choices: [ended],
    encrypt: null,
    hidesSubject: true,
    wrapsTwice: false,
  };
});
afterEach(() => {
  render(null, document.body);
  settings.value = null;
  sendState.value = null;
});

describe("Renew, while writing", () => {
  it("t6: leads to the place of the certificate that has ended", async () => {
    await act(() => {
      render(<Signer />, document.body);
    });
    await pressRenew();
    expect(asked).toEqual([{ name: "renew", certificate: ended.fingerprint }]);
  });

  it("h21: leads there from a Send that was held, and from no other", async () => {
    const held = (reason: "certificate-unusable" | "rate") =>
      act(() => {
        render(<SendNotice state={{ status: "held", reason, text: "" }} />, document.body);
      });
    await held("rate");
    expect(document.body.textContent).not.toContain("Renew");
    await held("certificate-unusable");
    await pressRenew();
    expect(asked).toEqual([{ name: "renew", certificate: ended.fingerprint }]);
  });
});
