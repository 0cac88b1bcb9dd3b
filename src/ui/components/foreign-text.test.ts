import { describe, expect, it } from "vitest";
import { visible } from "./foreign-text.tsx";

describe("text that others wrote", () => {
  it.each([
    ["ana@hospital.example", "ana@hospital.example"],
    ["Zoë 张伟 مرحبا", "Zoë 张伟 مرحبا"],
    ["a\u202Eb", "a[U+202E]b"],
    ["a\u200bb", "a[U+200B]b"],
    ["a\u0000\r\nb", "a[U+0000][U+000D][U+000A]b"],
    ["\u2066x\u2069", "[U+2066]x[U+2069]"],
    ["\u{e0041}", "[U+E0041]"],
    ["\ud800", "[U+D800]"],
    ["a\u3164b", "a[U+3164]b"],
  ])("%j is shown as %j (attacks 20 and 52)", (text, shown) => {
    expect(visible(text)).toBe(shown);
  });
});
