import type { SignerVerdict } from "../../engine/verdicts.ts";
import type { MessageView } from "../../messages/answers.ts";
import { signerAddress } from "./shown-address.ts";
import { shortName } from "../components/short-name.ts";
import { countedSigners, isEncryption } from "./signature-finding.ts";
import { words, type Words } from "../words.ts";

/** A question of the details panel with its answer, in the fixed order of the design (`ux.md` 1H). */
export interface Answered {
  readonly question: string;
  readonly answers: readonly Words[];
}

type Signers = readonly SignerVerdict[];

function who(view: MessageView, signers: Signers): readonly Words[] {
  if (signers.length === 0) return [words("details_who_nobody")];
  const { from } = view.inner ?? view.outer;
  return signers.map((signer) =>
    words("details_who_answer", { address: signerAddress(signer, from), name: shortName(signer.subject) }),
  );
}

const SAME_SENDER = {
  exact: "details_sender_yes",
  "local-part-case": "details_sender_case",
  linked: "details_sender_linked",
} as const;

function isSender(view: MessageView, signers: Signers): readonly Words[] {
  const { from } = view.inner ?? view.outer;
  return signers.length === 0
    ? [words("details_nothing_to_compare")]
    : signers.map((signer) => {
        const params = {
          from: from.map(({ address }) => address ?? "?").join(", "),
          signer: signerAddress(signer, from),
        };
        if (signer.sender.status === "differs") return words("details_sender_no", params);
        if (signer.sender.status === "no-address") return words("details_sender_no_address");
        return words(SAME_SENDER[signer.sender.reason ?? "exact"], params);
      });
}

function wasChanged(view: MessageView, signers: Signers): Words {
  if (signers.some(({ integrity }) => integrity.status === "invalid")) return words("details_changed_yes");
  if (signers.some(({ integrity }) => integrity.status === "valid")) return words("details_changed_no");
  return words(
    view.verdict.encryption === "authenticated" ? "details_changed_no_authenticated" : "details_changed_unknown",
  );
}

function issuer({ path, issuer: name }: SignerVerdict): Words {
  if (path.status === "trusted" && path.by === "person") return words("details_issuer_you");
  return path.status === "trusted"
    ? words("details_issuer_path", { path: path.path.map(shortName).join(" → ") })
    : words("details_issuer_nobody", { issuer: shortName(name) });
}

function force({ path, revocation }: SignerVerdict): Words {
  if (revocation.status === "revoked") return words("details_force_withdrawn", { date: revocation.at });
  const isOutOfTime = path.reason === "expired-at-signing" || path.reason === "not-yet-valid-at-signing";
  if (isOutOfTime) return words("details_force_no");
  if (path.reason === "expired-since") return words("details_force_ended");
  if (path.status === "trusted" && path.by === "person") return words("details_force_you");
  if (revocation.status === "good") return words("details_force_good");
  return words(revocation.status === "unknown" ? "details_force_unknown" : "details_force_unchecked");
}

/** No key opens the innermost encryption, and a password does or would. */
function isForPasswordOnly(layers: MessageView["layers"]): boolean {
  const innermost = layers.findLast(isEncryption);
  if (innermost === undefined || innermost.recipients.length > 0) return false;
  return innermost.recipient?.kind === "pwri" || innermost.reasons.includes("needs-password");
}

function readers({ layers, verdict }: MessageView): Words {
  if (!layers.some(isEncryption)) return words("details_readers_everybody");
  if (isForPasswordOnly(layers)) return words("details_readers_password");
  return words(verdict.encryption === "cannot-decrypt" ? "details_readers_others" : "details_readers_recipients");
}

function uncovered({ parts, inner }: MessageView, signers: Signers): Words {
  if (!signers.some(({ integrity }) => integrity.status === "valid")) return words("details_uncovered_all");
  const outside = parts.filter(({ covered }) => !covered.startsWith("signed"));
  if (outside.length > 0) {
    return words("details_uncovered_parts", { list: outside.map(({ name, type }) => name ?? type).join(", ") });
  }
  return words(inner ? "details_uncovered_nothing" : "details_uncovered_headers");
}

/** The seven questions. */
export function answersOf(view: MessageView): readonly Answered[] {
  const signers = countedSigners(view.layers);
  const each = (answer: (signer: SignerVerdict) => Words): readonly Words[] =>
    signers.length === 0 ? [words("details_nothing_to_compare")] : signers.map(answer);
  return [
    { question: "details_who", answers: who(view, signers) },
    { question: "details_sender", answers: isSender(view, signers) },
    { question: "details_changed", answers: [wasChanged(view, signers)] },
    { question: "details_issuer", answers: each(issuer) },
    { question: "details_force", answers: each(force) },
    { question: "details_readers", answers: [readers(view)] },
    { question: "details_uncovered", answers: [uncovered(view, signers)] },
  ];
}
