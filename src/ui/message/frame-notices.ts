import type { Failure } from "../../messages/answers.ts";
import type { RefusalReason } from "../../messages/content-requests.ts";
import { errorKeys } from "../error-words.ts";
import { formatPercent, formatSize } from "../i18n.tsx";
import { words, type Words } from "../words.ts";
import type { ClosedReason } from "./frame-state.ts";
import type { Notice } from "./state-banner.tsx";

function notice(
  id: "c4" | "c19" | "c20" | "c21" | "f1" | "f2" | "f3" | "f4" | "f7" | "f8" | "a26",
  icon: Notice["icon"],
  params: Words["params"] = {},
): Notice {
  return {
    id,
    tone: "neutral",
    icon,
    headline: words(`read_${id}_headline`, params),
    sentence: words(`read_${id}_sentence`, params),
  };
}

export const checking: Notice = notice("f1", "circle-dashed");

/** A message that is being opened, and how much of it has come out. Octets. */
export function opening({ size, received }: { readonly size: number; readonly received: number }): Notice {
  const percent = Math.min(1, received / Math.max(size, 1));
  return notice("f2", "lock", { percent: formatPercent(percent), size: formatSize(size) });
}

/** Why a message that a key fits is not opened. */
export const CLOSED: Readonly<Record<ClosedReason, Notice>> = {
  locked: notice("c4", "lock-keyhole"),
  declined: notice("c19", "lock-keyhole"),
  "by-setting": notice("c20", "lock"),
  "too-many": notice("c21", "lock"),
};

const REASONS: Readonly<Record<RefusalReason, string>> = {
  "signed-out": "source_signed_out",
  throttled: "source_throttled",
  "not-found": "source_not_found",
  unreachable: "source_unreachable",
  "too-large": "source_too_large",
  refused: "source_refused",
  "page-unknown": "source_refused",
  "page-encrypts": "source_refused",
};

/** The original could not be had from the webmail. */
export function sourceNotice(reason: RefusalReason): Notice {
  if (reason === "signed-out") return notice("f4", "circle-dashed");
  if (reason === "page-unknown") return notice("f7", "circle-dashed");
  return notice("f3", "circle-dashed", { reason: words(REASONS[reason]) });
}

/** What the design has a state of its own for; of storage and keys the words are those of every page of ours. */
export function failureNotice(failure: Failure): Notice {
  const { code } = failure;
  if (code.startsWith("limit.")) return notice("a26", "circle-dashed");
  const unknown = notice("f8", "circle-dashed", { code });
  if (code.startsWith("malformed.")) return { ...unknown, sentence: words("read_f8_sentence_damaged", { code }) };
  if (!/^(storage|vault|identity)\./.test(code)) return unknown;
  const { headline, sentence } = errorKeys(failure);
  return { ...unknown, headline: words(headline), sentence: words(sentence) };
}
