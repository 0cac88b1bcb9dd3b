import { describe, expect, it } from "vitest";
import { daysLeft, stateOf } from "./certificate-state.ts";

const now = Date.UTC(2026, 10, 20);
const day = (offset: number): Date => new Date(now + offset * 86_400_000);
const validity = (from: number, to: number): { notBefore: Date; notAfter: Date } => ({
  notBefore: day(from),
  notAfter: day(to),
});

describe("how a certificate stands in time", () => {
  it.each([
    ["good", validity(-10, 400)],
    ["ends-soon", validity(-10, 13)],
    ["ended", validity(-10, -1)],
    ["not-yet", validity(1, 400)],
  ] as const)("is %s", (state, certificate) => {
    expect(stateOf(certificate, now)).toBe(state);
  });

  it("counts the days that are left, the last one as a whole", () => {
    expect(daysLeft(validity(-10, 13), now)).toBe(13);
    expect(daysLeft(validity(-10, 0.2), now)).toBe(1);
  });
});
