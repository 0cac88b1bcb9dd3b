import { describe, expect, it } from "vitest";
import type { EncryptionReason, LayerVerdict, SignerVerdict } from "../verdicts.ts";
import { SIGNATURE_STATUSES } from "../verdicts.ts";
import { NO_CLAIMS } from "./signer-claims.ts";
import { messageVerdict } from "./verdict.ts";

const GOOD: SignerVerdict = {
  subject: "CN=Alice",
  emails: ["alice@example.com"],
  issuer: "CN=Root",
  serial: "01",
  certificate: null,
  digest: "sha-256",
  signature: "ecdsa",
  signatureValue: new Uint8Array(),
  signingTime: null,
  integrity: { status: "valid" },
  path: { status: "trusted", path: ["CN=Alice", "CN=Root"], reason: null },
  revocation: { status: "not-checked", reason: "off" },
  sender: { status: "matches", reason: null },
  weaknesses: [],
  counterSignatures: [],
  issuers: [],
  claims: NO_CLAIMS,
};
const COVERED = Uint8Array.of(1);

const signer = (change: Partial<SignerVerdict> = {}): SignerVerdict => ({ ...GOOD, ...change });
const signed = (...signers: readonly SignerVerdict[]): LayerVerdict => ({
  type: "multipart-signed",
  covered: COVERED,
  signers,
  isMalformed: false,
});
const encrypted = (change: Partial<Extract<LayerVerdict, { cipher: string }>> = {}): LayerVerdict => ({
  type: "enveloped-data",
  cipher: "aes-256-cbc",
  recipient: null,
  recipients: [],
  covered: COVERED,
  isAuthenticated: false,
  reasons: [],
  ...change,
});
const closed = (reason: EncryptionReason) => encrypted({ covered: null, reasons: [reason] });
const verdict = (...layers: readonly LayerVerdict[]) => messageVerdict(layers, { notes: [] });
const words = (...layers: readonly LayerVerdict[]) => {
  const { signature, encryption, sender } = verdict(...layers);
  return `${signature} ${encryption} ${sender}`;
};

const INVALID = signer({ integrity: { status: "invalid", reason: "content-changed" } });
const UNSUPPORTED = signer({ integrity: { status: "unsupported", reason: "unknown-digest" } });
const REVOKED = signer({
  revocation: { status: "revoked", reason: "keyCompromise", at: new Date(0), certificate: "" },
});
const UNTRUSTED = signer({ path: { status: "untrusted", reason: "unknown-issuer", certificate: "CN=Other" } });
const WEAK = signer({ weaknesses: ["weak-digest"] });
const UNKNOWN = signer({ revocation: { status: "unknown", reason: "no-list-and-no-response", certificate: "" } });

describe("messageVerdict", () => {
  it("has nothing to say of a message without layers", () => {
    expect(verdict()).toEqual({ signature: "none", encryption: "none", sender: "none", reasons: [] });
  });

  it.each([
    ["valid", GOOD, []],
    ["valid-revocation-unknown", UNKNOWN, ["no-list-and-no-response"]],
    ["weak", WEAK, ["weak-digest"]],
    ["untrusted", UNTRUSTED, ["unknown-issuer"]],
    ["revoked", REVOKED, ["keyCompromise"]],
    ["unsupported", UNSUPPORTED, ["unknown-digest"]],
    ["invalid", INVALID, ["content-changed"]],
  ] as const)("is %s by one signer", (signature, one, reasons) => {
    expect(verdict(signed(one))).toEqual({ signature, encryption: "none", sender: "matches", reasons });
  });

  it("is none without a signer", () => {
    expect(verdict(signed())).toMatchObject({ signature: "none", sender: "none", reasons: ["no-signers"] });
    expect(words(signed(), signed(GOOD))).toBe("none none none");
    expect(words(signed(GOOD), signed())).toBe("none none none");
  });

  it("knows every status", () => {
    const found = [GOOD, UNKNOWN, WEAK, UNTRUSTED, REVOKED, UNSUPPORTED, INVALID].map(
      (one) => verdict(signed(one)).signature,
    );
    expect(new Set([...found, verdict().signature])).toEqual(new Set(SIGNATURE_STATUSES));
  });

  it("is the worst of two defects of one signer", () => {
    const two = signer({ path: UNTRUSTED.path, weaknesses: ["weak-key"] });
    expect(verdict(signed(two))).toMatchObject({ signature: "untrusted", reasons: ["unknown-issuer", "weak-key"] });
    const three = signer({ integrity: INVALID.integrity, path: UNTRUSTED.path, revocation: REVOKED.revocation });
    expect(verdict(signed(three)).signature).toBe("invalid");
    expect(verdict(signed(signer({ path: UNTRUSTED.path, revocation: REVOKED.revocation }))).signature).toBe("revoked");
  });

  const ranked = [INVALID, REVOKED, UNTRUSTED, WEAK, UNKNOWN, GOOD];
  it.each(ranked.flatMap((worse, i) => ranked.slice(i).map((better) => [worse, better] as const)))(
    "is the worse of two signers, in one layer and in two",
    (worse, better) => {
      const expected = verdict(signed(worse)).signature;
      expect(verdict(signed(worse, better)).signature).toBe(expected);
      expect(verdict(signed(better, worse)).signature).toBe(expected);
      expect(verdict(signed(worse), signed(better)).signature).toBe(expected);
      expect(verdict(signed(better), signed(worse)).signature).toBe(expected);
    },
  );

  it("passes over a signer that cannot be checked beside one that can", () => {
    expect(verdict(signed(GOOD, UNSUPPORTED))).toMatchObject({
      signature: "valid",
      reasons: ["additional-signature-not-checked"],
    });
    expect(verdict(signed(INVALID, UNSUPPORTED)).signature).toBe("invalid");
    expect(verdict(signed(UNSUPPORTED, UNSUPPORTED)).signature).toBe("unsupported");
  });

  it("is invalid where signers have no address in common", () => {
    const bob = signer({ emails: ["bob@example.com"], serial: "02" });
    expect(verdict(signed(GOOD, bob)).reasons[0]).toBe("signers-differ");
    expect(verdict(signed(GOOD), signed(bob)).signature).toBe("invalid");
    const none = signer({ emails: [], serial: "03" });
    expect(verdict(signed(none, { ...none, serial: "04" })).signature).toBe("invalid");
    expect(verdict(signed(none, none)).signature).toBe("valid");
    const both = signer({ emails: ["bob@example.com", "alice@example.com"], serial: "05" });
    expect(verdict(signed(GOOD, both)).signature).toBe("valid");
  });

  it("is invalid where a signature part cannot be read", () => {
    const malformed: LayerVerdict = { type: "multipart-signed", covered: COVERED, signers: [], isMalformed: true };
    expect(verdict(malformed).reasons).toEqual(["malformed-signature"]);
    expect(verdict(signed(GOOD), malformed).signature).toBe("invalid");
    expect(verdict(malformed, signed(GOOD)).signature).toBe("invalid");
  });

  it("says the worst of what the signers say of the sender", () => {
    const differs = signer({ sender: { status: "differs", reason: "other-address" } });
    const none = signer({ sender: { status: "no-address", reason: "from-missing" } });
    expect(verdict(signed(GOOD, none, differs)).sender).toBe("differs");
    expect(verdict(signed(GOOD, none)).sender).toBe("no-address");
    expect(verdict(signed(GOOD, { ...differs, integrity: UNSUPPORTED.integrity })).sender).toBe("matches");
    expect(verdict(signed({ ...differs, integrity: UNSUPPORTED.integrity })).sender).toBe("differs");
  });

  it("tells authenticated encryption only where all of it is", () => {
    expect(words(encrypted())).toBe("none unauthenticated none");
    expect(words(encrypted({ isAuthenticated: true }))).toBe("none authenticated none");
    expect(words(encrypted({ isAuthenticated: true }), encrypted())).toBe("none unauthenticated none");
  });

  it.each<EncryptionReason>(["decrypt.no-key", "decrypt.failed", "unknown-cipher", "unknown-key-management"])(
    "cannot decrypt, and knows no signature, with %s",
    (reason) => {
      expect(verdict(closed(reason))).toMatchObject({
        signature: "none",
        encryption: "cannot-decrypt",
        reasons: [reason],
      });
      expect(words(signed(GOOD), closed(reason))).toBe("none cannot-decrypt none");
      expect(words(closed(reason), signed(GOOD))).toBe("none cannot-decrypt none");
      expect(words(encrypted(), signed(GOOD), closed(reason))).toBe("none cannot-decrypt none");
    },
  );

  it("counts signatures inside the encryption only", () => {
    expect(words(encrypted(), signed(GOOD))).toBe("valid unauthenticated matches");
    expect(words(signed(INVALID), encrypted(), signed(GOOD))).toBe("valid unauthenticated matches");
    expect(words(signed(GOOD), encrypted(), signed(INVALID))).toBe("invalid unauthenticated matches");
    expect(words(encrypted(), signed(GOOD), encrypted())).toBe("none unauthenticated none");
    expect(verdict(signed(GOOD), encrypted()).reasons).toEqual(["signature-outside-encryption"]);
  });

  it("says each reason once, what is wrong before the notes", () => {
    const found = messageVerdict([signed(UNTRUSTED, UNTRUSTED)], {
      notes: ["headers-not-protected", "unknown-issuer"],
    });
    expect(found.reasons).toEqual(["unknown-issuer", "headers-not-protected"]);
  });
});
