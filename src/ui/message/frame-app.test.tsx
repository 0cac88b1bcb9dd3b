// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FrameEvent, FrameRequest } from "../../messages/frame-requests.ts";
import { encryptedLayer, knownView, messageView, signedLayer, signerVerdict } from "../../testing/message-view.ts";
import { speak } from "../../testing/own-page.ts";
import { FrameApp } from "./frame-app.tsx";
import { closeDecrypted, heard, lost, setClient, state } from "./frame-state.ts";

speak("en");
const asked: FrameRequest[] = [];
setClient({
  send: (request) => {
    asked.push(request);
  },
});
const banner = (): string | null => document.querySelector("[data-banner]")?.getAttribute("data-banner") ?? null;
const said = (selector: string): string => document.querySelector(selector)?.textContent ?? "";
async function hear(...events: FrameEvent[]): Promise<void> {
  await act(() => {
    events.forEach(heard);
  });
}
async function press(name: string): Promise<void> {
  const button = [...document.querySelectorAll("button")].find(({ textContent }) => textContent === name)!;
  await act(() => {
    button.click();
  });
}
const wait = (ms: number): Promise<void> => act(() => vi.advanceTimersByTimeAsync(ms).then(() => undefined));

beforeEach(async () => {
  vi.useFakeTimers();
  state.value = { kind: "empty" };
  await act(() => {
    render(<FrameApp />, document.body);
  });
  await hear({ kind: "claimed", view: "message", host: "mail.example", mark: null });
  asked.length = 0;
});
afterEach(() => {
  render(null, document.body);
  vi.useRealTimers();
});

describe("a frame before its verdict", () => {
  it("f1: says after 400 ms that it checks, and nothing before", async () => {
    await wait(300);
    expect(banner()).toBeNull();
    await wait(200);
    expect(banner()).toBe("f1");
  });

  it("f2: says of a large encrypted message how much has come, and lets go of it at a press", async () => {
    await hear({ kind: "decrypting", size: 4_000_000 });
    await wait(500);
    expect([banner(), said("[data-banner] p")]).toEqual(["f2", "0% of 4 MB."]);
    const view = messageView({ encryption: "authenticated" }, []);
    const piece = { kind: "piece", path: "1", bytes: new Uint8Array(1_000_000) } as const;
    await hear({ kind: "message", event: { kind: "opened", view } }, { kind: "message", event: piece });
    expect(said("[data-banner] p")).toBe("25% of 4 MB.");
    await press("Cancel");
    expect(banner()).toBe("c20");
    await hear({ kind: "message", event: { kind: "done" } });
    expect(banner()).toBe("c20");
    await press("Open");
    expect(asked).toEqual([{ name: "openMessage", isPressed: true }]);
  });

  it("c19: the person closed the window that would unlock, and may open it again", async () => {
    await hear({ kind: "closed", reason: "locked" });
    expect(banner()).toBe("c4");
    await hear({ kind: "unlockDeclined" });
    // The window was another frame's.
    expect(banner()).toBe("c4");
    await press("Unlock");
    await hear({ kind: "unlockDeclined" });
    expect([banner(), said("[data-banner] p")]).toEqual(["c19", "You closed the prompt; nothing was opened."]);
    await press("Unlock");
    await hear({ kind: "unlocked" });
    expect(asked.map(({ name }) => name)).toEqual(["unlock", "unlock", "openMessage"]);
  });

  it.each([
    ["signed-out", "f4"],
    ["page-unknown", "f7"],
    ["unreachable", "f3"],
    ["throttled", "f3"],
    ["not-found", "f3"],
    ["too-large", "f3"],
    ["refused", "f3"],
  ] as const)("says of an original that is %s: %s, and asks again at a press", async (reason, id) => {
    await hear({ kind: "sourceFailed", reason, text: "<b>server</b>" });
    expect(banner()).toBe(id);
    expect(document.body.innerHTML).not.toContain("server");
    await press("Try again");
    expect(asked).toEqual([{ name: "openMessage", isPressed: true }]);
  });

  it.each([
    ["internal", "f8", "its report code is internal"],
    ["malformed.mime", "f8", "damaged or cut off (malformed.mime). Reload the page"],
    ["malformed.cms", "f8", "damaged or cut off (malformed.cms). Reload the page"],
    ["limit.exceeded", "a26", "exceeds what Signet takes apart safely"],
    ["storage.refused", "f8", "Leave private mode"],
    ["storage.full", "f8", "Free some disk space"],
    ["storage.damaged", "f8", "add it again from your file"],
    ["identity.damaged", "f8", "add it again from your file"],
  ] as const)("says of the failure %s one sentence with what to do", async (code, id, sentence) => {
    await hear({ kind: "refused", error: { code, context: {} } });
    expect(banner()).toBe(id);
    expect(said("[data-banner] p")).toContain(sentence);
    await press("Try again");
    expect(asked).toEqual([{ name: "openMessage", isPressed: true }]);
  });
});

describe("a frame with its verdict", () => {
  const open = (...views: Parameters<typeof messageView>): Promise<void> =>
    hear(
      { kind: "message", event: { kind: "opened", view: messageView(...views) } },
      { kind: "message", event: { kind: "done" } },
    );

  it("a30: says nothing of plain mail but in the toolbar", async () => {
    await open({}, []);
    expect(banner()).toBeNull();
    expect(asked).toEqual([{ name: "showVerdict", title: "This message is not signed", tone: "neutral" }]);
  });

  it("a28: says of plain mail by somebody who usually signs that it lacks it", async () => {
    await open({}, [], { known: knownView({ signedBefore: 3 }) });
    expect(banner()).toBe("a28");
    expect(said("h2")).toBe("Not signed, though ana@hospital.example usually signs");
  });

  it("n23: Renew leads to the place of the certificate that the message was opened with", async () => {
    const endsAt = new Date(Date.now() + 3 * 24 * 60 * 60 * 1000);
    const fingerprint = "0a".repeat(32);
    await open({ signature: "none", encryption: "authenticated" }, [encryptedLayer()], {
      known: knownView({ openedWith: { fingerprint, endsAt } }),
    });
    asked.length = 0;
    await press("Renew");
    expect(asked).toEqual([{ name: "renew", certificate: fingerprint }]);
  });

  const certificate = new Uint8Array([1]);
  const other = { sender: { status: "differs", reason: "other-address" } } as const;
  const nameless = { sender: { status: "no-address", reason: "certificate-has-no-address" } } as const;
  const unknown = { path: { status: "untrusted", reason: "unknown-issuer", certificate: null } } as const;
  const selfMade = { path: { status: "untrusted", reason: "self-signed", certificate: null } } as const;

  it.each([
    ["a8", "untrusted", unknown, ["Review issuer"]],
    ["a10", "untrusted", selfMade, ["Compare code", "Trust this certificate"]],
    ["d2", "valid", other, ["Compare addresses", "Link to this person"]],
    ["d7", "valid", nameless, ["Link to this person"]],
  ] as const)(
    "%s: asks in a window whether the certificate counts for the sender, and looks again",
    async (row, signature, change, names) => {
      await open({ signature, sender: "matches" }, [signedLayer(signerVerdict({ certificate, ...change }))]);
      expect(banner()).toBe(row);
      asked.length = 0;
      for (const name of names) await press(name);
      expect(asked).toEqual([{ name: "askPerson", certificate, address: "ana@hospital.example" }]);
      await hear({ kind: "decided" });
      expect(asked.at(-1)).toEqual({ name: "openMessage", isPressed: true });
    },
  );

  it("a8: leads to the issuers where there is no certificate to decide on", async () => {
    await open({ signature: "untrusted", sender: "matches" }, [signedLayer(signerVerdict(unknown))]);
    asked.length = 0;
    await press("Review issuer");
    expect(asked).toEqual([{ name: "showPage", page: "trust" }]);
  });

  it.each([
    [
      "a2",
      {
        path: { status: "trusted", path: [], reason: null, by: "person" },
        revocation: { status: "not-checked", reason: "trusted-itself" },
      },
      "Manage trust",
    ],
    ["d4", { sender: { status: "matches", reason: "linked" } }, "Manage links"],
  ] as const)("%s: leads to where it is taken back", async (row, change, name) => {
    await open({ signature: "valid", sender: "matches" }, [signedLayer(signerVerdict(change))]);
    expect(banner()).toBe(row);
    asked.length = 0;
    await press(name);
    expect(asked).toEqual([{ name: "showPage", page: "trust/people" }]);
  });

  it("asks anew at Check again", async () => {
    const revocation = { status: "unknown", reason: "no-list-and-no-response", certificate: "" } as const;
    await open({ signature: "valid-revocation-unknown", sender: "matches" }, [
      signedLayer(signerVerdict({ revocation })),
    ]);
    asked.length = 0;
    await press("Check again");
    expect(asked).toEqual([{ name: "openMessage", isPressed: true }]);
  });
});

describe("a frame with a message that is encrypted with a password", () => {
  const closed = messageView({ encryption: "cannot-decrypt" }, [
    encryptedLayer({ covers: null, recipient: null, recipients: [], reasons: ["needs-password"] }),
  ]);
  const byPassword = { kind: "pwri", algorithm: "pbkdf2", match: "password" } as const;
  const opened = messageView(
    { encryption: "unauthenticated" },
    [encryptedLayer({ recipient: byPassword, recipients: [] })],
    { parts: [] },
  );
  const show = (view: typeof closed): Promise<void> =>
    hear({ kind: "message", event: { kind: "opened", view } }, { kind: "message", event: { kind: "done" } });

  it("c15: has it typed in a window, since a frame takes no secrets, and opens by itself", async () => {
    await show(closed);
    expect([banner(), said("h2")]).toEqual(["c15", "Encrypted with a password"]);
    expect(document.querySelector("input")).toBeNull();
    await press("Type the password");
    expect(asked.at(-1)).toEqual({ name: "askPassword", from: "ana@hospital.example" });
    await hear({ kind: "passwordFits" });
    await show(opened);
    expect(banner()).toBe("b9");
  });

  it("waits on when the worker dies while a person looks for it, and no longer than that", async () => {
    await show(closed);
    await press("Type the password");
    lost();
    expect(asked.at(-1)).toEqual({ name: "awaitPassword" });
    expect(banner()).toBe("c15");
    await hear({ kind: "passwordDeclined" });
    asked.length = 0;
    lost();
    expect(asked).toEqual([]);
  });

  it("lets go of what the password has opened when the keys are locked, and asks for no key in its place", async () => {
    await show(opened);
    closeDecrypted(true);
    expect([state.value.kind, asked.at(-1)]).toEqual(["working", { name: "openMessage", isPressed: false }]);
  });
});
