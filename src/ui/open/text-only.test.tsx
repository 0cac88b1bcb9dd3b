// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { messageView } from "../../testing/message-view.ts";
import { speak } from "../../testing/own-page.ts";
import { MessageCard } from "./message-card.tsx";
import { isTextOnly, loadSession, type OpenedFile } from "./state.ts";

const ask = vi.hoisted(() => vi.fn());
vi.mock("../background-client.ts", () => ({ ask, openFile: vi.fn(), isNeeding: () => false }));

const [part] = messageView({}, []).parts;
const view = messageView({}, [], { parts: [{ ...part!, type: "text/html", role: "html" }] });
const contents = new Map([["1", new TextEncoder().encode("<p>Some <b>bold</b> words</p>")]]);
const file = {
  id: 1,
  files: { message: new File([], "a.eml"), detached: null },
  state: { kind: "opened", view, contents },
};

const shown = (): string => document.querySelector("iframe")!.getAttribute("srcdoc") ?? "";
const theSwitch = (): HTMLElement => document.querySelector<HTMLElement>("[role=switch]")!;
async function load(value: boolean): Promise<void> {
  ask.mockImplementation(({ name }: { name: string }) =>
    Promise.resolve({ ok: true, value: name === "getSettings" ? { settings: { ShowTextOnly: { value } } } : [] }),
  );
  await act(async () => {
    render(<MessageCard file={file as unknown as OpenedFile} onAction={() => undefined} />, document.body);
    await loadSession();
  });
}

beforeEach(() => {
  speak("en");
  isTextOnly.value = false;
});
afterEach(() => {
  render(null, document.body);
});

describe("the setting to show text only, on the page Open a message", () => {
  it("shows the words of formatted mail where it is on", async () => {
    await load(true);
    expect(theSwitch().getAttribute("aria-checked")).toBe("true");
    expect(shown()).toContain("Some bold words");
    expect(shown()).not.toContain("<b>");
  });

  it("shows formats where it is off, until the person turns them off for this message", async () => {
    await load(false);
    expect(shown()).toContain("<b>bold</b>");
    await act(() => {
      theSwitch().click();
    });
    expect(shown()).not.toContain("<b>");
    expect(isTextOnly.value).toBe(false);
  });
});
