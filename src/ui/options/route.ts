/** The sections of the options page, in the order of its navigation. */
export const SECTIONS = ["identities", "contacts", "trust", "settings", "sites", "about"] as const;
export type Section = (typeof SECTIONS)[number];

export interface Route {
  readonly section: Section;
  /** What follows the section, decoded: a fingerprint, an address, a group of settings, `import`. */
  readonly path: readonly string[];
  /** Search words of `?q=`. */
  readonly query: string;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Reads a fragment as `#/contacts/ana%40example.com?q=x`; what is not known leads to the first section. */
export function parseRoute(hash: string): Route {
  const [path = "", search = ""] = hash.replace(/^#\/?/, "").split("?");
  const [first, ...rest] = path.split("/").filter((piece) => piece !== "");
  const section = SECTIONS.find((known) => known === first) ?? "identities";
  return {
    section,
    path: section === first ? rest.map(decode) : [],
    query: new URLSearchParams(search).get("q") ?? "",
  };
}

/** The fragment of a place, for links. */
export function hrefOf(section: Section, ...path: readonly string[]): string {
  return `#/${[section, ...path.map(encodeURIComponent)].join("/")}`;
}
