import { describe, expect, it } from "vitest";
import { certificate, TEST_TIME, type TestCertificate } from "../../testing/certificate-builder.ts";
import { crl, Reason } from "../../testing/crl-builder.ts";
import { revocationWords } from "../../testing/revocation-question.ts";
import { findPath } from "../x509/path.ts";
import { trustAnchor } from "../x509/trust-anchor.ts";
import { type RevocationPolicy, isShutOut, revocationOption } from "./revocation-policy.ts";

const root = certificate().subject("CN=Root").ca().build();
const ca = certificate().subject("CN=CA").ca().issuedBy(root).build();
const leaf = certificate().subject("CN=Alice").key("p-256").issuedBy(ca).build();
const intermediates = [ca];
const chain = { leaf, root, intermediates };
const rootList = crl(root).build();
const caList = crl(ca).build();

describe("attack 42: a revoked certificate passes because nobody asks to the end", () => {
  it("is revoked wherever it stands on the path", async () => {
    expect(await revocationWords({ ...chain, crls: [rootList, caList] })).toBe("good");
    expect(await revocationWords({ ...chain, crls: [crl(root).revoke(ca).build(), caList] })).toBe(
      "revoked: unspecified",
    );
    expect(await revocationWords({ ...chain, crls: [rootList, crl(ca).revoke(leaf).build()] })).toBe(
      "revoked: unspecified",
    );
  });

  it("is revoked whatever is unknown beside it", async () => {
    expect(await revocationWords({ ...chain, crls: [crl(ca).revoke(leaf).build()] })).toBe("revoked: unspecified");
    expect(await revocationWords({ ...chain, crls: [crl(root).revoke(ca).build()] })).toBe("revoked: unspecified");
  });

  it("is unknown, not good, where one list is missing", async () => {
    expect(await revocationWords({ ...chain, crls: [rootList] })).toBe("unknown: no-list-and-no-response");
    expect(await revocationWords({ ...chain, crls: [caList] })).toBe("unknown: no-list-and-no-response");
    expect(await revocationWords(chain)).toBe("unknown: no-list-and-no-response");
  });

  it("is not cleared by an old list, a list of another or a list that was altered", async () => {
    const revoking = crl(ca).revoke(leaf).build();
    const old = crl(ca).window("2026-05-01T00:00:00Z", "2026-05-20T00:00:00Z").build();
    const forged = crl(ca).window("2026-06-01T00:00:00Z", "2026-06-20T00:00:00Z").brokenSignature().build();
    for (const list of [old, forged, rootList]) {
      expect(await revocationWords({ ...chain, crls: [rootList, list, revoking] })).toBe("revoked: unspecified");
    }
  });

  it("is not trusted under hard, and said to be unknown under soft", async () => {
    const judge = async (mode: "soft" | "hard", lists: readonly (typeof rootList)[]): Promise<string> => {
      const evidence = { crls: lists.map(({ list }) => list), ocspResponses: [], certificates: [] };
      const policy: RevocationPolicy = { mode, evidence };
      const result = await findPath(leaf.certificate, {
        anchors: [trustAnchor(root.certificate)],
        intermediates: [ca.certificate],
        at: TEST_TIME,
        purpose: "email",
        usage: "sign",
        ...revocationOption(policy, TEST_TIME, TEST_TIME),
      });
      if (result.status === "untrusted") return result.reason;
      return isShutOut(result.revocation, policy) ? "shut out" : result.revocation.status;
    };
    expect(await judge("soft", [])).toBe("unknown");
    expect(await judge("hard", [])).toBe("shut out");
    expect(await judge("hard", [rootList, caList])).toBe("good");
    expect(await judge("hard", [rootList, crl(ca).revoke(leaf).build()])).toBe("revoked");
  });

  it("is looked for on another path where one is revoked", async () => {
    const otherRoot = certificate().subject("CN=Other Root").ca().build();
    const crossed = certificate().subject("CN=CA").ca().key(ca).issuedBy(otherRoot).build();
    const judge = async (lists: readonly TestCertificate[][]): Promise<string> => {
      const crls = [
        crl(ca).build().list,
        ...lists.map(([issuer, revoked]) => crl(issuer!).revoke(revoked!).build().list),
      ];
      const result = await findPath(leaf.certificate, {
        anchors: [trustAnchor(root.certificate), trustAnchor(otherRoot.certificate)],
        intermediates: [ca.certificate, crossed.certificate],
        at: TEST_TIME,
        purpose: "email",
        usage: "sign",
        ...revocationOption(
          { mode: "soft", evidence: { crls, ocspResponses: [], certificates: [] } },
          TEST_TIME,
          TEST_TIME,
        ),
      });
      return result.status === "trusted" ? result.revocation.status : result.reason;
    };
    expect(
      await judge([
        [root, ca],
        [otherRoot, leaf],
      ]),
    ).toBe("good");
    expect(
      await judge([
        [root, leaf],
        [otherRoot, crossed],
      ]),
    ).toBe("good");
    expect(
      await judge([
        [root, ca],
        [otherRoot, crossed],
      ]),
    ).toBe("revoked");
  });
});

describe("attack 21: a signature is dated before the revocation", () => {
  const at = new Date("2026-05-20T00:00:00Z");
  const judge = async (reason: number, signedAt: string, invalidSince?: string): Promise<string> => {
    const entry = { reason, at, ...(invalidSince === undefined ? {} : { invalidSince: new Date(invalidSince) }) };
    const crls = [rootList, crl(ca).revoke(leaf, entry).build()];
    return revocationWords({ ...chain, crls, signedAt: new Date(signedAt) });
  };

  it.each([
    ["superseded", Reason.superseded],
    ["cessationOfOperation", Reason.cessationOfOperation],
    ["affiliationChanged", Reason.affiliationChanged],
  ])("stays revoked in other words for %s", async (name, reason) => {
    expect(await judge(reason, "2026-05-19T23:59:59Z")).toBe(`revoked: ${name}-after-signing`);
    expect(await judge(reason, "2026-05-20T00:00:00Z")).toBe(`revoked: ${name}`);
  });

  it.each(Object.entries(Reason).filter(([name]) => !/superseded|cessation|affiliation|remove/.test(name)))(
    "does not help where the reason is %s",
    async (name, reason) => {
      expect(await judge(reason, "2026-01-01T00:00:00Z")).toBe(`revoked: ${name}`);
    },
  );

  it("does not help after the time from which the certificate was invalid", async () => {
    expect(await judge(Reason.superseded, "2026-05-10T00:00:00Z", "2026-05-01T00:00:00Z")).toBe("revoked: superseded");
    expect(await judge(Reason.superseded, "2026-04-10T00:00:00Z", "2026-05-01T00:00:00Z")).toBe(
      "revoked: superseded-after-signing",
    );
  });

  it("does not make good what a list may have dropped after the certificate's end", async () => {
    const ended = certificate()
      .key("p-256")
      .valid("2025-01-01T00:00:00Z", "2026-05-01T00:00:00Z")
      .issuedBy(root)
      .build();
    const question = { leaf: ended, root, signedAt: new Date("2026-04-01T00:00:00Z") };
    expect(await revocationWords({ ...question, crls: [rootList] })).toBe("unknown: ended-before-list");
    const keeping = crl(root).expiredCertsFrom(new Date("2026-01-01T00:00:00Z")).build();
    expect(await revocationWords({ ...question, crls: [keeping] })).toBe("good");
    const ofThatTime = crl(root).window("2026-04-20T00:00:00Z", "2026-05-20T00:00:00Z").build();
    expect(await revocationWords({ ...question, crls: [ofThatTime] })).toBe("good");
    expect(await revocationWords({ ...question, crls: [crl(root).revoke(ended).build()] })).toBe(
      "revoked: unspecified",
    );
  });
});

describe("attack 5: somebody who is no CA issues lists", () => {
  it("is not believed, whatever keys are at hand", async () => {
    const mallory = certificate().subject("CN=CA").key("p-256").issuedBy(ca).build();
    const list = crl(mallory).build();
    expect(await revocationWords({ ...chain, crls: [rootList, list], certificates: [mallory] })).not.toBe("good");
  });
});
