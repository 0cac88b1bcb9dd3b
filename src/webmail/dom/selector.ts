/**
 * The one element of a page that there must be, or `null` where it has none or several: a page that has changed is
 * noticed, not guessed at.
 *
 * @param selector of CSS
 */
export function theOne(root: ParentNode, selector: string): Element | null {
  const found = root.querySelectorAll(selector);
  return found.length === 1 ? (found[0] ?? null) : null;
}
