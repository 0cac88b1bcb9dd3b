import { describe, expect, it } from "vitest";
import { shortName } from "./short-name.ts";

describe("the short name of a certificate's holder", () => {
  it.each([
    ["CN=Ana Lima,O=Hospital", "Ana Lima"],
    ["O=Hospital,C=DE", "Hospital"],
    ["C=DE", "C=DE"],
    ["CN=Lima\\, Ana,O=Hospital", "Lima, Ana"],
    ["CN=Zo\\C3\\AB", "Zoë"],
    ["CN=a\\+b+O=x", "a+b"],
    ["", "?"],
    [null, "?"],
  ])("of %j is %j", (name, short) => {
    expect(shortName(name)).toBe(short);
  });
});
