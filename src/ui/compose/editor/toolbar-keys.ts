/**
 * The place that a key leads to in a row of controls, of which one is a stop of Tab (ARIA toolbar pattern).
 *
 * @param isRightToLeft whether the row runs that way
 * @returns `null` for a key that means nothing here
 */
export function movedTo(key: string, from: number, count: number, isRightToLeft: boolean): number | null {
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const forward = isRightToLeft ? "ArrowLeft" : "ArrowRight";
  const back = isRightToLeft ? "ArrowRight" : "ArrowLeft";
  if (key === forward) return (from + 1) % count;
  if (key === back) return (from + count - 1) % count;
  return null;
}
