/** Of a picture that comes along in the text; a larger one stays behind. Bytes. */
const MAX_SIZE = 4 * 1024 * 1024;

/** Of one text. */
const MAX_COUNT = 50;

const TIMEOUT_MS = 10_000;

/**
 * Pictures of a text that the page's own server keeps, or the page itself. They come along in the text, since the server
 * is asked to forget them; nothing is fetched from anywhere else. What is no picture goes no further than our frame, whose
 * editor takes pictures only.
 *
 * @returns puts them into the text, as it stands by then
 */
export async function ownPictures(
  html: string,
  document: Document,
  fetch: typeof globalThis.fetch,
): Promise<(markup: string) => string> {
  const parsed = (markup: string): HTMLTemplateElement => {
    const template = document.createElement("template");
    template.innerHTML = markup;
    return template;
  };
  const imagesIn = (text: HTMLTemplateElement): HTMLImageElement[] => [...text.content.querySelectorAll("img")];
  const sourceOf = (image: Element): string => image.getAttribute("src") ?? "";
  const found = new Map<string, string>();
  for (const source of new Set(imagesIn(parsed(html)).map(sourceOf).slice(0, MAX_COUNT))) {
    try {
      const { href, origin } = new URL(source, document.baseURI);
      if (origin !== document.location.origin) continue;
      const options: RequestInit = { redirect: "error", signal: AbortSignal.timeout(TIMEOUT_MS) };
      const octets = await (await fetch.call(globalThis, href, options)).blob();
      if (octets.size > MAX_SIZE) continue;
      found.set(source, `data:${octets.type};base64,${new Uint8Array(await octets.arrayBuffer()).toBase64()}`);
    } catch {
      // It stays behind, and the person is told so.
    }
  }
  if (found.size === 0) return (markup) => markup;
  return (markup) => {
    const text = parsed(markup);
    for (const image of imagesIn(text)) image.src = found.get(sourceOf(image)) ?? sourceOf(image);
    return text.innerHTML;
  };
}
