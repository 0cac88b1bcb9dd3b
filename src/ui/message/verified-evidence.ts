import type { SignerVerdict } from "../../engine/verdicts.ts";
import type { MessageView } from "../../messages/answers.ts";
import { countedSigners, isConfirmed, type SignatureFinding } from "./signature-finding.ts";

const hasEnded = ({ path }: SignerVerdict): boolean => path.status === "trusted" && path.reason === "expired-since";

const isPersons = ({ path }: SignerVerdict): boolean => path.status === "trusted" && path.by === "person";

/** What an ended certificate is worth that was verified here before it ended. */
function endedSince(found: SignatureFinding, { layers, known }: MessageView): SignatureFinding {
  const signers = countedSigners(layers);
  // Whoever vouches in an issuer's place vouches for today.
  if (known.verified === null || signers.some(isPersons)) return found;
  const isGood =
    known.verified.wasInForce && signers.every((signer) => hasEnded(signer) || signer.revocation.status === "good");
  return { ...found, finding: isGood ? "good-then" : "withdrawal-not-checked" };
}

/** What a certificate is worth that was withdrawn after the signature had been verified here. */
function withdrawnLater(found: SignatureFinding, { layers, known, verdict }: MessageView): SignatureFinding {
  const signers = countedSigners(layers);
  const isSealed = signers.every(
    ({ revocation }) =>
      revocation.status !== "revoked" || (known.verified !== null && known.verified.at < revocation.at),
  );
  const isSender = verdict.sender === "matches" && signers.every(({ sender }) => sender.status === "matches");
  return isSealed && isSender && signers.every(isConfirmed) ? { ...found, finding: "withdrawn-after" } : found;
}

/**
 * The finding with what was seen here before (`ux.md` A3, A20). The signer's own date is no evidence: whoever has an old
 * key writes any date.
 */
export function withEvidence(found: SignatureFinding, view: MessageView): SignatureFinding {
  if (found.finding === "ended-since") return endedSince(found, view);
  return found.finding === "withdrawn-later" ? withdrawnLater(found, view) : found;
}
