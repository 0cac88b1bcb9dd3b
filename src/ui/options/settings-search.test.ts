import { describe, expect, it } from "vitest";
import { findSettings } from "./settings-search.ts";

const words: Record<string, string> = {
  setting_always_sign_name: "Sign new messages",
  setting_always_sign: "Sign is on in every new message.",
};
const wordsOf = (key: string): string => words[key] ?? key;

describe("the search over all settings", () => {
  it("gives all of a group without words", () => {
    expect(findSettings("", "keys", wordsOf)).toEqual(["StayUnlockedMinutes", "LockWhenIdle"]);
  });

  it("finds a setting by its words, in any order and without regard to capitals", () => {
    expect(findSettings("new SIGN", "writing", wordsOf)).toEqual(["AlwaysSign"]);
  });

  it("finds a setting by the name that administrators know", () => {
    expect(findSettings("clearsign", "writing", wordsOf)).toEqual(["ClearSign"]);
  });

  it("finds nothing by words that stand nowhere", () => {
    expect(findSettings("toaster", "writing", wordsOf)).toEqual([]);
  });
});
