import {
  type EncryptionStatus,
  type LayerVerdict,
  type MessageVerdict,
  SIGNATURE_STATUSES,
  type SenderStatus,
  type SignatureStatus,
  type SignerVerdict,
} from "../verdicts.ts";

/** A signature layer's part of LayerVerdict. */
type SignatureLayerVerdict = Extract<LayerVerdict, { signers: readonly SignerVerdict[] }>;
type EncryptionLayerVerdict = Extract<LayerVerdict, { cipher: string }>;

/** What is known of the message beside its layers. */
export interface VerdictContext {
  /** Reasons about the message as a whole, most useful first. */
  readonly notes: readonly string[];
}

function isEncryption(layer: LayerVerdict): layer is EncryptionLayerVerdict {
  return "cipher" in layer;
}

function isSignature(layer: LayerVerdict): layer is SignatureLayerVerdict {
  return "signers" in layer;
}

/**
 * The one verdict on a message. Only signatures with no encryption inside them count: those at the root of a message
 * that is not encrypted, or directly inside the encryption (in a triple wrap the inner one). A signature around an
 * encryption tells who posted the ciphertext, not who wrote the text (RFC 9787 section 4.4, attack 64).
 */
export function messageVerdict(layers: readonly LayerVerdict[], { notes }: VerdictContext): MessageVerdict {
  const encryptions = layers.filter(isEncryption);
  const innermost = layers.findLastIndex(isEncryption);
  const counting = layers.slice(innermost + 1).filter(isSignature);
  const outside = layers.slice(0, Math.max(innermost, 0)).filter(isSignature);

  const encryption = encryptionStatus(encryptions);
  const { status, reasons } = signatureStatus(counting);
  const signature = encryption === "cannot-decrypt" ? "none" : status;
  const outsideNote = signature === "none" && outside.length > 0 ? ["signature-outside-encryption"] : [];
  return {
    signature,
    encryption,
    sender: signature === "none" ? "none" : senderStatus(counting),
    reasons: unique([...encryptionReasons(encryptions), ...reasons, ...outsideNote, ...notes]),
  };
}

function encryptionStatus(layers: readonly EncryptionLayerVerdict[]): EncryptionStatus {
  if (layers.length === 0) return "none";
  if (layers.some((layer) => layer.covered === null)) return "cannot-decrypt";
  return layers.every((layer) => layer.isAuthenticated) ? "authenticated" : "unauthenticated";
}

function encryptionReasons(layers: readonly EncryptionLayerVerdict[]): string[] {
  return layers.flatMap(({ reasons }) => reasons);
}

interface SignatureFinding {
  readonly status: SignatureStatus;
  readonly reasons: readonly string[];
}

/**
 * The status of the layers that count, all of which cover the whole message. Every SignerInfo in them that can be
 * checked must be valid and of the same address, else nobody could say who signed (attack 3); one of an unknown
 * algorithm beside others is noted and passed over, as RFC 5652 section 5.1 foresees for the change to new algorithms.
 * The worst of the others' statuses is the message's: a wrapping that fits does not mend what it wraps.
 */
function signatureStatus(counting: readonly SignatureLayerVerdict[]): SignatureFinding {
  if (counting.some(({ isMalformed }) => isMalformed)) return { status: "invalid", reasons: ["malformed-signature"] };
  const signers = counting.flatMap((layer) => layer.signers);
  if (counting.length === 0) return { status: "none", reasons: [] };
  // A layer that nobody signed says nothing, and what is inside it is not the whole message's (attack 4).
  if (counting.some((layer) => layer.signers.length === 0)) return { status: "none", reasons: ["no-signers"] };
  const checked = signers.filter(isChecked);
  if (checked.length === 0) return { status: "unsupported", reasons: signers.flatMap(signerReasons) };
  const extra = checked.length < signers.length ? ["additional-signature-not-checked"] : [];
  const ranked = checked.toSorted((a, b) => statusRank(a) - statusRank(b));
  const [worst] = ranked;
  const status = worst ? signerStatus(worst) : "none";
  const reasons = [...ranked.flatMap(signerReasons), ...extra];
  if (status !== "invalid" && !sameAddress(checked)) {
    return { status: "invalid", reasons: ["signers-differ", ...reasons] };
  }
  // A time stamp or a program that somebody signed is no word of theirs about this message (RFC 8551 section 2.4).
  if (status !== "invalid" && counting.some(({ foreignContent }) => foreignContent !== undefined)) {
    return { status: "unsupported", reasons: ["content-not-mail", ...reasons] };
  }
  return { status, reasons };
}

function isChecked({ integrity }: SignerVerdict): boolean {
  return integrity.status !== "unsupported";
}

function statusRank(signer: SignerVerdict): number {
  return SIGNATURE_STATUSES.indexOf(signerStatus(signer));
}

function signerStatus(signer: SignerVerdict): SignatureStatus {
  if (signer.integrity.status === "invalid") return "invalid";
  if (signer.integrity.status === "unsupported") return "unsupported";
  if (signer.revocation.status === "revoked") return "revoked";
  if (signer.path.status === "untrusted") return "untrusted";
  if (signer.weaknesses.length > 0) return "weak";
  return signer.revocation.status === "unknown" ? "valid-revocation-unknown" : "valid";
}

function signerReasons({ integrity, revocation, path, weaknesses, sender }: SignerVerdict): string[] {
  return [
    ...(integrity.status === "valid" ? [] : [integrity.reason]),
    ...(revocation.status === "revoked" || revocation.status === "unknown" ? [revocation.reason] : []),
    ...(path.reason === null ? [] : [path.reason]),
    ...weaknesses,
    ...(sender.reason === null ? [] : [sender.reason]),
  ];
}

/** Whether one address stands in every signer's certificate, or all are the same certificate. */
function sameAddress(signers: readonly SignerVerdict[]): boolean {
  const [first, ...others] = signers;
  if (!first) return true;
  const sameCertificate = others.every(({ issuer, serial }) => issuer === first.issuer && serial === first.serial);
  return sameCertificate || first.emails.some((email) => others.every(({ emails }) => emails.includes(email)));
}

/** The worst of the signers that give the status: one that nobody could check says nothing of the sender either. */
function senderStatus(counting: readonly SignatureLayerVerdict[]): SenderStatus {
  const signers = counting.flatMap((layer) => layer.signers);
  const checked = signers.filter(isChecked);
  const statuses = (checked.length > 0 ? checked : signers).map(({ sender }) => sender.status);
  return (["differs", "no-address", "matches"] as const).find((status) => statuses.includes(status)) ?? "none";
}

function unique(reasons: readonly string[]): readonly string[] {
  return [...new Set(reasons)];
}
