// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

vi.mock("../webmail/registry.ts", () => ({ webmailOf: () => "roundcube" }));

let answers: (() => Promise<unknown>)[];
const sendMessage = vi.fn(() => (answers.shift() ?? (() => Promise.resolve(null)))());
vi.stubGlobal("chrome", { runtime: { sendMessage } });
const dead = (): Promise<never> => Promise.reject(new Error("Could not establish connection."));

describe("a background that does not hear which webmail a page is (invariant 1)", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    sendMessage.mockClear();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("is told again, also where nothing changes in the page, and no more once it has heard", async () => {
    answers = Array.from({ length: 9 }, () => dead);
    await import("./main.ts");
    await vi.advanceTimersByTimeAsync(0);
    expect(sendMessage).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(5000);
    expect(sendMessage).toHaveBeenCalledTimes(10);
    document.body.append(document.createElement("p"));
    await vi.advanceTimersByTimeAsync(5000);
    expect(sendMessage).toHaveBeenCalledTimes(10);
  });
});
