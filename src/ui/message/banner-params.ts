import type { MessageView } from "../../messages/answers.ts";
import { shortName } from "../components/short-name.ts";
import { words, type Words } from "../words.ts";
import type { ChosenRow } from "./choose-row.ts";
import { missingKey } from "./missing-key.ts";
import { addressOf, signerAddress } from "./shown-address.ts";
import {
  countedSigners,
  isEncryption,
  outerSigners,
  type Finding,
  type SignatureFinding,
} from "./signature-finding.ts";

/** In half a sentence what a broken signature is broken by. */
const BREAKS: Partial<Record<Finding, string>> = {
  changed: "break_changed",
  "one-of-several": "break_one_of_several",
  "signers-differ": "break_signers_differ",
};

/** Why a certificate was withdrawn that was good before (RFC 5280 section 5.3.1). */
const WITHDRAWN_FOR: Readonly<Record<string, string>> = {
  "affiliationChanged-after-signing": "revoked_affiliation",
  "superseded-after-signing": "revoked_superseded",
  "cessationOfOperation-after-signing": "revoked_cessation",
};

/** What a row counts: signatures, recipients beside oneself, recipients, signed messages before. */
function countOf({ id }: ChosenRow, { layers, known }: MessageView): number {
  const recipients = layers.findLast(isEncryption)?.recipients.length ?? 0;
  if (id === "b15") return Math.max(recipients - 1, 0);
  if (id === "c3") return recipients;
  return id === "a28" ? known.signedBefore : countedSigners(layers).length;
}

/** The date of a row: of a person's decision, of the end of an own certificate, else of the signature. */
function dateOf({ id }: ChosenRow, { known }: MessageView, signer: SignatureFinding["signer"]): Date | null {
  if (id === "a2" || id === "b2" || id === "d4") return known.decidedAt;
  if (known.keyHolder?.kind === "self") return known.keyHolder.endsAt;
  return signer?.signingTime ?? null;
}

/** What stands in the placeholders of a row's headline and sentence. */
export function paramsOf(view: MessageView, { signer, finding }: SignatureFinding, row: ChosenRow): Words["params"] {
  if (row.id === "c1") return missingKey(view).params;
  const { layers, inner, outer, known } = view;
  const { from } = inner ?? outer;
  // Whoever usually signs is known by the address in From: nobody has signed this one.
  const address = row.id === "a28" || row.id === "a31" ? addressOf(from[0]) : signerAddress(signer, from);
  const cipher = layers.map((layer) => ("cipher" in layer ? layer.cipher : null)).find((name) => name !== null);
  const names = countedSigners(layers);
  const wrapped = outerSigners(layers)[0] ?? null;
  const rule = signer?.path.status === "untrusted" ? signer.path.reason : "purpose-not-allowed";
  return {
    address,
    signer: address,
    name: shortName(signer?.subject ?? null),
    from: addressOf(from[0]),
    list: from.map(addressOf).join(", "),
    inner: addressOf(inner?.from[0]),
    outer: addressOf(outer.from[0]),
    fake: from.find((sender) => sender.nameShowsOtherAddress)?.name ?? "",
    other: signerAddress(wrapped, from),
    issuer: shortName(
      signer?.path.status === "untrusted" && signer.path.reason === "unknown-issuer" && signer.path.certificate !== null
        ? signer.path.certificate
        : (signer?.issuer ?? null),
    ),
    date: dateOf(row, view, signer) ?? words("date_unknown"),
    withdrawn: signer?.revocation.status === "revoked" ? signer.revocation.at : words("date_unknown"),
    why: words(
      WITHDRAWN_FOR[signer?.revocation.status === "revoked" ? signer.revocation.reason : ""] ?? "revoked_other",
    ),
    code: "verdict.inconsistent",
    reason: words(BREAKS[finding] ?? "break_misfit"),
    a: addressOf(from[0]),
    b: from.slice(1).map(addressOf).join(", "),
    contact: known.imitated?.contact ?? "",
    plain: known.imitated?.plain ?? "",
    difference: words(difference(signer?.emails ?? [], from.map(addressOf))),
    algorithm: signer ? `${signer.signature}, ${signer.digest}` : (cipher ?? ""),
    rule: words(`rule_${rule.replaceAll("-", "_")}`),
    n: countOf(row, view),
    good: signerAddress(names.find(({ integrity }) => integrity.status === "valid") ?? null, from),
    bad: signerAddress(names.find(({ integrity }) => integrity.status !== "valid") ?? null, from),
  };
}

/** How two writings of what may be one mailbox differ. */
function difference(certified: readonly string[], senders: readonly string[]): string {
  const isTagged = [...certified, ...senders].some((address) => address.includes("+"));
  return isTagged ? "difference_tag" : "difference_capitals";
}
