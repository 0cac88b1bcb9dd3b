import { describe, expect, it } from "vitest";
import type { RevocationReason, RevokedLater, SignerVerdict } from "../../engine/verdicts.ts";
import type { KnownView, LayerView, MessageView } from "../../messages/answers.ts";
import { encryptedLayer, knownView, messageView, signedLayer, signerVerdict } from "../../testing/message-view.ts";
import { bannerOf } from "./banner.ts";

const at = new Date("2026-03-05T12:00:00Z");
const UNCHECKED = { status: "not-checked", reason: "off" } as const;
const ENDED: Partial<SignerVerdict> = {
  path: { status: "trusted", path: [], reason: "expired-since" },
  revocation: UNCHECKED,
};
const seen = (wasInForce: boolean): KnownView["verified"] => ({ at, wasInForce });
const revoked = (
  day: string,
  reason: RevocationReason | `${RevokedLater}-after-signing` = "superseded-after-signing",
): Partial<SignerVerdict> => ({
  revocation: { status: "revoked", reason, at: new Date(`${day}T12:00:00Z`), certificate: "" },
});

const view = (
  signature: "valid" | "revoked",
  signers: readonly Partial<SignerVerdict>[],
  verified: KnownView["verified"],
  around: readonly LayerView[] = [],
): MessageView =>
  messageView(
    { signature, sender: "matches", encryption: around.length > 0 ? "authenticated" : "none" },
    [...around, signedLayer(...signers.map(signerVerdict))],
    { known: knownView({ verified }) },
  );

describe("a certificate that has ended", () => {
  it("a3, b1: is as good as on the day when it was verified here and known to be in force", () => {
    expect(bannerOf(view("valid", [ENDED], seen(true)))).toMatchObject({ id: "a3", tone: "positive" });
    expect(bannerOf(view("valid", [ENDED], seen(true), [encryptedLayer()]))).toMatchObject({
      id: "b1",
      tone: "positive",
    });
  });

  it("a7: says what was never checked, and no longer that the date is the signer's own", () => {
    expect(bannerOf(view("valid", [ENDED], seen(false)))).toMatchObject({ id: "a7", tone: "neutral" });
  });

  it("a4: proves nothing by the signer's own date", () => {
    expect(bannerOf(view("valid", [ENDED], null))).toMatchObject({ id: "a4", tone: "neutral" });
  });

  it("is no better than another signer beside it", () => {
    expect(bannerOf(view("valid", [ENDED, { revocation: UNCHECKED }], seen(true)))).toMatchObject({ tone: "neutral" });
    expect(bannerOf(view("valid", [ENDED, {}], seen(true)))).toMatchObject({ id: "a3" });
  });

  it("a4: is not what a person vouches for, whoever saw it before", () => {
    const byPerson: Partial<SignerVerdict> = {
      path: { status: "trusted", path: [], reason: "expired-since", by: "person" },
    };
    expect(bannerOf(view("valid", [byPerson], seen(true)))).toMatchObject({ id: "a4", tone: "neutral" });
  });
});

describe("a certificate that was withdrawn", () => {
  it("a20, b3: after it had been verified here, for a reason that says nothing of the time before", () => {
    const banner = bannerOf(view("revoked", [revoked("2026-04-01")], seen(false)));
    expect(banner).toMatchObject({ id: "a20", tone: "neutral", action: null });
    expect(banner.sentence.params["why"]).toMatchObject({ key: "revoked_superseded" });
    expect(bannerOf(view("revoked", [revoked("2026-04-01")], seen(false), [encryptedLayer()]))).toMatchObject({
      id: "b3",
      tone: "neutral",
      action: null,
      sentence: { key: "read_b3_sentence_withdrawn" },
    });
  });

  it.each<[string, string, MessageView]>([
    ["a21", "it was not seen before", view("revoked", [revoked("2026-04-01")], null)],
    ["a21", "it was seen only afterwards", view("revoked", [revoked("2026-03-01")], seen(true))],
    [
      "a21",
      "its method can be forged",
      view("revoked", [{ ...revoked("2026-04-01"), weaknesses: ["weak-digest"] }], seen(true)),
    ],
    [
      "a21",
      "it is another's than the sender's",
      view(
        "revoked",
        [{ ...revoked("2026-04-01"), sender: { status: "differs", reason: "other-address" } }],
        seen(true),
      ),
    ],
    ["a19", "the key was stolen", view("revoked", [revoked("2026-04-01", "keyCompromise")], seen(true))],
    ["a18", "it says that it is later", view("revoked", [revoked("2026-04-01", "superseded")], seen(true))],
  ])("%s: where %s", (id, _, message) => {
    expect(bannerOf(message).id).toBe(id);
  });
});
