/** IntersectionObserver v2, which TypeScript's DOM library does not declare: whether an element is covered. */
interface VisibilityEntry extends IntersectionObserverEntry {
  readonly isVisible?: boolean;
}

/** The least that the browser allows, ms. */
const DELAY_MS = 100;

/**
 * Follows whether an element can be seen as a whole: no page may lay something over our Send, or make it look like
 * something else (attack 46). Where the browser cannot tell (Firefox), it counts as seen when it is in sight.
 */
export function watchVisibility(element: Element): () => boolean {
  let isSeen = true;
  const options = { threshold: 1, trackVisibility: true, delay: DELAY_MS } as IntersectionObserverInit;
  const observer = new IntersectionObserver((entries) => {
    const last = entries.at(-1) as VisibilityEntry | undefined;
    if (last !== undefined) isSeen = last.isVisible ?? last.isIntersecting;
  }, options);
  observer.observe(element);
  return () => isSeen;
}
