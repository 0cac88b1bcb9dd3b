import { describe, expect, it } from "vitest";
import { readIsoTime } from "./time.ts";

describe("a time on the command line", () => {
  it.each([
    ["2026-01-31T12:00:00Z", "2026-01-31T12:00:00.000Z"],
    ["2026-01-31T12:00:00.5Z", "2026-01-31T12:00:00.500Z"],
    ["2026-01-31T12:00:00.005000Z", "2026-01-31T12:00:00.005Z"],
    ["2026-01-31T12:00+01:00", "2026-01-31T11:00:00.000Z"],
    ["2026-01-31T23:30:00-05:00", "2026-02-01T04:30:00.000Z"],
    ["2026-01-31T12:00:00", "2026-01-31T12:00:00.000Z"],
    ["2026-01-31", "2026-01-31T00:00:00.000Z"],
  ])("%s is %s", (text, expected) => {
    expect(readIsoTime(text)?.toISOString()).toBe(expected);
  });

  it.each([
    "",
    "now",
    "1",
    "2026",
    "31.1.2026",
    "2026-02-31",
    "2026-02-29T00:00:00Z",
    "2026-13-01",
    "2026-01-31T25:00Z",
  ])("%j is none", (text) => {
    expect(readIsoTime(text)).toBeNull();
  });
});
