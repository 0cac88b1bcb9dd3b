/** What is known of an element on the page, until it goes or becomes something else. */
interface Tracked {
  readonly identity: string;
  readonly controller: AbortController;
}

/**
 * Keeps account of elements that come and go. An element whose identity changes (a reading pane that shows the next
 * message in the same place) ends and begins anew.
 */
export function trackedElements(
  signal: AbortSignal,
): (found: ReadonlyMap<Element, string>, begin: (element: Element, end: AbortSignal) => void) => void {
  const known = new Map<Element, Tracked>();
  signal.addEventListener("abort", () => {
    for (const { controller } of known.values()) controller.abort();
    known.clear();
  });
  return (found, begin) => {
    for (const [element, { identity, controller }] of known) {
      if (found.get(element) === identity) continue;
      known.delete(element);
      controller.abort();
    }
    for (const [element, identity] of found) {
      if (known.has(element)) continue;
      const controller = new AbortController();
      known.set(element, { identity, controller });
      begin(element, controller.signal);
    }
  };
}
