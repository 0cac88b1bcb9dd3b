/** IntersectionObserver v2, which TypeScript's DOM library does not declare: whether an element is covered. */
interface VisibilityEntry extends IntersectionObserverEntry {
  readonly isVisible?: boolean;
}

/** The least that the browser allows, ms. */
const DELAY_MS = 100;

/** So long something must have been in sight before a press counts: nobody reads and presses in less. Milliseconds. */
export const SEEN_FOR_MS = 500;

/** Rounding of a page that is zoomed. */
const WHOLE = 0.98;

export type Sight = "seen" | "too-short" | "covered";

/**
 * Follows whether an element can be seen as a whole: no page may lay something over our Send, or make it look like
 * something else (attack 46). Where the browser cannot tell (Firefox), it counts as seen when it is in sight.
 *
 * @param tell is told when it comes into sight or leaves it
 */
export function watchSight(element: Element, tell: (isSeen: boolean) => void): () => Sight {
  let seenSince: number | null = null;
  const options = { threshold: [0, WHOLE, 1], trackVisibility: true, delay: DELAY_MS } as IntersectionObserverInit;
  const observer = new IntersectionObserver((entries) => {
    const last = entries.at(-1) as VisibilityEntry | undefined;
    if (last === undefined) return;
    const isSeen = last.isVisible ?? last.intersectionRatio >= WHOLE;
    if (isSeen) seenSince ??= performance.now();
    else seenSince = null;
    tell(isSeen);
  }, options);
  observer.observe(element);
  return () => {
    if (seenSince === null) return "covered";
    return performance.now() - seenSince < SEEN_FOR_MS ? "too-short" : "seen";
  };
}
