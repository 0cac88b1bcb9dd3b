/**
 * What a page can learn of a frame is how high it is. Heights are rounded up to this step, so that they tell how many
 * lines there are and not which words. CSS pixels.
 */
export const HEIGHT_STEP = 12;

/** The same for everything that was decrypted: neither the length of a text nor a number of files shows in it. */
export const DECRYPTED_HEIGHT = 600;

export function shownHeight(content: number, isDecrypted: boolean): number {
  if (isDecrypted) return DECRYPTED_HEIGHT;
  return Math.ceil(content / HEIGHT_STEP) * HEIGHT_STEP;
}

/** Tells of every change of an element's height, once for each height. */
export function watchHeight(element: Element, isDecrypted: () => boolean, tell: (height: number) => void): () => void {
  let last = -1;
  const look = (): void => {
    const height = shownHeight(element.getBoundingClientRect().height, isDecrypted());
    if (height === last) return;
    last = height;
    tell(height);
  };
  const observer = new ResizeObserver(look);
  observer.observe(element);
  return look;
}
