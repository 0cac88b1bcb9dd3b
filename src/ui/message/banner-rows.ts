import type { IconName } from "../components/icon-shapes.ts";

/** From best to worst. Only `positive` says that author and content are confirmed. */
export const TONES = ["positive", "neutral", "caution", "alarm"] as const;
export type Tone = (typeof TONES)[number];

/** What a banner offers beside its details. The label is `action_<name>`. */
export type RowAction =
  | "import-key"
  | "import-backup"
  | "review-issuer"
  | "check-again"
  | "check-sender"
  | "tell-sender"
  | "ask-again"
  | "ask-sender"
  | "compare-code"
  | "compare-addresses"
  | "show-characters"
  | "show-signed"
  | "show-recipients"
  | "manage-trust"
  | "manage-links"
  | "link-person"
  | "review-certificates"
  | "type-password"
  | "save-original";

export interface Row {
  readonly tone: Tone;
  readonly icons: readonly IconName[];
  /** The one thing that the reader can do about it, where this page can do it. */
  readonly action: RowAction | null;
}

const row = (tone: Tone, icons: readonly IconName[], action: Row["action"] = null): Row => ({ tone, icons, action });

/**
 * The states of reading that this build can reach, by the ids of the design (`ux.md` section 1). The words of a row are
 * `read_<id>_headline` and `read_<id>_sentence` in `public/_locales`.
 */
export const ROWS = {
  a1: row("positive", ["badge-check"]),
  a2: row("positive", ["badge-check"], "manage-trust"),
  a3: row("positive", ["badge-check"]),
  a4: row("neutral", ["badge-minus"]),
  a5: row("neutral", ["badge-minus"], "check-again"),
  a7: row("neutral", ["badge-minus"]),
  a8: row("caution", ["badge-question-mark"], "review-issuer"),
  a10: row("caution", ["badge-question-mark"], "compare-code"),
  a11: row("caution", ["badge-question-mark"]),
  a12: row("caution", ["badge-alert"]),
  a13: row("caution", ["badge-alert"], "tell-sender"),
  a14: row("caution", ["clock-alert"], "tell-sender"),
  a15: row("caution", ["clock-alert"]),
  a16: row("alarm", ["badge-x"], "check-sender"),
  a17: row("alarm", ["badge-x"], "show-signed"),
  a18: row("alarm", ["badge-x"], "check-sender"),
  a19: row("alarm", ["badge-x"], "check-sender"),
  a20: row("neutral", ["badge-minus"]),
  a21: row("caution", ["badge-alert"], "check-sender"),
  a22: row("neutral", ["badge-x"], "check-sender"),
  a23: row("neutral", ["badge-x"], "check-sender"),
  a24: row("neutral", ["badge-x"]),
  a25: row("neutral", ["circle-dashed"]),
  a26: row("neutral", ["circle-dashed"], "save-original"),
  a27: row("neutral", ["mail"], "review-certificates"),
  a28: row("caution", ["circle-slash"], "check-sender"),
  a29: row("neutral", ["circle-slash"]),
  a31: row("caution", ["badge-x"], "check-sender"),
  /** Not in the design: the certificate of the signer is missing, so that nothing can be checked. */
  a32: row("neutral", ["circle-dashed"]),
  /** Not in the design: a signature file by itself. */
  a33: row("neutral", ["circle-dashed"]),
  b1: row("positive", ["lock", "badge-check"]),
  b2: row("positive", ["lock", "badge-check"], "manage-trust"),
  b3: row("neutral", ["lock", "badge-minus"], "check-again"),
  b4: row("caution", ["lock", "badge-question-mark"], "review-issuer"),
  b5: row("caution", ["lock", "badge-alert"], "tell-sender"),
  b6: row("alarm", ["lock", "badge-x"], "check-sender"),
  b7: row("alarm", ["lock", "badge-x"], "check-sender"),
  b8: row("neutral", ["lock"]),
  b9: row("neutral", ["lock"]),
  b10: row("caution", ["lock", "triangle-alert"], "check-sender"),
  b11: row("neutral", ["lock", "circle-dashed"]),
  b12: row("neutral", ["lock"]),
  b13: row("positive", ["lock", "badge-check"]),
  b14: row("caution", ["lock", "badge-alert"]),
  b15: row("positive", ["lock", "badge-check"], "show-recipients"),
  c1: row("neutral", ["key-round"], "import-key"),
  c2: row("neutral", ["key-round"], "import-backup"),
  c3: row("neutral", ["users-round"], "ask-sender"),
  c13: row("caution", ["file-x"], "ask-again"),
  c14: row("neutral", ["file-question-mark"], "save-original"),
  c15: row("neutral", ["lock-keyhole"], "type-password"),
  d2: row("caution", ["badge-alert", "user-round-x"], "compare-addresses"),
  d3: row("caution", ["badge-alert"], "compare-addresses"),
  d4: row("positive", ["badge-check"], "manage-links"),
  d5: row("caution", ["badge-alert"], "compare-addresses"),
  d6: row("alarm", ["user-round-x"], "show-characters"),
  d7: row("caution", ["badge-question-mark"], "link-person"),
  d8: row("positive", ["badge-check"]),
  d9: row("caution", ["badge-alert"], "compare-addresses"),
  d10: row("caution", ["badge-alert"]),
  d11: row("caution", ["badge-alert"], "compare-addresses"),
  d12: row("caution", ["badge-alert"], "compare-addresses"),
  /** The verdict and its layers do not agree: nothing is claimed. */
  f8: row("neutral", ["circle-dashed"]),
} as const satisfies Record<string, Row>;

export type RowId = keyof typeof ROWS;
