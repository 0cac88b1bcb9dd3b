/**
 * Takes a webmail's form out of sight and out of reach while our frame stands in its place: everything in `root` but what
 * is ours, also what the page puts there later. Until `signal` is aborted; then all is as it was.
 */
export function coverForm(root: Element, isOurs: (element: Element) => boolean, signal: AbortSignal): void {
  const covered = new Map<HTMLElement, { readonly display: string; readonly wasInert: boolean }>();
  const cover = (): void => {
    for (const element of root.children) {
      if (!(element instanceof HTMLElement) || isOurs(element) || covered.has(element)) continue;
      covered.set(element, { display: element.style.display, wasInert: element.inert });
      element.inert = true;
      element.style.setProperty("display", "none", "important");
    }
  };
  const observer = new MutationObserver(cover);
  observer.observe(root, { childList: true });
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
