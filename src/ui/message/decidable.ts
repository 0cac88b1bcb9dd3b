import type { MessageView } from "../../messages/answers.ts";
import { CONFIRMED, countedSigners, findSignature } from "./signature-finding.ts";

/** What a person can decide of a message's signer. */
export interface Decidable {
  /** To vouch where nobody does, or to link a certificate that an issuer vouches for with another address. */
  readonly kind: "trust" | "link";
  /** DER. */
  readonly certificate: Uint8Array;
  /** The one that the message is from. */
  readonly address: string;
}

/** The one sender, where the message names the same outside and under its signature. */
function onlySender({ inner, outer }: MessageView): string | null {
  const senders = [...outer.from, ...(inner?.from ?? [])].map(({ address }) => address);
  const [first = null, ...others] = senders;
  return outer.from.length === 1 && others.every((address) => address === first) ? first : null;
}

/**
 * What there is to decide, of one signer and one sender; `null` for nothing. A signature that fits, by a certificate
 * whose only fault is that nobody vouches for it, can be trusted; one that is confirmed, of another address, be linked.
 */
export function decidable(view: MessageView): Decidable | null {
  const { finding } = findSignature(view.verdict, view.layers);
  const [signer, ...others] = countedSigners(view.layers);
  const address = onlySender(view);
  if (signer?.certificate == null || others.length > 0 || address === null) return null;
  const { certificate, integrity, path, sender, weaknesses } = signer;
  if (integrity.status !== "valid" || weaknesses.length > 0) return null;
  if (path.status === "untrusted") {
    const isUnknown = path.reason === "unknown-issuer" || path.reason === "self-signed";
    return isUnknown && sender.status === "matches" ? { kind: "trust", certificate, address } : null;
  }
  const isOther =
    (sender.status === "differs" && (sender.reason === "other-address" || sender.reason === "only-sender-matches")) ||
    (sender.status === "no-address" && sender.reason === "certificate-has-no-address");
  return isOther && CONFIRMED.has(finding) ? { kind: "link", certificate, address } : null;
}
