/**
 * Takes a webmail's form out of sight and out of reach while our frame stands in its place: everything in `root` but what
 * is ours and what holds it, also what the page puts there later. Until `signal` is aborted; then all is as it was.
 */
export function coverForm(root: Element, isOurs: (element: Element) => boolean, signal: AbortSignal): void {
  const covered = new Map<HTMLElement, { readonly display: string; readonly wasInert: boolean }>();
  // Known from the beginning: where the page throws our frame out, it comes back to the same place.
  const holders = holdersOf(root, isOurs);
  const cover = (): void => {
    for (const holder of holders) {
      for (const element of holder.children) {
        if (!(element instanceof HTMLElement) || isOurs(element) || holders.has(element) || covered.has(element))
          continue;
        covered.set(element, { display: element.style.display, wasInert: element.inert });
        element.inert = true;
        element.style.setProperty("display", "none", "important");
      }
    }
  };
  const observer = new MutationObserver(cover);
  for (const holder of holders) observer.observe(holder, { childList: true });
  cover();
  signal.addEventListener("abort", () => {
    observer.disconnect();
    for (const [element, { display, wasInert }] of covered) {
      element.style.removeProperty("display");
      element.style.display = display;
      element.inert = wasInert;
    }
  });
}

/** `root`, and what stands between it and what is ours. */
function holdersOf(root: Element, isOurs: (element: Element) => boolean): ReadonlySet<Element> {
  const holders = new Set([root]);
  for (const ours of [...root.querySelectorAll("*")].filter(isOurs)) {
    for (let parent = ours.parentElement; parent !== null && parent !== root; parent = parent.parentElement) {
      holders.add(parent);
    }
  }
  return holders;
}
