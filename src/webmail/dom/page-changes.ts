/**
 * Pages change in bursts of thousands of mutations; after each burst there is one look. Milliseconds: short enough that
 * nobody sees the page without our frame, long enough that a burst costs next to nothing.
 */
export const SETTLE_MS = 40;

/** A burst that goes on after a look is looked at again only so much later. Milliseconds. */
export const CONTINUED_MS = 3 * SETTLE_MS;

/**
 * Calls `look` once now, and once after each burst of changes under `root`; never by the clock alone. Ends with
 * `signal`. A burst comes in many tasks: between its first change and the look nothing is listened to, so that all of it
 * costs one call and one look.
 *
 * @param attributes changes of these count, beside those of the tree
 */
export function afterChanges(root: Node, attributes: readonly string[], look: () => void, signal: AbortSignal): void {
  if (signal.aborted) return;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let lookedAt = -Infinity;
  const observer = new MutationObserver(() => {
    observer.disconnect();
    const goesOn = performance.now() - lookedAt < SETTLE_MS;
    timer = setTimeout(
      () => {
        lookedAt = performance.now();
        watch();
        look();
      },
      goesOn ? CONTINUED_MS : SETTLE_MS,
    );
  });
  const watch = (): void => {
    observer.observe(root, { childList: true, subtree: true, attributeFilter: [...attributes] });
  };
  watch();
  signal.addEventListener("abort", () => {
    observer.disconnect();
    if (timer !== null) clearTimeout(timer);
  });
  look();
}
