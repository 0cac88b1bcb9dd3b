import type { RecipientState, RecipientStatus } from "../../../messages/secure-form.ts";
import type { IconName } from "../../components/icon-shapes.ts";
import { shortName } from "../../components/short-name.ts";
import type { Tone } from "../../message/banner-rows.ts";
import { words, type Words } from "../../words.ts";

/** What stands at a recipient: the certificate's state, or that it is being looked up (R4). */
export type ShownStatus = RecipientStatus | "looking-up";

interface Row {
  /** Of ux.md, table 2B; `y` is beside it. */
  readonly id: string;
  readonly tone: Extract<Tone, "neutral" | "caution">;
  readonly icon: IconName;
  /** Whether words stand in the chip beside the address. */
  readonly hasWords: boolean;
}

export const RECIPIENT_ROWS: Readonly<Record<ShownStatus, Row>> = {
  ready: { id: "r1", tone: "neutral", icon: "check", hasWords: false },
  "ends-soon": { id: "r2", tone: "neutral", icon: "hourglass", hasWords: true },
  "looking-up": { id: "r4", tone: "neutral", icon: "circle-dashed", hasWords: true },
  none: { id: "r5", tone: "caution", icon: "circle-slash", hasWords: true },
  ended: { id: "r6", tone: "caution", icon: "clock-alert", hasWords: true },
  "not-yet-valid": { id: "y1", tone: "caution", icon: "clock-alert", hasWords: true },
  untrusted: { id: "r8", tone: "caution", icon: "badge-question-mark", hasWords: true },
  "wrong-purpose": { id: "r9", tone: "caution", icon: "badge-alert", hasWords: true },
  weak: { id: "r10", tone: "caution", icon: "badge-alert", hasWords: true },
  "replacement-waits": { id: "r11", tone: "caution", icon: "id-card", hasWords: true },
  several: { id: "r12", tone: "neutral", icon: "id-card", hasWords: true },
  own: { id: "r18", tone: "neutral", icon: "user-round-check", hasWords: true },
  "not-an-address": { id: "r19", tone: "caution", icon: "circle-x", hasWords: true },
};

const DAY_MS = 86_400_000;

/** What may stand in the words of a state. */
function params(status: ShownStatus, state: RecipientState | null, text: string, now: Date): Words["params"] {
  const certificate = state?.certificate ?? null;
  const left =
    certificate === null ? 0 : Math.max(0, Math.ceil((certificate.notAfter.getTime() - now.getTime()) / DAY_MS));
  return {
    text,
    ...(status === "ends-soon" ? { n: left } : {}),
    ...(status === "several" ? { n: state?.choices.length ?? 0 } : {}),
    date: (status === "not-yet-valid" ? certificate?.notBefore : certificate?.notAfter) ?? new Date(Number.NaN),
    issuer: shortName(certificate?.issuer ?? null),
    key: state?.key ?? "",
    source: words(`recipient_source_${(state?.source ?? "none").replace("-", "_")}`),
  };
}

export interface RecipientWords {
  /** Beside the address in the chip; `null` where the address says it all. */
  readonly chip: Words | null;
  /** For screen readers, and as the heading of the details. */
  readonly state: Words;
  readonly sentence: Words;
}

export function recipientWords(
  status: ShownStatus,
  state: RecipientState | null,
  text: string,
  now: Date,
): RecipientWords {
  const { id, hasWords } = RECIPIENT_ROWS[status];
  const values = params(status, state, text, now);
  const said = words(`recipient_${id}_state`, values);
  return { chip: hasWords ? said : null, state: said, sentence: words(`recipient_${id}_sentence`, values) };
}
