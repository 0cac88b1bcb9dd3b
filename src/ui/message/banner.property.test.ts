import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { INVALID_REASONS, SIGNATURE_STATUSES, UNTRUSTED_REASONS, type SignerVerdict } from "../../engine/verdicts.ts";
import type { LayerView, MessageView } from "../../messages/answers.ts";
import { encryptedLayer, knownView, messageView, signedLayer, signerVerdict } from "../../testing/message-view.ts";
import { bannerOf } from "./banner.ts";

const integrity = fc.oneof(
  fc.constant({ status: "valid" } as const),
  fc.constantFrom(...INVALID_REASONS).map((reason) => ({ status: "invalid", reason }) as const),
  fc
    .constantFrom(
      "unknown-digest" as const,
      "content-missing" as const,
      "signer-certificate-missing" as const,
      "limit-exceeded" as const,
    )
    .map((reason) => ({ status: "unsupported", reason }) as const),
);
const path = fc.oneof(
  fc.constantFrom(null, "expired-since" as const).map((reason) => ({ status: "trusted", path: [], reason }) as const),
  fc.constant({ status: "trusted", path: [], reason: null, by: "person" } as const),
  fc.constantFrom(...UNTRUSTED_REASONS).map((reason) => ({ status: "untrusted", reason, certificate: null }) as const),
);
const revocation = fc.constantFrom<SignerVerdict["revocation"]>(
  { status: "good" },
  { status: "unknown", reason: "no-list-and-no-response", certificate: "" },
  { status: "not-checked", reason: "off" },
  { status: "not-checked", reason: "trusted-itself" },
  { status: "revoked", reason: "keyCompromise", at: new Date(0), certificate: "" },
);
const sender = fc.constantFrom<SignerVerdict["sender"]>(
  { status: "matches", reason: null },
  { status: "matches", reason: "local-part-case" },
  { status: "matches", reason: "linked" },
  { status: "differs", reason: "other-address" },
  { status: "no-address", reason: "certificate-has-no-address" },
);
const anySigner = fc
  .record({ integrity, path, revocation, sender, weaknesses: fc.subarray(["weak-digest", "weak-key"] as const) })
  .map(signerVerdict);
/** Half are good in every way, so that the property is not about bad ones only. */
const signer = fc.oneof(fc.constant(signerVerdict()), anySigner);
const layer: fc.Arbitrary<LayerView> = fc.oneof(
  fc.array(signer, { maxLength: 3 }).map((signers) => signedLayer(...signers)),
  fc.constantFrom(encryptedLayer(), encryptedLayer({ isAuthenticated: true }), encryptedLayer({ covers: null })),
);
/** Verdicts that no verifier makes are among them: the banner believes no verdict that its layers do not bear. */
const view: fc.Arbitrary<MessageView> = fc
  .record({
    layers: fc.array(layer, { maxLength: 4 }),
    signature: fc.constantFrom(...SIGNATURE_STATUSES),
    encryption: fc.constantFrom("none", "unauthenticated", "authenticated", "cannot-decrypt"),
    sender: fc.constantFrom("matches", "differs", "no-address", "none"),
    verified: fc.constantFrom(null, { at: new Date(1), wasInForce: true }, { at: new Date(1), wasInForce: false }),
  })
  .map(({ layers, verified, ...verdict }) =>
    messageView(verdict as MessageView["verdict"], layers, { known: knownView({ verified }) }),
  );

/** What was seen here in force speaks for a certificate that has ended since. */
const wasGood = ({ path }: SignerVerdict, { known }: MessageView): boolean =>
  path.status === "trusted" && path.reason === "expired-since" && known.verified?.wasInForce === true;

/** Nobody can withdraw what the reader alone vouches for. */
const isInForce = ({ path, revocation }: SignerVerdict): boolean =>
  revocation.status === "good" ||
  (path.status === "trusted" &&
    path.by === "person" &&
    revocation.status === "not-checked" &&
    revocation.reason === "trusted-itself");

const isGood = (verdict: SignerVerdict, message: MessageView): boolean =>
  verdict.integrity.status === "valid" &&
  verdict.path.status === "trusted" &&
  ((verdict.path.reason === null && isInForce(verdict)) || wasGood(verdict, message)) &&
  verdict.sender.status === "matches" &&
  verdict.weaknesses.length === 0;

describe("banner, any message", () => {
  it("is positive only where a signature that counts is good in every way, and the verdict says so", () => {
    let positive = 0;
    fc.assert(
      fc.property(view, (message) => {
        const { tone } = bannerOf(message);
        if (tone !== "positive") return;
        positive++;
        const { verdict, layers } = message;
        expect(verdict).toMatchObject({ sender: "matches" });
        expect(verdict.signature).toMatch(/^valid/);
        expect(verdict.encryption).not.toBe("cannot-decrypt");
        const inside = layers.slice(layers.findLastIndex((one) => !("signers" in one)) + 1);
        const judged = inside
          .flatMap((one) => ("signers" in one ? one.signers : []))
          .filter((one) => one.integrity.status !== "unsupported");
        expect(judged.length).toBeGreaterThan(0);
        expect(judged.every((one) => isGood(one, message))).toBe(true);
      }),
      { numRuns: 3000 },
    );
    expect(positive).toBeGreaterThan(0);
  });

  it("always has words and never throws", () => {
    fc.assert(
      fc.property(view, (message) => {
        const { headline, sentence } = bannerOf(message);
        expect(headline.key).toMatch(/^read_[a-df]\d+_headline$/);
        expect(sentence.key).toMatch(/^read_[a-df]\d+_sentence/);
      }),
      { numRuns: 1000 },
    );
  });
});
