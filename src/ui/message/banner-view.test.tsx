// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LayerView, MessageView } from "../../messages/answers.ts";
import {
  encryptedLayer,
  headerView,
  knownView,
  messageView,
  signedLayer,
  signerVerdict,
} from "../../testing/message-view.ts";
import { speak } from "../../testing/own-page.ts";
import type { BannerAction } from "./banner-panel.tsx";
import { BannerView } from "./banner-view.tsx";
import { bannerOf } from "./banner.ts";

const acted: BannerAction[] = [];
const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

async function show(view: MessageView, contents: Record<string, string> = {}, save: (() => void) | null = null) {
  await act(() => {
    render(
      <BannerView
        banner={bannerOf(view)}
        view={view}
        contents={new Map(Object.entries(contents).map(([path, text]) => [path, utf8(text)]))}
        headingId="h"
        onAction={(action) => acted.push(action)}
        onSaveOriginal={save}
      />,
      document.body,
    );
  });
}
const button = (name: string): HTMLButtonElement =>
  [...document.querySelectorAll("button")].find(({ textContent }) => textContent.trim() === name)!;
async function press(name: string): Promise<void> {
  await act(() => {
    button(name).click();
  });
}
const words = (): string => document.body.textContent;

beforeEach(() => {
  speak("en");
  acted.length = 0;
});
afterEach(() => {
  render(null, document.body);
});

describe("what a banner offers", () => {
  it("Check again: judges the message anew", async () => {
    const revocation = { status: "unknown", reason: "no-list-and-no-response", certificate: "" } as const;
    await show(
      messageView({ signature: "valid-revocation-unknown", sender: "matches" }, [
        signedLayer(signerVerdict({ revocation })),
      ]),
    );
    await press("Check again");
    expect(acted).toEqual(["check-again"]);
  });

  it("Tell the sender: gives words to copy, in place", async () => {
    const copied = vi.fn(() => Promise.resolve());
    vi.stubGlobal("navigator", { clipboard: { writeText: copied } });
    await show(
      messageView({ signature: "weak" }, [signedLayer(signerVerdict({ weaknesses: ["weak-digest"], digest: "md5" }))]),
    );
    await press("Tell the sender");
    expect(button("Tell the sender").getAttribute("aria-expanded")).toBe("true");
    expect(words()).toContain("rsa-pkcs1, md5, which can be forged today");
    await press("Copy the text");
    expect(copied).toHaveBeenCalledWith(expect.stringContaining("March 1, 2026"));
    expect(acted).toEqual([]);
    vi.unstubAllGlobals();
  });

  it("Compare code: compares what was told on the phone with the whole code of the certificate", async () => {
    const certificate = utf8("certificate");
    const path = { status: "untrusted", reason: "self-signed", certificate: null } as const;
    await show(messageView({ signature: "untrusted" }, [signedLayer(signerVerdict({ path, certificate }))]));
    await press("Compare code");
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", certificate));
    const code = [...hash].map((octet) => octet.toString(16).padStart(2, "0")).join("");
    await vi.waitFor(() => {
      expect(words().replaceAll(" ", "")).toContain(code);
    });
    const told = async (typed: string): Promise<string> => {
      const input = document.querySelector("input")!;
      await act(() => {
        input.value = typed;
        input.dispatchEvent(new Event("input", { bubbles: true }));
      });
      return document.querySelector("[role=status]")!.textContent;
    };
    expect(await told(code.toUpperCase())).toContain("It fits:");
    expect(await told(code.slice(0, 20))).toContain("the rest is missing");
    expect(await told(`${code.slice(0, -1)}${code.endsWith("0") ? "1" : "0"}`)).toContain("It does not fit");
  });

  it("Compare addresses: one below the other, with what differs marked", async () => {
    const sender = { status: "differs", reason: "other-address" } as const;
    const outer = headerView({ from: [{ name: "", address: "anna@hospital.example", nameShowsOtherAddress: false }] });
    await show(
      messageView({ signature: "valid", sender: "differs" }, [signedLayer(signerVerdict({ sender }))], { outer }),
    );
    await press("Compare addresses");
    expect([...document.querySelectorAll("dl.addresses dd")].map(({ innerHTML }) => innerHTML)).toEqual([
      expect.stringContaining(">ana@hospital.example<"),
      expect.stringContaining("an<mark>n</mark>a@hospital.example"),
    ]);
  });

  it("Show the characters: the address without its look-alike letters beside the contact's", async () => {
    const imitated = { contact: "ana@hospital.example", plain: "[U+0430]na@hospital.example" };
    const view = messageView({ signature: "valid", sender: "matches" }, [signedLayer(signerVerdict())], {
      known: knownView({ imitated }),
    });
    await show(view);
    await press("Show the characters");
    expect(words()).toContain("Your contactana@hospital.example");
    expect(words()).toContain("Written plainly[U+0430]na@hospital.example");
  });

  it("Show signed part alone: nothing of what stands around it", async () => {
    const inside = messageView({ signature: "valid", sender: "matches" }, [signedLayer(signerVerdict())]);
    const core = { path: "1.1", surroundedBy: "unknown", list: null, isMisleading: false, view: inside } as const;
    await show(messageView({}, [], { core, nested: [{ path: "1.1", type: "multipart-signed" }] }), {
      "1": "words around",
      "signed/1": "signed words",
    });
    await press("Show signed part alone");
    const frame = document.querySelector(".signed-part iframe")!;
    expect(frame.getAttribute("srcdoc")).toContain("signed words");
    expect(document.body.innerHTML).not.toContain("words around");
  });

  it("Show recipients: whom it was written to, and whose keys open it, unknown ones too", async () => {
    const to = [{ name: "", address: "carl@hospital.example", nameShowsOtherAddress: false }];
    await show(
      messageView(
        { signature: "valid", sender: "matches", encryption: "authenticated" },
        [encryptedLayer(), signedLayer(signerVerdict())],
        {
          inner: headerView({ to }),
          outer: headerView({ to: [{ name: "", address: "mask@list.example", nameShowsOtherAddress: false }] }),
          known: knownView({ isOwnSignature: true, recipients: ["carl@hospital.example", null] }),
        },
      ),
    );
    await press("Show recipients");
    const rows = [...document.querySelectorAll("[data-recipients]")].map(({ textContent }) => textContent);
    expect(rows).toEqual([
      "Tocarl@hospital.example",
      "Opened by the keys ofcarl@hospital.examplea key of nobody known here",
    ]);
    expect(words()).not.toContain("mask@list.example");
  });

  it("Review certificates: lists what nobody has signed for, and saves one at a press", async () => {
    const saved = vi.spyOn(URL, "createObjectURL").mockReturnValue("blob:x");
    const carried = {
      fingerprint: "0a".repeat(32),
      subject: "CN=Ben",
      issuer: "CN=Hospital CA",
      emails: ["ben@hospital.example"],
      serial: "01",
      notBefore: new Date(0),
      notAfter: new Date(0),
      isAuthority: false,
      der: utf8("der"),
    };
    await show(messageView({}, [{ ...signedLayer(), certificates: [carried] } as LayerView]));
    expect(document.querySelector("[data-banner]")?.getAttribute("data-banner")).toBe("a27");
    await press("Review certificates");
    expect(words()).toContain("Nobody vouches for these.");
    expect(document.querySelector(".certificate")?.textContent).toContain("ben@hospital.example");
    await press("Save the certificate");
    expect(saved).toHaveBeenCalledOnce();
    vi.restoreAllMocks();
  });

  it("Use the signed one: the signed words beside the webmail's, to be copied", async () => {
    const copied = vi.fn(() => Promise.resolve());
    vi.stubGlobal("navigator", { clipboard: { writeText: copied } });
    await show(
      messageView({ signature: "valid", sender: "matches" }, [signedLayer(signerVerdict())], {
        inner: headerView({ subject: "Pay Ana" }),
        outer: headerView({ subject: "Pay Eve" }),
      }),
    );
    await press("Use the signed one");
    const panel = document.querySelector("[data-difference=subject]")!;
    expect(panel.textContent).toContain("Subject, signedPay Ana");
    expect(panel.textContent).toContain("The webmail showsPay Eve");
    await press("Copy the signed one");
    expect(copied).toHaveBeenCalledWith("Pay Ana");
    vi.unstubAllGlobals();
  });

  it("n24: Save saves an encrypted file that stands alone", async () => {
    const saved = vi.spyOn(URL, "createObjectURL").mockReturnValue("blob:x");
    const part = {
      path: "1",
      type: "application/pdf",
      name: "plan.pdf",
      size: 1,
      sha256: "00",
      contentId: null,
    } as const;
    await show(
      messageView({ encryption: "authenticated" }, [encryptedLayer()], {
        parts: [{ ...part, covered: "encrypted", role: "attachment" }],
      }),
      { "1": "pdf" },
    );
    expect(words()).toContain("plan.pdf cannot be shown here");
    await press("Save");
    expect(saved).toHaveBeenCalledOnce();
    vi.restoreAllMocks();
  });

  it("Save the original: only where it is at hand", async () => {
    const save = vi.fn();
    const complex = messageView({ signature: "unsupported" }, [
      signedLayer(signerVerdict({ integrity: { status: "unsupported", reason: "limit-exceeded" } })),
    ]);
    await show(complex);
    expect(button("Save the original")).toBeUndefined();
    await show(complex, {}, save);
    await press("Save the original");
    expect(save).toHaveBeenCalledOnce();
  });

  it.each(["en", "de"] as const)("has a label for every action of every row in %s", async (language) => {
    speak(language);
    const { ROWS } = await import("./banner-rows.ts");
    const { t } = await import("../i18n.tsx");
    const actions = Object.values(ROWS).flatMap(({ action }) => action ?? []);
    for (const action of new Set([...actions, "compare", "renew", "use-signed"])) {
      const key = `action_${action.replaceAll("-", "_")}`;
      expect(t(key)).not.toBe(key);
    }
  });
});
