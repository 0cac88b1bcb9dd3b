// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from "vitest";
import { keyboardPlace, watchKeyboard } from "./keyboard-place.ts";

let now = 0;
const press = (key: string): void => {
  window.dispatchEvent(new KeyboardEvent("keydown", { key }));
};
watchKeyboard(window, () => now);

beforeEach(() => {
  now += 10_000;
  window.dispatchEvent(new Event("focus"));
});

describe("where the next key goes", () => {
  it("is this form while it has the focus", () => {
    expect(keyboardPlace.value).toBe("here");
  });

  it("is elsewhere after the person has left", () => {
    press("a");
    now += 5000;
    window.dispatchEvent(new Event("blur"));
    expect(keyboardPlace.value).toBe("elsewhere");
  });

  it("was taken where the focus leaves between two letters", () => {
    press("a");
    now += 80;
    window.dispatchEvent(new Event("blur"));
    expect(keyboardPlace.value).toBe("taken");
  });

  it.each(["Tab", "F6", "Alt"])("was not taken by whoever leaves with %s", (key) => {
    press("a");
    press(key);
    window.dispatchEvent(new Event("blur"));
    expect(keyboardPlace.value).toBe("elsewhere");
  });

  it("is this form again when the focus comes back", () => {
    window.dispatchEvent(new Event("blur"));
    window.dispatchEvent(new Event("focus"));
    expect(keyboardPlace.value).toBe("here");
  });
});
