import { describe, expect, it } from "vitest";
import type { ReceiptRequest, SecurityLabel, SignerClaims } from "../../engine/claims.ts";
import { NO_CLAIMS } from "../../engine/smime/signer-claims.ts";
import type { SignerVerdict } from "../../engine/verdicts.ts";
import type { MessageView } from "../../messages/answers.ts";
import { messageView, signedLayer, signerVerdict } from "../../testing/message-view.ts";
import { bannerOf } from "./banner.ts";

const ME = "me@here.example";
const claiming = (
  claims: Partial<SignerClaims>,
  change: Partial<SignerVerdict> = {},
  signature: "valid" | "untrusted" = "valid",
): MessageView =>
  messageView({ signature, sender: "matches" }, [
    signedLayer(signerVerdict({ claims: { ...NO_CLAIMS, ...claims }, ...change })),
  ]);
const label = (change: Partial<SecurityLabel>): Partial<SignerClaims> => ({
  securityLabel: { policy: "1.2.3.4", classification: null, privacyMark: null, categories: [], ...change },
});
const notes = (view: MessageView, readers: readonly string[] = []) => bannerOf(view, readers).notes;

describe("a security label (RFC 2634 section 3)", () => {
  it.each<[string, Partial<SecurityLabel>, unknown]>([
    ["the sender's own words", { privacyMark: "Board only", classification: 3 }, "Board only"],
    ["a step of the scale that every policy has", { classification: 5 }, { key: "label_top_secret", params: {} }],
    ["unmarked", { classification: 0 }, { key: "label_unmarked", params: {} }],
  ])("n6: is told in words: %s", (_, change, words) => {
    expect(notes(claiming(label(change)))).toMatchObject([
      { id: "n6", tone: "neutral", headline: { params: { label: words } } },
    ]);
  });

  it.each<[string, Partial<SecurityLabel>]>([
    ["nothing but a policy", {}],
    ["a step of the policy's own", { classification: 200 }],
    ["an empty mark", { privacyMark: " " }],
  ])("n7: is told by its policy where it has %s", (_, change) => {
    expect(notes(claiming(label(change)))).toMatchObject([{ id: "n7", sentence: { params: { oid: "1.2.3.4" } } }]);
  });

  it("lifts no tone", () => {
    expect(bannerOf(claiming(label({ classification: 5 }))).tone).toBe("positive");
  });
});

describe("a request for a receipt (RFC 2634 section 2)", () => {
  const UNTRUSTED = { path: { status: "untrusted", reason: "unknown-issuer", certificate: null } } as const;
  const request = (from: ReceiptRequest["from"]): Partial<SignerClaims> => ({
    receiptRequest: {
      from,
      to: [],
      message: {
        contentType: "1.2.840.113549.1.7.1",
        contentIdentifier: new Uint8Array(),
        signatureValue: new Uint8Array(),
        signatureDigest: new Uint8Array(),
      },
    },
  });
  const ids = (view: MessageView): readonly string[] => notes(view, [ME]).map(({ id }) => id);

  it("n2: is not offered where the signature does not count, or is another's than the sender's", () => {
    expect(ids(claiming(request("all"), UNTRUSTED, "untrusted"))).toEqual(["n2"]);
    const other = claiming(request("all"), { sender: { status: "differs", reason: "other-address" } });
    expect(ids({ ...other, verdict: { ...other.verdict, sender: "differs" } })).toEqual(["n2"]);
  });

  it("is nothing to say of a signature that counts, nor where others are asked", () => {
    expect(ids(claiming(request("all")))).toEqual([]);
    expect(ids(claiming(request(["carl@hospital.example"]), UNTRUSTED, "untrusted"))).toEqual([]);
    expect(ids(claiming(request(["ME@here.example"]), UNTRUSTED, "untrusted"))).toEqual(["n2"]);
  });
});
