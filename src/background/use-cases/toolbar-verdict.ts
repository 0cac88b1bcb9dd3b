import type { ShownVerdict } from "../../messages/page-answers.ts";

/** What the toolbar button of a tab says: the one place that no page can draw (`ux.md` 4.4). */
export interface ToolbarVerdict {
  /** `null` is the button's own title. */
  readonly title: string | null;
  /** One character, since a badge has room for no more; a shape and not a colour. */
  readonly badge: string;
}

const RANK = ["positive", "neutral", "caution", "alarm"] as const;
const BADGES: Readonly<Record<ShownVerdict["tone"], string>> = { positive: "✓", neutral: "", caution: "!", alarm: "‼" };

/** Longer ones are cut by browsers. */
const MAX_TITLES = 8;

/** The verdicts on all messages of a tab; its badge is the worst of them. */
export function toolbarVerdict(verdicts: readonly ShownVerdict[]): ToolbarVerdict {
  if (verdicts.length === 0) return { title: null, badge: "" };
  const worst = Math.max(...verdicts.map(({ tone }) => RANK.indexOf(tone)));
  return {
    title: verdicts
      .slice(-MAX_TITLES)
      .map(({ title }) => title)
      .join("\n"),
    badge: BADGES[RANK[worst] ?? "neutral"],
  };
}
