/** Trusted Types (W3C), as far as it is used; TypeScript's DOM library does not declare it yet. */
interface TrustedTypesFactory {
  createPolicy(
    name: string,
    rules: { readonly createHTML: (markup: string) => string },
  ): { createHTML(markup: string): unknown };
}
declare const trustedTypes: TrustedTypesFactory | undefined;

const policy =
  typeof trustedTypes === "undefined" ? null : trustedTypes.createPolicy("signet", { createHTML: (markup) => markup });

/**
 * Markup where only markup can be given; what comes here is sanitised already, or is read in a document that is never
 * shown.
 */
export const trustedMarkup = (markup: string): unknown => (policy === null ? markup : policy.createHTML(markup));

/**
 * What the document of a message may load: nothing but pictures that are in its own markup. The frame around it has no
 * scripts, no forms and an origin of its own (invariant 2).
 */
const CONTENT_SECURITY_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const BASE_STYLE = `
html { overflow-wrap: anywhere; }
body { margin: 0; padding: 16px; font: 16px/1.5 system-ui, sans-serif; }
img { max-width: 100%; height: auto; }`;

/** Words follow the theme. Mail programs write HTML for white paper, so that stays white. */
const TEXT_STYLE = `${BASE_STYLE}
:root { color-scheme: light dark; }
html { background: light-dark(#ffffff, #1a1e26); color: light-dark(#1b2230, #eef1f6); }
pre { margin: 0; max-width: 78ch; font: inherit; white-space: pre-wrap; }`;
const HTML_STYLE = `${BASE_STYLE}
:root { color-scheme: light; }
html { background: #ffffff; color: #1b2230; }`;

function page(style: string, body: string): unknown {
  const markup = `<!doctype html><html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${CONTENT_SECURITY_POLICY}">
<meta http-equiv="x-dns-prefetch-control" content="off"><meta name="referrer" content="no-referrer">
<style>${style}</style></head><body dir="auto">${body}</body></html>`;
  return trustedMarkup(markup);
}

/** A document of plain words. */
export const textDocument = (text: string): unknown => page(TEXT_STYLE, `<pre>${escape(text)}</pre>`);

/** A document of HTML; only what `sanitize` gave may come here. */
export const htmlDocument = (sanitized: string): unknown => page(HTML_STYLE, sanitized);
