import { describe, expect, it } from "vitest";
import type {
  InvalidReason,
  SenderVerdict,
  SignatureStatus,
  SignerVerdict,
  UntrustedReason,
} from "../../engine/verdicts.ts";
import type { LayerView, MessageView } from "../../messages/answers.ts";
import { encryptedLayer, headerView, messageView, signedLayer, signerVerdict } from "../../testing/message-view.ts";
import { bannerOf } from "./banner.ts";

const NOT_CHECKED = { revocation: { status: "not-checked", reason: "off" } } as const;
const untrusted = (reason: UntrustedReason): Partial<SignerVerdict> => ({
  path: { status: "untrusted", reason, certificate: "CN=Missing CA" },
});
const invalid = (reason: InvalidReason): Partial<SignerVerdict> => ({ integrity: { status: "invalid", reason } });
const differs = (reason: Extract<SenderVerdict, { status: "differs" }>["reason"]): Partial<SignerVerdict> => ({
  sender: { status: "differs", reason },
});

const signed = (signature: SignatureStatus, change: Partial<SignerVerdict> = {}): MessageView =>
  messageView({ signature, sender: "matches" }, [signedLayer(signerVerdict(change))]);
const sealed = (signature: SignatureStatus, change: Partial<SignerVerdict> = {}): MessageView =>
  messageView({ signature, sender: "matches", encryption: "unauthenticated" }, [
    encryptedLayer(),
    signedLayer(signerVerdict(change)),
  ]);
const closed = (reason: "decrypt.no-key" | "decrypt.failed" | "unknown-cipher" | "needs-password"): MessageView =>
  messageView({ encryption: "cannot-decrypt", reasons: [reason] }, [
    encryptedLayer({ covers: null, recipient: null, reasons: [reason] }),
  ]);
const encrypted = (encryption: "authenticated" | "unauthenticated", ...reasons: string[]): MessageView =>
  messageView({ encryption, reasons }, [encryptedLayer()]);

const TABLE: readonly (readonly [row: string, when: string, view: MessageView])[] = [
  ["a1", "everything holds", signed("valid")],
  [
    "a4",
    "the certificate ended since",
    signed("valid", { path: { status: "trusted", path: [], reason: "expired-since" } }),
  ],
  [
    "a5",
    "the withdrawal list could not be reached",
    signed("valid-revocation-unknown", {
      revocation: { status: "unknown", reason: "no-list-and-no-response", certificate: "" },
    }),
  ],
  ["a7", "withdrawal was not checked", signed("valid", NOT_CHECKED)],
  ["a8", "the issuer is unknown", signed("untrusted", untrusted("unknown-issuer"))],
  ["a8", "the issuer's key does not fit", signed("untrusted", untrusted("wrong-issuer-key"))],
  ["a10", "the certificate is self-made", signed("untrusted", untrusted("self-signed"))],
  ["a11", "the anchor lost its trust", signed("untrusted", untrusted("anchor-distrusted"))],
  ["a12", "the certificate is for another purpose", signed("untrusted", untrusted("purpose-not-allowed"))],
  ["a12", "the issuer is no authority", signed("untrusted", untrusted("issuer-not-a-ca"))],
  ["a12", "a name rule forbids it", signed("untrusted", untrusted("name-constraint-violated"))],
  ["a13", "the digest is weak", signed("weak", { weaknesses: ["weak-digest"] })],
  ["a13", "the issuer signed with a weak method", signed("untrusted", untrusted("weak-signature-algorithm"))],
  ["a14", "the certificate had ended", signed("untrusted", untrusted("expired-at-signing"))],
  ["a15", "the certificate had not begun", signed("untrusted", untrusted("not-yet-valid-at-signing"))],
  ["a16", "there are two contents", signed("invalid", invalid("two-contents"))],
  ["a16", "attributes pose as content", signed("invalid", invalid("content-is-signed-attributes"))],
  [
    "a18",
    "the certificate was withdrawn",
    signed("revoked", { revocation: { status: "revoked", reason: "superseded", at: new Date(), certificate: "" } }),
  ],
  [
    "a19",
    "the key was stolen, whenever it was signed",
    signed("revoked", { revocation: { status: "revoked", reason: "keyCompromise", at: new Date(), certificate: "" } }),
  ],
  [
    "a21",
    "the certificate was withdrawn later, as the signer says",
    signed("revoked", {
      revocation: { status: "revoked", reason: "superseded-after-signing", at: new Date(), certificate: "" },
    }),
  ],
  ["a22", "the content changed", signed("invalid", invalid("content-changed"))],
  ["a23", "the signature does not fit", signed("invalid", invalid("signature-mismatch"))],
  ["a23", "the certificate was exchanged", signed("invalid", invalid("certificate-substituted"))],
  [
    "a23",
    "signers are of different addresses",
    messageView({ signature: "invalid", reasons: ["signers-differ"] }, [
      signedLayer(signerVerdict(), signerVerdict({ emails: ["eve@evil.example"] })),
    ]),
  ],
  [
    "a24",
    "one of two signatures fails",
    messageView({ signature: "invalid" }, [signedLayer(signerVerdict(), signerVerdict(invalid("signature-mismatch")))]),
  ],
  [
    "a25",
    "the method is unknown",
    signed("unsupported", { integrity: { status: "unsupported", reason: "unknown-digest" } }),
  ],
  [
    "a26",
    "a limit is passed",
    signed("unsupported", { integrity: { status: "unsupported", reason: "limit-exceeded" } }),
  ],
  [
    "a32",
    "the signer's certificate is missing",
    signed("unsupported", { integrity: { status: "unsupported", reason: "signer-certificate-missing" } }),
  ],
  [
    "a33",
    "the content that was signed is missing",
    signed("unsupported", { integrity: { status: "unsupported", reason: "content-missing" } }),
  ],
  ["a27", "there are certificates and no signer", messageView({}, [signedLayer()])],
  ["a29", "nothing is signed", messageView({}, [])],
  ["b1", "everything holds", sealed("valid")],
  ["b3", "withdrawal was not checked", sealed("valid", NOT_CHECKED)],
  ["b4", "the issuer is unknown", sealed("untrusted", untrusted("unknown-issuer"))],
  ["b5", "the digest is weak", sealed("weak", { weaknesses: ["weak-digest"] })],
  ["b5", "the certificate had ended", sealed("untrusted", untrusted("expired-at-signing"))],
  [
    "b6",
    "withdrawn",
    sealed("revoked", { revocation: { status: "revoked", reason: "keyCompromise", at: new Date(), certificate: "" } }),
  ],
  [
    "b5",
    "withdrawn after it was signed, as the signer says",
    sealed("revoked", {
      revocation: { status: "revoked", reason: "superseded-after-signing", at: new Date(), certificate: "" },
    }),
  ],
  ["b7", "the content changed inside", sealed("invalid", invalid("content-changed"))],
  ["a16", "there are two contents inside", sealed("invalid", invalid("two-contents"))],
  ["b8", "nothing is signed, authenticated", encrypted("authenticated")],
  ["b9", "nothing is signed, CBC", encrypted("unauthenticated")],
  ["b10", "CBC that does not begin as MIME", encrypted("unauthenticated", "content-not-mime")],
  [
    "b11",
    "the method is unknown",
    sealed("unsupported", { integrity: { status: "unsupported", reason: "unknown-digest" } }),
  ],
  [
    "b12",
    "the signature is only around the encryption",
    messageView({ encryption: "unauthenticated" }, [signedLayer(signerVerdict()), encryptedLayer()]),
  ],
  [
    "b13",
    "triple wrapped by one person",
    messageView({ signature: "valid", sender: "matches", encryption: "unauthenticated" }, [
      signedLayer(signerVerdict()),
      encryptedLayer(),
      signedLayer(signerVerdict()),
    ]),
  ],
  [
    "b14",
    "wrapped by somebody else",
    messageView({ signature: "valid", sender: "matches", encryption: "unauthenticated" }, [
      signedLayer(signerVerdict({ emails: ["eve@evil.example"] })),
      encryptedLayer(),
      signedLayer(signerVerdict()),
    ]),
  ],
  ["c1", "no key fits", closed("decrypt.no-key")],
  ["c13", "opening fails", closed("decrypt.failed")],
  ["c14", "the cipher is unknown", closed("unknown-cipher")],
  ["c15", "a password would open it", closed("needs-password")],
  ["d2", "the sender is another", signed("valid", differs("other-address"))],
  ["d2", "the sender is another, encrypted", sealed("valid", { ...NOT_CHECKED, ...differs("other-address") })],
  ["d3", "only Sender matches", signed("valid", differs("only-sender-matches"))],
  ["d9", "not every From matches", signed("valid", differs("not-every-from-matches"))],
  ["d11", "the protected From differs", signed("valid", differs("protected-from-differs"))],
  ["d7", "no address", signed("valid", { sender: { status: "no-address", reason: "certificate-has-no-address" } })],
  ["d10", "no sender", signed("valid", { sender: { status: "no-address", reason: "from-missing" } })],
  [
    "d12",
    "the display name shows another address",
    {
      ...signed("valid"),
      outer: headerView({
        from: [{ name: "boss@hospital.example", address: "ana@hospital.example", nameShowsOtherAddress: true }],
      }),
    },
  ],
  ["f8", "the verdict says more than its layers", signed("valid", invalid("content-changed"))],
  ["f8", "the verdict says valid without a signer", messageView({ signature: "valid" }, [])],
];

describe("banner", () => {
  it.each(TABLE)("%s: %s", (row, _, view) => {
    expect(bannerOf(view).id).toBe(row);
  });

  it("names the missing issuer", () => {
    const { headline } = bannerOf(signed("untrusted", untrusted("unknown-issuer")));
    expect(headline.params["issuer"]).toBe("Missing CA");
  });

  it("names the address of the certificate, not the display name", () => {
    expect(bannerOf(signed("valid")).headline.params["address"]).toBe("ana@hospital.example");
  });

  it("passes over a signature of an unknown method beside a good one, and says so", () => {
    const extra = signerVerdict({ integrity: { status: "unsupported", reason: "unknown-signature-algorithm" } });
    const reasons = ["additional-signature-not-checked"];
    const { id, notes } = bannerOf(
      messageView({ signature: "valid", sender: "matches", reasons }, [signedLayer(signerVerdict(), extra)]),
    );
    expect([id, ...notes.map((note) => note.id)]).toEqual(["a1", "n26"]);
  });

  it("says which key is missing: of one its issuer and number, of several how many", () => {
    const view = (...recipients: string[]): MessageView =>
      messageView({ encryption: "cannot-decrypt", reasons: ["decrypt.no-key"] }, [
        encryptedLayer({ covers: null, recipient: null, recipients, reasons: ["decrypt.no-key"] }),
      ]);
    const one = bannerOf(view("CN=Hospital CA,O=Hospital #7f000a1b")).sentence;
    expect(one).toEqual({ key: "read_c1_sentence_one", params: { issuer: "Hospital CA", serial: "0a1b" } });
    const several = bannerOf(view("CN=A #01", "CN=B #02")).sentence;
    expect(several).toEqual({ key: "read_c1_sentence_several", params: { n: 2 } });
    expect(bannerOf(view("0a1b2c")).sentence).toEqual({ key: "read_c1_sentence", params: {} });
  });

  it("tells of a signer's certificate that is new here, without a warning", () => {
    const learned = { address: "ana@hospital.example", outcome: "learned" } as const;
    expect(bannerOf(signed("valid"), [], learned)).toMatchObject({
      id: "a1",
      tone: "positive",
      notes: [{ id: "n20" }],
    });
  });

  it("warns of another certificate than the known one, before anything else, and lets a person compare (attack 33)", () => {
    const waits = { address: "ana@hospital.example", outcome: "waits" } as const;
    const view = { ...signed("valid"), outer: headerView({ date: new Date("2026-03-02T12:00:00Z") }) };
    expect(bannerOf(view, [], waits)).toMatchObject({
      tone: "caution",
      notes: [{ id: "n21", action: "compare" }, { id: "n16" }],
    });
  });

  it("offers to ask the sender wherever somebody else may have written, and nowhere else", () => {
    const asking = TABLE.filter(([, , view]) => bannerOf(view).action === "check-sender").map(([row]) => row);
    expect([...new Set(asking)].sort()).toEqual(["a16", "a18", "a19", "a21", "a22", "a23", "b10", "b6", "b7"]);
  });

  it("is not better than its notes", () => {
    const view = { ...signed("valid"), inner: headerView({ subject: "Signed words" }) };
    const { tone, notes } = bannerOf(view);
    expect([tone, ...notes.map(({ id }) => id)]).toEqual(["caution", "n10"]);
  });

  it.each([
    ["date", { date: new Date("2026-03-01T12:30:00Z") }, "read_n10_headline_date"],
    [
      "recipients",
      { to: [{ name: "", address: "eve@evil.example", nameShowsOtherAddress: false }] },
      "read_n10_headline_recipients",
    ],
    ["subject and date", { subject: "Other", date: new Date("2026-03-01T12:30:00Z") }, "read_n10_headline_several"],
  ])("n10: the %s outside is not what was signed", (_, change, headline) => {
    const to = [{ name: "", address: "carl@hospital.example", nameShowsOtherAddress: false }];
    const view = {
      ...messageView({ signature: "valid", sender: "matches", reasons: ["outer-headers-differ"] }, [
        signedLayer(signerVerdict()),
      ]),
      inner: headerView({ to }),
      outer: headerView({ to, ...change }),
    };
    expect(bannerOf(view)).toMatchObject({
      id: "a1",
      tone: "caution",
      notes: [{ id: "n10", headline: { key: headline }, action: "use-signed" }],
    });
  });

  it("takes a date that the sender wrote differently outside for no change", () => {
    const view = { ...signed("valid"), inner: headerView({ date: new Date("2026-03-01T12:30:00Z") }) };
    expect(bannerOf(view)).toMatchObject({ tone: "positive", notes: [] });
  });

  it("does not warn of a subject that was hidden on purpose", () => {
    const view = { ...signed("valid"), inner: headerView(), outer: headerView({ subject: "[...]" }) };
    const { tone, notes } = bannerOf(view);
    expect([tone, ...notes.map(({ id }) => id)]).toEqual(["positive", "n9"]);
  });

  it("says when the reader is not among the protected recipients (attack 22)", () => {
    const to = [{ name: "", address: "carl@hospital.example", nameShowsOtherAddress: false }];
    const view = { ...signed("valid"), inner: headerView({ to }) };
    expect(bannerOf(view, ["me@here.example"])).toMatchObject({ tone: "caution", notes: [{ id: "n12" }] });
    expect(bannerOf(view, ["Carl@hospital.example"]).notes).toEqual([]);
    expect(bannerOf(view).notes).toEqual([]);
  });

  it("says when an old text may have been sent again (attack 21)", () => {
    const view = { ...signed("valid"), outer: headerView({ date: new Date("2026-03-02T12:00:00Z") }) };
    expect(bannerOf(view).notes.map(({ id }) => id)).toEqual(["n16"]);
  });

  it("names an encrypted part below the root and does not open it (attack 32)", () => {
    const layers: LayerView[] = [signedLayer(signerVerdict())];
    const view = messageView({ signature: "valid", sender: "matches" }, layers, {
      nested: [{ path: "1.2", type: "enveloped-data" }],
    });
    expect(bannerOf(view)).toMatchObject({ id: "a1", tone: "caution", notes: [{ id: "c17" }] });
  });

  it("notes other capitals in the local part, without a warning", () => {
    const view = signed("valid", { sender: { status: "matches", reason: "local-part-case" } });
    expect(bannerOf(view)).toMatchObject({ id: "a1", tone: "positive", notes: [{ id: "n25" }] });
  });
});
