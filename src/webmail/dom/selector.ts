/** A place in a webmail's page. It says how many are expected, so that a page that has changed is noticed, not guessed at. */
export interface Selector {
  readonly css: string;
  readonly expected: "one" | "one or more" | "any";
}

/** The one element that there must be, or `null` where the page has none or several. */
export function theOne(root: ParentNode, { css }: Selector): Element | null {
  const found = root.querySelectorAll(css);
  return found.length === 1 ? (found[0] ?? null) : null;
}
