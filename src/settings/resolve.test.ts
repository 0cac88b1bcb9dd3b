import { describe, expect, it } from "vitest";
import { resolveSettings } from "./resolve.ts";

describe("a setting", () => {
  it("is the default where nobody has set it", () => {
    expect(resolveSettings({}, {}).ClearSign).toEqual({ value: true, origin: "default" });
  });

  it("is the user's before the default, and the organisation's before both", () => {
    const user = { AlwaysSign: true, ClearSign: false };
    const resolved = resolveSettings({ AlwaysSign: false }, user);
    expect(resolved.AlwaysSign).toEqual({ value: false, origin: "managed" });
    expect(resolved.ClearSign).toEqual({ value: false, origin: "user" });
  });

  it.each<[string, Record<string, unknown>]>([
    ["a text for a switch", { AlwaysSign: "true" }],
    ["a number outside its range", { StayUnlockedMinutes: 0 }],
    ["half a minute", { StayUnlockedMinutes: 0.5 }],
    ["algorithms that are none", { SigningAlgorithms: "sha256" }],
    ["no value", { AlwaysSign: null }],
  ])("does not become %s", (_, values) => {
    expect(resolveSettings(values, values)).toEqual(resolveSettings({}, {}));
  });
});
