// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FrameRequest } from "../../messages/frame-requests.ts";
import { speak } from "../../testing/own-page.ts";
import { isEncryptOn, sendState, setClient } from "./compose-state.ts";
import { SecureForm } from "./form/secure-form.tsx";
import { SendLine } from "./form/send-line.tsx";
import { add, clear, heardStates } from "./form/recipients.ts";
import { holds } from "./form/sending.ts";
import { SEEN_FOR_MS } from "./sight.ts";

speak("en");
const asked: FrameRequest[] = [];
setClient({
  send: (request) => {
    asked.push(request);
  },
});

/** What the browser says of the place of Send. */
let tell: (isVisible: boolean) => void = () => undefined;
vi.stubGlobal(
  "IntersectionObserver",
  class {
    constructor(hear: (entries: readonly { isVisible: boolean; intersectionRatio: number }[]) => void) {
      tell = (isVisible) => {
        hear([{ isVisible, intersectionRatio: 1 }]);
      };
    }
    observe(): void {
      tell(false);
    }
  },
);
let now = 0;
const button = (): HTMLElement => document.querySelector<HTMLElement>("[data-act=send]")!;

/** As a person presses, unless it is a script. */
async function press(isTrusted: boolean): Promise<void> {
  const event = new MouseEvent("click", { bubbles: true, cancelable: true });
  Object.defineProperty(event, "isTrusted", { value: isTrusted });
  await act(() => {
    button().dispatchEvent(event);
  });
}
const show = (isVisible: boolean): Promise<void> =>
  act(() => {
    tell(isVisible);
  });
const orders = (): readonly FrameRequest[] => asked.filter(({ name }) => name === "sendEncrypted");

beforeEach(async () => {
  asked.length = 0;
  now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  clear();
  holds.value = [];
  sendState.value = null;
  isEncryptOn.value = true;
  add("to", "bob@b.example");
  const state = {
    choices: [],
    source: null,
    isReplacementWaiting: false,
    isFirst: false,
    key: "",
    certificate: null,
  } as const;
  heardStates([{ ...state, address: "bob@b.example", status: "ready" }]);
  await act(() => {
    render(<SendLine />, document.body);
  });
});
afterEach(() => {
  render(null, document.body);
  vi.restoreAllMocks();
});

describe("the encrypted form's Send (attacks 46 and 47)", () => {
  it("sends at the press of a person who has seen it", async () => {
    await show(true);
    now += SEEN_FOR_MS;
    await press(true);
    expect(orders()).toHaveLength(1);
  });

  it("sends nothing at the press of a script", async () => {
    await show(true);
    now += SEEN_FOR_MS;
    await press(false);
    button().click();
    expect(orders()).toEqual([]);
  });

  it("sends nothing while the page covers it, and says so", async () => {
    await show(true);
    now += SEEN_FOR_MS;
    await show(false);
    await press(true);
    expect(orders()).toEqual([]);
    expect(document.querySelector("[data-banner=send_h60]")).not.toBeNull();
  });

  it("sends nothing where it was uncovered under the finger", async () => {
    await show(true);
    now += SEEN_FOR_MS - 1;
    await press(true);
    expect(orders()).toEqual([]);
  });

  it("is not pressed by a key, which a page may have somebody type: the key leads to it", async () => {
    await act(() => {
      render(
        <>
          <SecureForm />
          <SendLine />
        </>,
        document.body,
      );
    });
    await show(true);
    now += SEEN_FOR_MS;
    const key = new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true });
    document.querySelector(".form-head")?.dispatchEvent(key);
    expect(orders()).toEqual([]);
    expect(document.activeElement).toBe(button());
  });
});
