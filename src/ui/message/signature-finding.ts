import type { MessageVerdict, SignerVerdict, UntrustedReason } from "../../engine/verdicts.ts";
import type { LayerView } from "../../messages/answers.ts";

/** What is to be said of the signature, in one word. The sender is compared after that. */
export type Finding =
  | "good"
  | "trusted-by-you"
  /** Ended since, and verified here before that. */
  | "good-then"
  | "ended-since"
  | "withdrawal-unknown"
  | "withdrawal-not-checked"
  | "two-texts"
  | "changed"
  | "misfit"
  | "signers-differ"
  | "one-of-several"
  | "withdrawn"
  | "withdrawn-later"
  /** Withdrawn later, and verified here before that. */
  | "withdrawn-after"
  | "key-stolen"
  | "distrusted"
  | "unknown-issuer"
  | "self-made"
  | "not-allowed"
  | "weak"
  | "ended"
  | "early"
  | "unknown-method"
  | "too-complex"
  | "certificate-missing"
  | "content-missing"
  | "certificates-only"
  | "outer-only"
  | "none"
  /** The verdict says more than its layers bear. */
  | "inconsistent";

export interface SignatureFinding {
  readonly finding: Finding;
  /** The signer that the finding is about. */
  readonly signer: SignerVerdict | null;
}

/** Findings of a signature that fits and whose author is vouched for, so that the sender may be compared. */
export const CONFIRMED: ReadonlySet<Finding> = new Set<Finding>([
  "good",
  "trusted-by-you",
  "good-then",
  "ended-since",
  "withdrawal-unknown",
  "withdrawal-not-checked",
]);

const UNTRUSTED: Record<UntrustedReason, Finding> = {
  "revocation-unknown": "withdrawal-unknown",
  "anchor-distrusted": "distrusted",
  "expired-at-signing": "ended",
  "not-yet-valid-at-signing": "early",
  "purpose-not-allowed": "not-allowed",
  "key-usage-not-allowed": "not-allowed",
  "name-constraint-violated": "not-allowed",
  "no-valid-policy": "not-allowed",
  "any-policy-mapped": "not-allowed",
  "path-too-long": "not-allowed",
  "issuer-not-a-ca": "not-allowed",
  "unknown-critical-extension": "not-allowed",
  "malformed-extension": "not-allowed",
  "weak-key": "weak",
  "weak-signature-algorithm": "weak",
  "unsupported-signature-algorithm": "unknown-issuer",
  "wrong-issuer-key": "unknown-issuer",
  "self-signed": "self-made",
  "unknown-issuer": "unknown-issuer",
  "signer-certificate-missing": "certificate-missing",
  "path-budget-exhausted": "unknown-issuer",
};

type SignatureLayer = Extract<LayerView, { signers: unknown }>;
export type EncryptionLayer = Extract<LayerView, { cipher: string }>;

export const isEncryption = (layer: LayerView): layer is EncryptionLayer => "cipher" in layer;
const isSignature = (layer: LayerView): layer is SignatureLayer => "signers" in layer;

/** The signatures that may speak for the message, outermost first: none outside an encryption (invariant 3). */
function countedLayers(layers: readonly LayerView[]): readonly SignatureLayer[] {
  return layers.slice(layers.findLastIndex(isEncryption) + 1).filter(isSignature);
}

/** The signers that give the message its status. One of an unknown method beside others is passed over (RFC 5652 5.1). */
export function countedSigners(layers: readonly LayerView[]): readonly SignerVerdict[] {
  const signers = countedLayers(layers).flatMap((layer) => layer.signers);
  const judged = signers.filter(({ integrity }) => integrity.status !== "unsupported");
  return judged.length > 0 ? judged : signers;
}

/** The signers around the innermost encryption; empty where nothing is encrypted. */
export function outerSigners(layers: readonly LayerView[]): readonly SignerVerdict[] {
  return layers
    .slice(0, Math.max(0, layers.findLastIndex(isEncryption)))
    .filter(isSignature)
    .flatMap(({ signers }) => signers);
}

/** Everything that a signature needs but the sender and the withdrawal lists. */
export const isConfirmed = (signer: SignerVerdict): boolean =>
  signer.integrity.status === "valid" && signer.path.status === "trusted" && signer.weaknesses.length === 0;

/** A person vouches for it, so that there is no issuer who could withdraw it. */
const isByPerson = ({ path, revocation }: SignerVerdict): boolean =>
  path.status === "trusted" &&
  path.by === "person" &&
  revocation.status === "not-checked" &&
  revocation.reason === "trusted-itself";

function invalid(layers: readonly LayerView[], reasons: readonly string[]): SignatureFinding {
  const signers = countedLayers(layers).flatMap((layer) => layer.signers);
  const signer = signers.find(({ integrity }) => integrity.status === "invalid") ?? signers[0] ?? null;
  const reason = signer?.integrity.status === "invalid" ? signer.integrity.reason : null;
  if (reason === "two-contents" || reason === "content-is-signed-attributes") return { finding: "two-texts", signer };
  if (reasons.includes("signers-differ")) return { finding: "signers-differ", signer };
  if (signers.some(({ integrity }) => integrity.status === "valid")) return { finding: "one-of-several", signer };
  return { finding: reason === "content-changed" ? "changed" : "misfit", signer };
}

function unsupported(signers: readonly SignerVerdict[], reasons: readonly string[]): SignatureFinding {
  const signer = signers.find(({ integrity }) => integrity.status === "unsupported") ?? null;
  const reason = signer?.integrity.status === "unsupported" ? signer.integrity.reason : reasons[0];
  if (reason === "signer-certificate-missing") return { finding: "certificate-missing", signer };
  if (reason === "content-missing") return { finding: "content-missing", signer };
  return { finding: reason === "limit-exceeded" ? "too-complex" : "unknown-method", signer };
}

function untrusted(signers: readonly SignerVerdict[]): SignatureFinding {
  const signer = signers.find(({ path }) => path.status === "untrusted") ?? null;
  const finding = signer?.path.status === "untrusted" ? UNTRUSTED[signer.path.reason] : "unknown-issuer";
  return { finding, signer };
}

function confirmed(layers: readonly LayerView[]): SignatureFinding {
  const signers = countedSigners(layers);
  const [signer = null] = signers;
  const isBroken = countedLayers(layers).some((layer) => layer.isMalformed || layer.signers.length === 0);
  if (signer === null || isBroken || !signers.every(isConfirmed)) return { finding: "inconsistent", signer };
  const of = (test: (candidate: SignerVerdict) => boolean, finding: Finding): SignatureFinding | null => {
    const found = signers.find(test);
    return found ? { finding, signer: found } : null;
  };
  return (
    of(({ revocation }) => revocation.status === "revoked", "withdrawn") ??
    of(({ path }) => path.status === "trusted" && path.reason === "expired-since", "ended-since") ??
    of(({ revocation }) => revocation.status === "unknown", "withdrawal-unknown") ??
    of((one) => one.revocation.status === "not-checked" && !isByPerson(one), "withdrawal-not-checked") ??
    of(isByPerson, "trusted-by-you") ?? { finding: "good", signer }
  );
}

/** What became of the certificate: of a stolen key no signature counts, whenever it names itself made. */
function withdrawn(signers: readonly SignerVerdict[]): SignatureFinding {
  const revoked = signers.filter(({ revocation }) => revocation.status === "revoked");
  const reasonOf = ({ revocation }: SignerVerdict): string =>
    revocation.status === "revoked" ? revocation.reason : "";
  const stolen = revoked.find((signer) => reasonOf(signer) === "keyCompromise");
  if (stolen !== undefined) return { finding: "key-stolen", signer: stolen };
  const before = revoked.find((signer) => !reasonOf(signer).endsWith("-after-signing"));
  const [first = signers[0] ?? null] = revoked;
  if (before !== undefined || first === null) return { finding: "withdrawn", signer: before ?? first };
  return { finding: "withdrawn-later", signer: first };
}

function absent(layers: readonly LayerView[]): Finding {
  if (outerSigners(layers).length > 0) return "outer-only";
  return countedLayers(layers).length > 0 ? "certificates-only" : "none";
}

/** What the verdict says of the signature; never more than its layers bear. */
export function findSignature(verdict: MessageVerdict, layers: readonly LayerView[]): SignatureFinding {
  const signers = countedSigners(layers);
  switch (verdict.signature) {
    case "invalid":
      return invalid(layers, verdict.reasons);
    case "revoked":
      return withdrawn(signers);
    case "untrusted":
      return untrusted(signers);
    case "weak":
      return { finding: "weak", signer: signers.find((s) => s.weaknesses.length > 0) ?? signers[0] ?? null };
    case "unsupported":
      return unsupported(signers, verdict.reasons);
    case "none":
      return { finding: absent(layers), signer: null };
    case "valid-revocation-unknown":
    case "valid":
      return confirmed(layers);
  }
}
