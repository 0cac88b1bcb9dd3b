import { describe, expect, it } from "vitest";
import { certificate, TEST_TIME, type TestCertificate } from "../../testing/certificate-builder.ts";
import { costInPasses } from "../../testing/cost.ts";
import { findPath, pathNames, type PathOptions, type PathResult } from "./path.ts";
import { type TrustAnchor, trustAnchor } from "./trust-anchor.ts";

const root = certificate().subject("CN=Root").ca().build();
const ca = (name: string) => certificate().subject(`CN=${name}`).ca();
const alice = (issuer: TestCertificate) => certificate().subject("CN=Alice").key("p-256").issuedBy(issuer);

async function find(
  leaf: TestCertificate,
  intermediates: readonly TestCertificate[],
  anchors: readonly TrustAnchor[] = [trustAnchor(root.certificate)],
  change: Partial<PathOptions> = {},
): Promise<PathResult> {
  return findPath(leaf.certificate, {
    anchors,
    intermediates: intermediates.map(({ certificate: other }) => other),
    at: TEST_TIME,
    purpose: "email",
    usage: "sign",
    ...change,
  });
}

function outcome(result: PathResult): string {
  return result.status === "trusted" ? pathNames(result.path).join(" < ") : result.reason;
}

describe("building paths", () => {
  it("tries every issuer of the same name until a key fits", async () => {
    const impostors = Array.from({ length: 20 }, () => ca("CA").withoutKeyIdentifiers().issuedBy(root).build());
    const issuer = ca("CA").withoutKeyIdentifiers().issuedBy(root).build();
    const leaf = alice(issuer).withoutKeyIdentifiers().build();
    expect(outcome(await find(leaf, [...impostors, issuer]))).toBe("CN=Alice < CN=CA < CN=Root");
  });

  it("takes a cross-certificate where the other way leads to no anchor", async () => {
    const otherRoot = ca("Other root").build();
    const crossed = ca("Bridge").issuedBy(otherRoot).build();
    const bridge = ca("Bridge").key(crossed).issuedBy(root).build();
    const leaf = alice(crossed).build();
    expect(outcome(await find(leaf, [otherRoot, crossed, bridge]))).toBe("CN=Alice < CN=Bridge < CN=Root");
  });

  it("goes on after a complete path that breaks a rule", async () => {
    const expired = ca("CA").issuedBy(root).expired().build();
    const renewed = ca("CA").key(expired).issuedBy(root).build();
    const leaf = alice(expired).build();
    expect(outcome(await find(leaf, [expired, renewed]))).toBe("CN=Alice < CN=CA < CN=Root");
    expect(outcome(await find(leaf, [renewed, expired]))).toBe("CN=Alice < CN=CA < CN=Root");
  });

  it("reports the reason of the path that got furthest", async () => {
    const expired = ca("CA").issuedBy(root).expired().build();
    const stranger = ca("CA").key(expired).issuedBy(ca("Nobody").build()).build();
    const impostor = ca("CA").issuedBy(root).build();
    expect(outcome(await find(alice(expired).build(), [impostor, stranger, expired]))).toBe("expired-at-signing");
  });

  it("reports the gravest of several rules that one path breaks", async () => {
    const noCa = ca("CA").withoutBasicConstraints().issuedBy(root).build();
    expect(outcome(await find(alice(noCa).expired().build(), [noCa]))).toBe("issuer-not-a-ca");
  });

  it("ends where certificates issue one another in a circle", async () => {
    const first = ca("A").build();
    const second = ca("B").issuedBy(first).build();
    const back = ca("A").key(first).issuedBy(second).build();
    expect(outcome(await find(alice(back).build(), [second, back, first, back]))).toBe("unknown-issuer");
  });

  it("names the issuer that is missing", async () => {
    const missing = ca("Missing").issuedBy(root).build();
    const result = await find(alice(missing).build(), []);
    expect(result).toMatchObject({ reason: "unknown-issuer", issuer: { der: missing.certificate.subject.der } });
  });

  it("gives up after a bounded number of signatures in a crowd of impostors", async () => {
    const shared = ca("CA").build();
    const impostors = Array.from({ length: 300 }, (_, i) =>
      ca("CA")
        .withoutKeyIdentifiers()
        .key(shared)
        .serialNumber(1, i >> 8, i & 255)
        .issuedBy(root)
        .build(),
    );
    const leaf = alice(ca("CA").issuedBy(root).build()).withoutKeyIdentifiers().build();
    expect(outcome(await find(leaf, impostors))).toBe("wrong-issuer-key");
  });

  it("gives up in a mesh of certificates that have issued one another", async () => {
    const names = Array.from({ length: 8 }, (_, i) => `Mesh ${i}`);
    const keys = names.map((name) => ca(name).build());
    const mesh = names.flatMap((name, i) => keys.map((issuer) => ca(name).key(keys[i]!).issuedBy(issuer).build()));
    const leaf = alice(keys[0]!).build();
    const giveUp = async () => {
      expect(["unknown-issuer", "path-too-long"]).toContain(outcome(await find(leaf, mesh)));
    };
    expect(await costInPasses(giveUp)).toBeLessThan(50);
  });

  it("gives up in a mesh in which every way leads to an anchor and none is good", async () => {
    const names = Array.from({ length: 8 }, (_, i) => `Mesh ${i}`);
    const keys = names.map((name) => ca(name).build());
    const mesh = names.flatMap((name, i) =>
      [root, ...keys].map((issuer) => ca(name).key(keys[i]!).issuedBy(issuer).build()),
    );
    const addresses = Array.from({ length: 5000 }, (_, i) => `a${i}@${"x".repeat(60)}.example`);
    const leaf = alice(keys[0]!)
      .email(...addresses)
      .expired()
      .build();
    const giveUp = async () => {
      expect(outcome(await find(leaf, mesh))).toBe("expired-at-signing");
    };
    expect(await costInPasses(giveUp)).toBeLessThan(50);
  });

  it("refuses a path that is longer than any in use", async () => {
    let issuer = root;
    const chain = Array.from({ length: 9 }, (_, i) => (issuer = ca(`CA ${i}`).issuedBy(issuer).build()));
    expect(outcome(await find(alice(issuer).build(), chain))).toBe("path-too-long");
  });

  it("compares names without regard to case and spaces", async () => {
    const issuer = ca("Some  CA").issuedBy(root).build();
    const leaf = alice(issuer).issuerName("CN=some ca").build();
    expect(outcome(await find(leaf, [issuer]))).toContain("CN=Root");
  });
});

describe("trust anchors", () => {
  const leaf = alice(root).build();
  const self = certificate().subject("CN=Bob").email("bob@example.com").key("p-256").build();

  it("trusts a leaf that is an anchor itself", async () => {
    expect(outcome(await find(self, [], [trustAnchor(self.certificate)]))).toBe("CN=Bob");
  });

  it("judges the validity and purpose of such a leaf all the same", async () => {
    const expired = certificate().key("p-256").expired().build();
    expect(outcome(await find(expired, [], [trustAnchor(expired.certificate)]))).toBe("expired-at-signing");
  });

  it("does not let a trusted person's certificate issue others", async () => {
    for (const person of [certificate().key("p-256"), certificate().key("p-256").notCa().withoutKeyUsage()]) {
      const anchor = person.subject("CN=Bob").build();
      const anchors = [trustAnchor(anchor.certificate)];
      expect(outcome(await find(alice(anchor).build(), [], anchors))).toBe("issuer-not-a-ca");
    }
  });

  it("lets an anchor of version 1 issue", async () => {
    const old = ca("Old root").version1().build();
    expect(outcome(await find(alice(old).build(), [], [trustAnchor(old.certificate)]))).toBe("CN=Alice < CN=Old root");
  });

  it("does not trust what is known and distrusted", async () => {
    expect(outcome(await find(leaf, [], [trustAnchor(root.certificate, "none")]))).toBe("anchor-distrusted");
  });

  it("does not trust a leaf that was issued after the anchor's distrust date for mail", async () => {
    const distrusted = (date: string): TrustAnchor[] => [
      { ...trustAnchor(root.certificate), distrustEmailAfter: new Date(date) },
    ];
    expect(outcome(await find(leaf, [], distrusted("2024-12-31T00:00:00Z")))).toBe("anchor-distrusted");
    expect(outcome(await find(leaf, [], distrusted("2025-01-01T00:00:00Z")))).toBe("CN=Alice < CN=Root");
    const forAny = await find(leaf, [], distrusted("2024-12-31T00:00:00Z"), { purpose: "any" });
    expect(outcome(forAny)).toBe("CN=Alice < CN=Root");
  });
});
