import { describe, expect, it } from "vitest";
import { certificate } from "../../testing/certificate-builder.ts";
import { expiredSince, findPath, judgementTime } from "./path.ts";
import { trustAnchor } from "./trust-anchor.ts";

const root = certificate().subject("CN=Root").ca().expired().build();
const intermediate = certificate()
  .subject("CN=CA")
  .ca()
  .issuedBy(root)
  .valid("2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z");
const leaf = certificate().key("p-256").valid("2021-01-01T00:00:00Z", "2031-01-01T00:00:00Z");

async function find(at: string) {
  const issuer = intermediate.build();
  return findPath(leaf.issuedBy(issuer).build().certificate, {
    anchors: [trustAnchor(root.certificate)],
    intermediates: [issuer.certificate],
    at: new Date(at),
    purpose: "email",
    usage: "sign",
  });
}

describe("the time of a path", () => {
  it.each([
    ["2020-12-31T23:59:59Z", "not-yet-valid-at-signing"],
    ["2020-12-31T23:59:59.999Z", "not-yet-valid-at-signing"],
    ["2021-01-01T00:00:00Z", "trusted"],
    ["2030-01-01T00:00:00Z", "trusted"],
    ["2030-01-01T00:00:00.999Z", "trusted"],
    ["2030-01-01T00:00:01Z", "expired-at-signing"],
  ])("at %s is %s: the ends of the validity period are included, in whole seconds", async (at, expected) => {
    const result = await find(at);
    expect(result.status === "trusted" ? "trusted" : result.reason).toBe(expected);
  });

  it("says that the path has expired since, also by an issuer, and not by the anchor", async () => {
    const result = await find("2029-01-01T00:00:00Z");
    if (result.status !== "trusted") throw new Error(result.reason);
    expect(expiredSince(result.path, new Date("2030-01-01T00:00:00.999Z"))).toBe(false);
    expect(expiredSince(result.path, new Date("2030-06-01T00:00:00Z"))).toBe(true);
  });

  it("is the claimed signing time, unless that lies in the future", () => {
    const now = new Date("2026-01-01T00:00:00Z");
    const earlier = new Date("2025-01-01T00:00:00Z");
    expect(judgementTime(earlier, now)).toBe(earlier);
    expect(judgementTime(new Date("2027-01-01T00:00:00Z"), now)).toBe(now);
    expect(judgementTime(null, now)).toBe(now);
  });
});
