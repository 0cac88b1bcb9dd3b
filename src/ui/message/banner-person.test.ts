import { describe, expect, it } from "vitest";
import type { SignerVerdict } from "../../engine/verdicts.ts";
import type { LayerView, MessageView } from "../../messages/answers.ts";
import {
  encryptedLayer,
  headerView,
  knownView,
  messageView,
  signedLayer,
  signerVerdict,
} from "../../testing/message-view.ts";
import { bannerOf } from "./banner.ts";
import { decidable } from "./decidable.ts";

const certificate = new Uint8Array([1]);
const decidedAt = new Date("2026-02-01T12:00:00Z");
const ITSELF = { status: "not-checked", reason: "trusted-itself" } as const;
const UNCHECKED = { status: "not-checked", reason: "off" } as const;
const BY_PERSON: Partial<SignerVerdict> = {
  path: { status: "trusted", path: ["CN=Ana Lima"], reason: null, by: "person" },
  revocation: ITSELF,
};
const LINKED = { sender: { status: "matches", reason: "linked" } } as const;
const HOME = headerView({ from: [{ name: "", address: "ana@home.example", nameShowsOtherAddress: false }] });

interface Rest extends Partial<MessageView> {
  readonly around?: readonly LayerView[];
}
const signed = (change: Partial<SignerVerdict>, { around = [], ...rest }: Rest = {}): MessageView =>
  messageView(
    { signature: "valid", sender: "matches", encryption: around.length > 0 ? "authenticated" : "none" },
    [...around, signedLayer(signerVerdict({ certificate, ...change }))],
    { known: knownView({ decidedAt }), ...rest },
  );

describe("banner, of a certificate that the reader vouches for", () => {
  it("a2, b2: says since when, and where that is managed", () => {
    const open = bannerOf(signed(BY_PERSON));
    expect(open).toMatchObject({ id: "a2", tone: "positive", action: "manage-trust" });
    expect(open.sentence.params["date"]).toBe(decidedAt);
    const sealed = bannerOf(signed(BY_PERSON, { around: [encryptedLayer()] }));
    expect(sealed).toMatchObject({
      id: "b2",
      tone: "positive",
      action: "manage-trust",
      icons: ["lock", "badge-check"],
    });
    expect(sealed.sentence.params["date"]).toBe(decidedAt);
  });

  it.each<[string, Partial<SignerVerdict>, string, string]>([
    [
      "ended since, by the signer's own date",
      { ...BY_PERSON, path: { status: "trusted", path: [], reason: "expired-since", by: "person" } },
      "a4",
      "neutral",
    ],
    [
      "another than the sender",
      { ...BY_PERSON, sender: { status: "differs", reason: "other-address" } },
      "d2",
      "caution",
    ],
    ["not said to be vouched for by the reader", { revocation: ITSELF }, "a7", "neutral"],
    [
      "vouched for, of which withdrawal was asked and not told",
      { ...BY_PERSON, revocation: UNCHECKED },
      "a7",
      "neutral",
    ],
  ])("is not positive of one that is %s", (_, change, id, tone) => {
    expect(bannerOf(signed(change))).toMatchObject({ id, tone });
  });

  it("is not positive where a second signer is an issuer's, whose withdrawal nobody has checked", () => {
    const view = messageView({ signature: "valid", sender: "matches" }, [
      signedLayer(signerVerdict(BY_PERSON), signerVerdict({ revocation: UNCHECKED })),
    ]);
    expect(bannerOf(view)).toMatchObject({ id: "a7", tone: "neutral" });
  });

  it("is not positive where the verdict says that it is untrusted", () => {
    const view = { ...signed(BY_PERSON), verdict: { ...signed(BY_PERSON).verdict, signature: "untrusted" } as const };
    expect(bannerOf(view).tone).toBe("caution");
  });
});

describe("banner, of addresses that the reader has linked", () => {
  it("d4: names both, and since when", () => {
    const banner = bannerOf(signed(LINKED, { outer: HOME }));
    expect(banner).toMatchObject({ id: "d4", tone: "positive", action: "manage-links", icons: ["badge-check"] });
    expect(banner.headline.params).toMatchObject({ signer: "ana@hospital.example", from: "ana@home.example" });
    expect(banner.sentence.params["date"]).toBe(decidedAt);
    expect(bannerOf(signed(LINKED, { outer: HOME, around: [encryptedLayer()] })).icons).toEqual([
      "lock",
      "badge-check",
    ]);
  });

  it.each<[string, Partial<SignerVerdict>]>([
    ["whose withdrawal is not checked", { revocation: UNCHECKED }],
    ["that has ended since", { path: { status: "trusted", path: [], reason: "expired-since" } }],
  ])("is no better than the signature: of a certificate %s", (_, change) => {
    expect(bannerOf(signed({ ...LINKED, ...change }, { outer: HOME }))).toMatchObject({ id: "d4", tone: "neutral" });
  });

  it("does not outweigh an address that imitates a contact, nor a wrapping by somebody else", () => {
    const imitated = { contact: "ana@home.example", plain: "x" };
    const known = knownView({ decidedAt, imitated });
    expect(bannerOf(signed(LINKED, { outer: HOME, known }))).toMatchObject({ id: "d6", tone: "alarm" });
    const eve = signedLayer(signerVerdict({ emails: ["eve@evil.example"] }));
    const wrapped = signed(LINKED, { outer: HOME, around: [eve, encryptedLayer()] });
    expect(bannerOf(wrapped)).toMatchObject({ id: "b14", tone: "caution" });
  });
});

describe("what a reader can decide of a signer", () => {
  const untrusted = (reason: "unknown-issuer" | "self-signed" | "anchor-distrusted" | "name-constraint-violated") =>
    ({ path: { status: "untrusted", reason, certificate: null } }) as const;
  const unsure = (change: Partial<SignerVerdict>, rest: Partial<MessageView> = {}): MessageView =>
    messageView(
      { signature: "untrusted", sender: "matches" },
      [signedLayer(signerVerdict({ certificate, ...change }))],
      rest,
    );
  const OTHER = { sender: { status: "differs", reason: "other-address" } } as const;
  const NAMELESS = { sender: { status: "no-address", reason: "certificate-has-no-address" } } as const;

  it("is trust where nobody vouches, and a link where the address is another or none", () => {
    expect(decidable(unsure(untrusted("self-signed")))).toEqual({
      kind: "trust",
      certificate,
      address: "ana@hospital.example",
    });
    expect(decidable(unsure(untrusted("unknown-issuer")))?.kind).toBe("trust");
    expect(decidable(signed(OTHER, { outer: HOME }))).toEqual({
      kind: "link",
      certificate,
      address: "ana@home.example",
    });
    expect(decidable(signed(NAMELESS, { outer: HOME }))?.kind).toBe("link");
  });

  it.each<[string, MessageView]>([
    ["an issuer that lost its trust", unsure(untrusted("anchor-distrusted"))],
    ["an issuer who may not name the address", unsure(untrusted("name-constraint-violated"))],
    [
      "an address that the certificate does not name, vouched for by nobody",
      unsure({ ...untrusted("self-signed"), ...OTHER }),
    ],
    [
      "a text that was changed",
      unsure({ ...untrusted("self-signed"), integrity: { status: "invalid", reason: "content-changed" } }),
    ],
    ["a method that can be forged", unsure({ ...untrusted("self-signed"), weaknesses: ["weak-digest"] })],
    ["a sender who is another outside than inside", unsure(untrusted("self-signed"), { inner: HOME })],
    ["a good signature of the sender's own address", signed({})],
    ["a From that was changed outside", signed({ sender: { status: "differs", reason: "protected-from-differs" } })],
  ])("is nothing of %s", (_, view) => {
    expect(decidable(view)).toBeNull();
  });
});
