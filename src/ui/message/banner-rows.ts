import type { IconName } from "../components/icon-shapes.ts";

/** From best to worst. Only `positive` says that author and content are confirmed. */
export const TONES = ["positive", "neutral", "caution", "alarm"] as const;
export type Tone = (typeof TONES)[number];

export interface Row {
  readonly tone: Tone;
  readonly icons: readonly IconName[];
  /** The one thing that the reader can do about it, where this page can do it. */
  readonly action: "import-key" | "review-issuer" | "check-sender" | null;
}

const row = (tone: Tone, icons: readonly IconName[], action: Row["action"] = null): Row => ({ tone, icons, action });

/**
 * The states of reading that this build can reach, by the ids of the design (`ux.md` section 1). The words of a row are
 * `read_<id>_headline` and `read_<id>_sentence` in `public/_locales`.
 */
export const ROWS = {
  a1: row("positive", ["badge-check"]),
  a4: row("neutral", ["badge-minus"]),
  a5: row("neutral", ["badge-minus"]),
  a7: row("neutral", ["badge-minus"]),
  a8: row("caution", ["badge-question-mark"], "review-issuer"),
  a10: row("caution", ["badge-question-mark"]),
  a11: row("caution", ["badge-question-mark"]),
  a12: row("caution", ["badge-alert"]),
  a13: row("caution", ["badge-alert"]),
  a14: row("caution", ["clock-alert"]),
  a15: row("caution", ["clock-alert"]),
  a16: row("alarm", ["badge-x"], "check-sender"),
  a18: row("alarm", ["badge-x"], "check-sender"),
  a22: row("neutral", ["badge-x"], "check-sender"),
  a23: row("neutral", ["badge-x"], "check-sender"),
  a24: row("neutral", ["badge-x"]),
  a25: row("neutral", ["circle-dashed"]),
  a26: row("neutral", ["circle-dashed"]),
  a27: row("neutral", ["mail"]),
  a29: row("neutral", ["circle-slash"]),
  /** Not in the design: the certificate of the signer is missing, so that nothing can be checked. */
  a32: row("neutral", ["circle-dashed"]),
  /** Not in the design: a signature file by itself. */
  a33: row("neutral", ["circle-dashed"]),
  b1: row("positive", ["lock", "badge-check"]),
  b3: row("neutral", ["lock", "badge-minus"]),
  b4: row("caution", ["lock", "badge-question-mark"], "review-issuer"),
  b5: row("caution", ["lock", "badge-alert"]),
  b6: row("alarm", ["lock", "badge-x"], "check-sender"),
  b7: row("alarm", ["lock", "badge-x"], "check-sender"),
  b8: row("neutral", ["lock"]),
  b9: row("neutral", ["lock"]),
  b10: row("caution", ["lock", "triangle-alert"], "check-sender"),
  b11: row("neutral", ["lock", "circle-dashed"]),
  b12: row("neutral", ["lock"]),
  b13: row("positive", ["lock", "badge-check"]),
  b14: row("caution", ["lock", "badge-alert"]),
  c1: row("neutral", ["key-round"], "import-key"),
  c13: row("caution", ["file-x"]),
  c14: row("neutral", ["file-question-mark"]),
  d2: row("caution", ["badge-alert", "user-round-x"]),
  d3: row("caution", ["badge-alert"]),
  d7: row("caution", ["badge-question-mark"]),
  d9: row("caution", ["badge-alert"]),
  d10: row("caution", ["badge-alert"]),
  d11: row("caution", ["badge-alert"]),
  d12: row("caution", ["badge-alert"]),
  /** The verdict and its layers do not agree: nothing is claimed. */
  f8: row("neutral", ["circle-dashed"]),
} as const satisfies Record<string, Row>;

export type RowId = keyof typeof ROWS;
