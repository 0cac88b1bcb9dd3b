// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Failure } from "../../messages/answers.ts";
import { speak } from "../../testing/own-page.ts";
import { PasswordForm } from "./password-form.tsx";

const closed = vi.fn();
const tried: string[] = [];
let answers: (Failure | null)[] = [];
const onTry = (password: string): Promise<Failure | null> => {
  tried.push(password);
  return Promise.resolve(answers.shift() ?? null);
};
const wrong = (waitUntil?: number): Failure => ({
  code: "password.wrong",
  context: waitUntil === undefined ? {} : { waitUntil },
});

const field = (): HTMLInputElement => document.querySelector("input")!;
const error = (): string | null => document.querySelector("[role=alert]")?.textContent ?? null;
const wait = (ms: number): Promise<void> => act(() => vi.advanceTimersByTimeAsync(ms).then(() => undefined));
async function enter(password: string, isTrusted = true): Promise<void> {
  field().value = password;
  const event = new Event("submit", { bubbles: true, cancelable: true });
  Object.defineProperty(event, "isTrusted", { value: isTrusted });
  await act(async () => {
    document.querySelector("form")!.dispatchEvent(event);
    await Promise.resolve();
  });
}

beforeEach(async () => {
  vi.useFakeTimers();
  speak("en");
  tried.length = 0;
  answers = [];
  closed.mockClear();
  await act(() => {
    render(<PasswordForm onTry={onTry} onClose={closed} />, document.body);
  });
});
afterEach(() => {
  render(null, document.body);
  vi.useRealTimers();
});

describe("the form for the password of a message", () => {
  it("opens its field late, so that keys meant for another page do not land in it", async () => {
    expect([field().disabled, field().type, field().autocomplete]).toEqual([true, "password", "off"]);
    await wait(350);
    expect([field().disabled, document.activeElement === field()]).toEqual([false, true]);
  });

  it("gives on what a person has typed, and nothing at an act that is none", async () => {
    await wait(350);
    await enter("grüße", false);
    await enter("");
    expect(tried).toEqual([]);
    await enter("grüße");
    expect(tried).toEqual(["grüße"]);
    expect(error()).toBeNull();
  });

  it("says that a password is wrong, and keeps what was typed for the next try", async () => {
    answers = [wrong()];
    await wait(350);
    await enter("wrong");
    expect(error()).toBe("That password does not open it.");
    expect([field().value, document.activeElement === field()]).toEqual(["wrong", true]);
    await act(() => {
      field().dispatchEvent(new Event("input", { bubbles: true }));
    });
    expect(error()).toBeNull();
  });

  it("waits with the next try as long as it has to, and says so", async () => {
    answers = [wrong(Date.now() + 5350)];
    await wait(350);
    await enter("wrong");
    expect(error()).toBe("That password does not open it. Next try in 5 seconds.");
    await enter("right");
    expect(tried).toEqual(["wrong"]);
    await wait(5500);
    await enter("right");
    expect(tried).toEqual(["wrong", "right"]);
  });

  it("says where to go on when the message is not there any more", async () => {
    answers = [{ code: "password.gone", context: {} }];
    await wait(350);
    await enter("grüße");
    expect(document.body.textContent).toContain("The message is not at hand any more");
  });

  it("leaves the message closed at a press", async () => {
    await act(() => {
      [...document.querySelectorAll("button")].find(({ textContent }) => textContent === "Not now")!.click();
    });
    expect([closed.mock.calls.length, tried]).toEqual([1, []]);
  });
});
