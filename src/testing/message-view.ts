import { NO_CLAIMS } from "../engine/smime/signer-claims.ts";
import type { MessageVerdict, SignerVerdict } from "../engine/verdicts.ts";
import type { HeaderView, KnownView, LayerView, MessageView } from "../messages/answers.ts";

type EncryptionLayer = Extract<LayerView, { cipher: string }>;

const DATE = new Date("2026-03-01T12:00:00Z");

/** A signer of whom everything is good, withdrawal included. */
export function signerVerdict(change: Partial<SignerVerdict> = {}): SignerVerdict {
  return {
    subject: "CN=Ana Lima,O=Hospital",
    emails: ["ana@hospital.example"],
    issuer: "CN=Hospital CA,O=Hospital",
    serial: "0a1b",
    certificate: null,
    issuers: [],
    digest: "sha-256",
    signature: "rsa-pkcs1",
    signatureValue: new Uint8Array(),
    signingTime: DATE,
    integrity: { status: "valid" },
    path: { status: "trusted", path: ["CN=Ana Lima", "CN=Hospital CA"], reason: null },
    revocation: { status: "good" },
    sender: { status: "matches", reason: null },
    weaknesses: [],
    counterSignatures: [],
    claims: NO_CLAIMS,
    ...change,
  };
}

export const signedLayer = (...signers: SignerVerdict[]): LayerView => ({
  type: "multipart-signed",
  covers: { size: 10, sha256: "00" },
  signers,
  isMalformed: false,
});

export const encryptedLayer = (change: Partial<EncryptionLayer> = {}): EncryptionLayer => ({
  type: "enveloped-data",
  covers: { size: 100, sha256: "00" },
  cipher: "aes-256-cbc",
  recipient: { kind: "ktri", algorithm: "rsa-pkcs1", match: "issuer-serial" },
  recipients: ["CN=Hospital CA,O=Hospital #7f000a1b"],
  isAuthenticated: false,
  reasons: [],
  ...change,
});

export function headerView(change: Partial<HeaderView> = {}): HeaderView {
  return {
    from: [{ name: "Ana", address: "ana@hospital.example", nameShowsOtherAddress: false }],
    to: [],
    cc: [],
    subject: "Results",
    date: DATE,
    ...change,
  };
}

/** Of strangers nothing is known. */
export const knownView = (change: Partial<KnownView> = {}): KnownView => ({
  isOwnSignature: false,
  openedWith: null,
  recipients: [],
  keyHolder: null,
  imitated: null,
  verified: null,
  decidedAt: null,
  signedBefore: 0,
  ...change,
});

/** What the page gets for a message of these layers; nothing protected in its header, one text. */
export function messageView(
  verdict: Partial<MessageVerdict>,
  layers: readonly LayerView[],
  change: Partial<MessageView> = {},
): MessageView {
  return {
    verdict: { signature: "none", encryption: "none", sender: "none", reasons: [], ...verdict },
    layers,
    outer: headerView(),
    inner: null,
    parts: [
      {
        path: "1",
        type: "text/plain",
        name: null,
        size: 5,
        sha256: "00",
        covered: "none",
        role: "text",
        contentId: null,
      },
    ],
    nested: [],
    core: null,
    known: knownView(),
    ...change,
  };
}
