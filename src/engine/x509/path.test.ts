import { describe, expect, it } from "vitest";
import { certificate, TEST_TIME, type TestCertificate } from "../../testing/certificate-builder.ts";
import { findPath, pathNames, type PathOptions, type PathResult } from "./path.ts";
import { trustAnchor } from "./trust-anchor.ts";

const root = certificate().subject("CN=Root,O=Example").ca().build();
const intermediate = certificate().subject("CN=Intermediate,O=Example").ca().issuedBy(root).build();
const leaf = certificate().subject("CN=Alice,O=Example").email("alice@example.com").issuedBy(intermediate).build();

async function judge(
  { certificate: judged }: TestCertificate,
  intermediates: readonly TestCertificate[] = [intermediate],
  change: Partial<PathOptions> = {},
): Promise<PathResult> {
  return findPath(judged, {
    anchors: [trustAnchor(root.certificate)],
    intermediates: intermediates.map(({ certificate: other }) => other),
    at: TEST_TIME,
    purpose: "email",
    usage: "sign",
    ...change,
  });
}

describe("findPath", () => {
  it("finds a path through an intermediate certificate", async () => {
    const result = await judge(leaf);
    expect(result.status).toBe("trusted");
    if (result.status === "trusted") {
      expect(pathNames(result.path)).toEqual(["CN=Alice,O=Example", "CN=Intermediate,O=Example", "CN=Root,O=Example"]);
    }
  });
});
