import { describe, expect, it } from "vitest";
import { certificate } from "../../../testing/certificate-builder.ts";
import { pathBudget } from "../path-budget.ts";
import type { CandidatePath } from "../path-building.ts";
import { signatureChecker } from "../signature-check.ts";
import { trustAnchor } from "../trust-anchor.ts";
import { checkNameChaining } from "./name-chaining.ts";
import { checkSignatures } from "./signature.ts";

// The builder brings only what chains; the validator does not rely on it.
const root = certificate().subject("CN=Root").ca().build();
const issuer = certificate().subject("CN=CA").ca().issuedBy(root).build();
const leaf = certificate().subject("CN=Alice").key("p-256").issuedBy(issuer).build();

const path = (...[first, ...others]: [typeof leaf, ...(typeof leaf)[]]): CandidatePath => ({
  certificates: [first.certificate, ...others.map((other) => other.certificate)],
  anchor: trustAnchor(root.certificate),
});
const signatures = (candidate: CandidatePath) => checkSignatures(candidate, signatureChecker(pathBudget()));

describe("checkNameChaining", () => {
  it("demands that each issuer name is the next subject", () => {
    expect(checkNameChaining(path(leaf, issuer))).toBeNull();
    expect(checkNameChaining(path(leaf))).toMatchObject({ reason: "unknown-issuer", certificate: leaf.certificate });
    const stranger = certificate().subject("CN=CA").issuerName("CN=Nobody").issuedBy(root).key(issuer).build();
    const broken = checkNameChaining(path(leaf, stranger));
    expect(broken).toMatchObject({ reason: "unknown-issuer", certificate: stranger.certificate });
  });
});

describe("checkSignatures", () => {
  it("verifies each signature with the next key, and the last with the anchor's", async () => {
    expect(await signatures(path(leaf, issuer))).toBeNull();
    const impostor = certificate().subject("CN=CA").ca().issuedBy(root).build();
    expect(await signatures(path(leaf, impostor))).toMatchObject({ reason: "wrong-issuer-key" });
    const forged = certificate().subject("CN=CA").ca().key(issuer).issuedBy(root).brokenSignature().build();
    const broken = await signatures(path(leaf, forged));
    expect(broken).toMatchObject({ reason: "wrong-issuer-key", certificate: forged.certificate });
  });

  it("needs none for a leaf that is the anchor itself", async () => {
    const self = certificate().key("p-256").brokenSignature().build();
    const candidate: CandidatePath = { certificates: [self.certificate], anchor: trustAnchor(self.certificate) };
    expect(await signatures(candidate)).toBeNull();
  });

  it("stops when the budget is used up", async () => {
    const check = signatureChecker({ ...pathBudget(), signatureChecks: 1 });
    // Signatures that verified before would cost nothing.
    const unseen = certificate().subject("CN=CA").ca().issuedBy(root).build();
    const below = certificate().subject("CN=Alice").key("p-256").issuedBy(unseen).build();
    expect(await checkSignatures(path(below, unseen), check)).toMatchObject({ reason: "path-budget-exhausted" });
  });
});
