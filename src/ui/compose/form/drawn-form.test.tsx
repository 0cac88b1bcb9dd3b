// @vitest-environment happy-dom
import { render, type JSX } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FrameRequest } from "../../../messages/frame-requests.ts";
import { speak } from "../../../testing/own-page.ts";
import { isEncryptOn, sendState, setClient } from "../compose-state.ts";
import { append } from "../editor/text.ts";
import { SendNotice } from "../send-notice.tsx";
import { AttachmentList } from "./attachment-list.tsx";
import { clearFiles, files, type AttachedFile } from "./files.ts";
import { HoldNotice } from "./hold-notice.tsx";
import { holdsOf } from "./holds.ts";
import { sizeLimit } from "./message-size.ts";
import { add, clear, recipients } from "./recipients.ts";
import { holds, isStopping, resume } from "./sending.ts";

vi.mock("../editor/text.ts", { spy: true });

speak("en");
const asked: FrameRequest[] = [];
setClient({
  send: (request) => {
    asked.push(request);
  },
});

const draw = (what: JSX.Element): Promise<void> =>
  act(() => {
    render(what, document.body);
  });
const buttons = (): (string | undefined)[] =>
  [...document.querySelectorAll("button")].map(
    (button) => button.getAttribute("aria-label") ?? button.textContent.trim(),
  );
async function press(label: string): Promise<void> {
  const button = [...document.querySelectorAll("button")].find(
    (one) => (one.getAttribute("aria-label") ?? one.textContent.trim()) === label,
  );
  await act(() => {
    button?.click();
  });
}
const nothing = (): void => undefined;
const attached = (name: string, change: Partial<AttachedFile> = {}): AttachedFile => ({
  file: { id: name, name, type: "application/pdf", size: 3_000_000 },
  ...{ status: "kept", done: 3_000_000, isKept: true },
  ...change,
});

beforeEach(() => {
  asked.length = 0;
  isEncryptOn.value = true;
});
afterEach(() => {
  render(null, document.body);
  clearFiles();
  clear();
  resume();
  sizeLimit.value = null;
});

describe("the files of the form", () => {
  const list = <AttachmentList onFiles={nothing} onMessages={nothing} onChange={nothing} />;
  const sizeLine = (): string | undefined =>
    document.querySelector("[data-size]")?.textContent.replace(/\s+/g, " ").trim();

  it("says what the message will have once it is encrypted, beside what the server takes", async () => {
    files.value = [attached("plan.pdf")];
    await draw(list);
    expect(sizeLine()).toBe("5.6 MB once encrypted");
    sizeLimit.value = 10_000_000;
    await draw(list);
    expect(sizeLine()).toBe("5.6 MB once encrypted, the server takes 10 MB");
  });

  it("names, before Send, the file to take out", async () => {
    sizeLimit.value = 6_000_000;
    files.value = [attached("plan.pdf"), attached("film.mp4")];
    await draw(list);
    expect(document.querySelector("[role=alert]")?.textContent).toMatch(/Without (plan\.pdf|film\.mp4) it has 5\.6 MB/);
  });

  it("shows how far a large file is, and lets go of it meanwhile", async () => {
    files.value = [attached("film.mp4", { status: "moving", done: 1_000_000 })];
    await draw(list);
    const progress = document.querySelector("progress");
    expect([progress?.max, progress?.value]).toEqual([3_000_000, 1_000_000]);
    await press("Cancel attaching film.mp4");
    expect(files.value).toEqual([]);
  });
});

describe("a message on its way", () => {
  it("says how much goes, and that Stop was heard", async () => {
    const state = { status: "working", step: "sending", size: 5_600_000 } as const;
    sendState.value = state;
    await draw(<SendNotice state={state} />);
    expect(document.body.textContent).toContain("5.6 MB");
    await press("Stop");
    expect(asked).toEqual([{ name: "stopSending" }]);
    expect([isStopping.value, document.body.textContent.trim(), buttons()]).toEqual([true, "Stopping", []]);
  });

  it("cannot be stopped any more once the webmail has sent it", async () => {
    await draw(<SendNotice state={{ status: "working", step: "checking" }} />);
    expect(buttons()).toEqual([]);
  });
});

describe("somebody's first encrypted mail (H95)", () => {
  it("can be sent, explained first, or written on", async () => {
    add("to", "ben@b.example", "typed");
    const list = recipients.value.map((recipient) => ({ recipient, status: "ready" as const, state: null }));
    holds.value = holdsOf({
      ...{ recipients: list, files: [], serverCopy: "none", strangers: [], tooLarge: null },
      firstReaders: recipients.value,
    });
    await draw(<HoldNotice />);
    expect(buttons()).toEqual(["Send", "Add a line that explains", "Keep writing"]);
    await press("Add a line that explains");
    expect(vi.mocked(append).mock.lastCall?.[0]).toContain("encrypted with S/MIME");
    expect(recipients.value.map(({ isKnownFirst }) => isKnownFirst)).toEqual([true]);
    // A line was added, and nothing was sent: Send is pressed again by whoever has read it.
    expect(asked.some(({ name }) => name === "sendEncrypted")).toBe(false);
  });
});
