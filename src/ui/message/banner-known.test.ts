import { describe, expect, it } from "vitest";
import type { SignerVerdict } from "../../engine/verdicts.ts";
import type { KnownView, MessageView, SignedCoreView } from "../../messages/answers.ts";
import {
  encryptedLayer,
  headerView,
  knownView,
  messageView,
  signedLayer,
  signerVerdict,
} from "../../testing/message-view.ts";
import { bannerOf } from "./banner.ts";

const NOT_CHECKED = { revocation: { status: "not-checked", reason: "off" } } as const;
const OTHER = { sender: { status: "differs", reason: "other-address" } } as const;
const CHANGED = { integrity: { status: "invalid", reason: "content-changed" } } as const;
const NOW = new Date("2026-03-01T12:00:00Z");

const from = (...addresses: string[]): Partial<MessageView> => ({
  outer: headerView({ from: addresses.map((address) => ({ name: "", address, nameShowsOtherAddress: false })) }),
});
const known = (change: Partial<KnownView>): Partial<MessageView> => ({ known: knownView(change) });
const signed = (change: Partial<SignerVerdict>, rest: Partial<MessageView> = {}): MessageView =>
  messageView({ signature: "valid", sender: "matches" }, [signedLayer(signerVerdict(change))], rest);
const broken = (rest: Partial<MessageView>): MessageView =>
  messageView({ signature: "invalid", sender: "matches" }, [signedLayer(signerVerdict(CHANGED))], rest);
const sealed = (change: Partial<SignerVerdict>, rest: Partial<MessageView> = {}): MessageView =>
  messageView(
    { signature: "valid", sender: "matches", encryption: "unauthenticated" },
    [encryptedLayer({ recipients: ["CN=A #01", "CN=A #02", "CN=A #03"] }), signedLayer(signerVerdict(change))],
    rest,
  );
const closed = (keyHolder: KnownView["keyHolder"], recipients = ["CN=A #01", "CN=A #02"]): MessageView =>
  messageView(
    { encryption: "cannot-decrypt", reasons: ["decrypt.no-key"] },
    [encryptedLayer({ covers: null, recipient: null, recipients, reasons: ["decrypt.no-key"] })],
    known({ keyHolder }),
  );
const core = (change: Partial<SignedCoreView> = {}): Partial<MessageView> => ({
  nested: [{ path: "1.1", type: "multipart-signed" }],
  core: { path: "1.1", surroundedBy: "unknown", list: null, isMisleading: false, view: signed({}), ...change },
});

describe("banner, of people who are known", () => {
  it("a28: not signed, by somebody who usually signs", () => {
    const banner = bannerOf(messageView({}, [], known({ signedBefore: 4 })));
    expect(banner).toMatchObject({ id: "a28", tone: "caution", action: "check-sender" });
    expect(banner.sentence.params["n"]).toBe(4);
  });

  it("a31: broken, by somebody who usually signs: to break a signature gains as little as to leave it out", () => {
    const banner = bannerOf(broken(known({ signedBefore: 3 })));
    expect(banner).toMatchObject({ id: "a31", tone: "caution", action: "check-sender" });
    expect(banner.sentence.params["reason"]).toMatchObject({ key: "break_changed" });
  });

  it("b15: what I have signed and encrypted myself, no better than its certificate", () => {
    const own = known({ isOwnSignature: true });
    expect(bannerOf(sealed({}, own))).toMatchObject({ id: "b15", tone: "positive" });
    expect(bannerOf(sealed(NOT_CHECKED, own))).toMatchObject({ id: "b15", tone: "neutral" });
    expect(bannerOf(sealed({}, own)).sentence.params["n"]).toBe(2);
    expect(bannerOf(sealed(CHANGED, own)).id).not.toBe("b15");
    expect(bannerOf(signed({}, own)).id).toBe("a1");
  });

  it("c2: closed to an own certificate whose key is elsewhere", () => {
    const banner = bannerOf(closed({ kind: "self", endsAt: NOW }));
    expect(banner).toMatchObject({ id: "c2", tone: "neutral", action: "import-backup" });
    expect(banner.sentence.params["date"]).toBe(NOW);
  });

  it("c3: closed to others, all of them known", () => {
    const banner = bannerOf(closed({ kind: "others" }));
    expect(banner).toMatchObject({ id: "c3", tone: "neutral", action: "ask-sender" });
    expect(banner.sentence.params["n"]).toBe(2);
    expect(banner.prepared).toMatchObject({ key: "tell_others" });
  });

  it.each([
    ["ana+news@hospital.example", "difference_tag"],
    ["Ana@hospital.example", "difference_capitals"],
  ])("d5: signed by the mailbox that %s may be", (address, difference) => {
    const banner = bannerOf(signed(OTHER, from(address)));
    expect(banner).toMatchObject({ id: "d5", tone: "caution", action: "compare-addresses" });
    expect(banner.sentence.params["difference"]).toMatchObject({ key: difference });
  });

  it("d2, and not d5: another tag on another address", () => {
    expect(bannerOf(signed(OTHER, from("eve+ana@hospital.example"))).id).toBe("d2");
  });

  it("d6: a good signature of an address that imitates a contact is an alarm", () => {
    const imitated = { contact: "ana@hospital.example", plain: "[U+0430]na@hospital.example" };
    const banner = bannerOf(signed({}, known({ imitated })));
    expect(banner).toMatchObject({ id: "d6", tone: "alarm", action: "show-characters" });
    expect(banner.headline.params).toMatchObject({ contact: "ana@hospital.example" });
    expect(bannerOf(sealed({}, known({ imitated }))).icons).toContain("lock");
  });

  it("d8: several senders, and the signer's certificate names them all", () => {
    const both = from("ana@hospital.example", "ana@clinic.example");
    expect(bannerOf(signed({}, both))).toMatchObject({ id: "d8", tone: "positive" });
    // What is missing at the signature is said first.
    expect(bannerOf(signed(NOT_CHECKED, both)).id).toBe("a7");
  });
});

describe("banner, of a part that is signed", () => {
  it("n13: others put words around it", () => {
    const banner = bannerOf(messageView({ reasons: ["partly-signed"] }, [], core()));
    expect(banner).toMatchObject({ id: "a29", tone: "caution", notes: [{ id: "n13", action: "show-signed" }] });
    expect(banner.notes[0]?.sentence.params["address"]).toBe("ana@hospital.example");
  });

  it("n14: a mailing list did", () => {
    const list = core({ surroundedBy: "mailing-list", list: "Garden friends" });
    const banner = bannerOf(messageView({ reasons: ["mailing-list-text"] }, [], list));
    expect(banner).toMatchObject({ id: "a29", tone: "neutral", notes: [{ id: "n14", action: "show-signed" }] });
    expect(banner.notes[0]?.sentence.params["list"]).toBe("Garden friends");
  });

  it.each([
    ["does not fit", broken({})],
    [
      "is of another address than the sender",
      { ...signed(OTHER), verdict: { ...signed(OTHER).verdict, sender: "differs" } as const },
    ],
  ])("says of a part whose signature %s no more than that it stands alone", (_, view) => {
    expect(bannerOf(messageView({}, [], core({ view }))).notes.map(({ id }) => id)).toEqual(["n15"]);
  });

  it("a17: other words show the signed part as their own", () => {
    const banner = bannerOf(messageView({}, [], core({ isMisleading: true })));
    expect(banner).toMatchObject({ id: "a17", tone: "alarm", action: "show-signed" });
  });
});

describe("banner, of the reader's own certificate", () => {
  const until = (date: string): readonly string[] =>
    bannerOf(
      sealed({}, known({ openedWith: { fingerprint: "f".repeat(64), endsAt: new Date(date) } })),
      [],
      null,
      NOW,
    ).notes.map(({ id }) => id);

  it("n23: says that it ends soon, and nothing of one that has ended or lasts", () => {
    expect(until("2026-03-20T12:00:00Z")).toEqual(["n23"]);
    expect(until("2026-05-20T12:00:00Z")).toEqual([]);
    expect(until("2026-02-20T12:00:00Z")).toEqual([]);
  });

  it("counts the days that are left", () => {
    const view = sealed(
      {},
      known({ openedWith: { fingerprint: "f".repeat(64), endsAt: new Date("2026-03-04T00:00:00Z") } }),
    );
    expect(bannerOf(view, [], null, NOW).notes[0]?.headline.params["n"]).toBe(3);
  });
});

describe("Check again", () => {
  it("is offered where a list of withdrawn certificates did not answer, and not where none is asked", () => {
    const unknown = { status: "unknown", reason: "no-list-and-no-response", certificate: "" } as const;
    expect(bannerOf(sealed({ revocation: unknown }))).toMatchObject({ id: "b3", action: "check-again" });
    expect(bannerOf(sealed(NOT_CHECKED))).toMatchObject({ id: "b3", action: null });
  });
});

describe("words for the sender", () => {
  const weak = { weaknesses: ["weak-digest"], digest: "sha-1" } as const;
  it.each<[string, MessageView, string]>([
    ["weak method", messageView({ signature: "weak" }, [signedLayer(signerVerdict(weak))]), "tell_weak"],
    [
      "ended certificate",
      messageView({ signature: "untrusted" }, [
        signedLayer(signerVerdict({ path: { status: "untrusted", reason: "expired-at-signing", certificate: null } })),
      ]),
      "tell_ended",
    ],
    [
      "message that could not be opened",
      messageView({ encryption: "cannot-decrypt", reasons: ["decrypt.failed"] }, [
        encryptedLayer({ covers: null, reasons: ["decrypt.failed"] }),
      ]),
      "tell_again",
    ],
  ])("fit a %s", (_, view, key) => {
    expect(bannerOf(view).prepared?.key).toBe(key);
  });

  it("fit an old cipher, in its note", () => {
    const view = messageView({ encryption: "unauthenticated" }, [
      encryptedLayer({ cipher: "des-ede3-cbc", reasons: ["obsolete-cipher"] }),
    ]);
    const note = bannerOf(view).notes.find(({ id }) => id === "n17");
    expect(note).toMatchObject({ action: "tell-sender", prepared: { key: "tell_cipher" } });
  });
});
