/** Of a picture that comes along in the text; a larger one stays behind. Bytes. */
const MAX_SIZE = 4 * 1024 * 1024;

/** Of one text. */
const MAX_COUNT = 50;

async function fetchPicture(address: string, fetch: typeof globalThis.fetch): Promise<string | null> {
  try {
    const response = await fetch.call(globalThis, address, { redirect: "error", signal: AbortSignal.timeout(10_000) });
    const octets = await response.blob();
    if (!response.ok || !/^image\/(png|jpeg|gif|webp)$/.test(octets.type) || octets.size > MAX_SIZE) return null;
    return `data:${octets.type};base64,${new Uint8Array(await octets.arrayBuffer()).toBase64()}`;
  } catch {
    return null;
  }
}

/**
 * Pictures of a text that the page's own server keeps, or the page itself. They come along in the text, since the server
 * is asked to forget them; nothing is fetched from anywhere else.
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
  const isOwn = (source: string): boolean =>
    URL.canParse(source, document.baseURI) && new URL(source, document.baseURI).origin === document.location.origin;
  const images = [...parsed(html).content.querySelectorAll("img")];
  const sources = new Set(images.map((image) => image.getAttribute("src") ?? "").filter(isOwn));
  const found = new Map<string, string>();
  for (const source of [...sources].slice(0, MAX_COUNT)) {
    const picture = await fetchPicture(new URL(source, document.baseURI).href, fetch);
    if (picture !== null) found.set(source, picture);
  }
  if (found.size === 0) return (markup) => markup;
  return (markup) => {
    const text = parsed(markup);
    for (const image of text.content.querySelectorAll("img")) {
      const picture = found.get(image.getAttribute("src") ?? "");
      if (picture !== undefined) image.setAttribute("src", picture);
    }
    return text.innerHTML;
  };
}
