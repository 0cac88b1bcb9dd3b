/** RFC 4514 escapes: a backslash before a special character, or before two hexadecimal digits of UTF-8. */
function unescape(value: string): string {
  return value.replace(/(?:\\[0-9a-fA-F]{2})+|\\(.)/g, (escaped, single: string | undefined) => {
    if (single !== undefined) return single;
    const bytes = Uint8Array.from(escaped.slice(1).split("\\"), (pair) => Number.parseInt(pair, 16));
    return new TextDecoder().decode(bytes);
  });
}

/**
 * The name of a person or an authority for a sentence: common name, else organisation, else the whole.
 *
 * @param name RFC 4514, or `null` where the certificate is missing
 */
export function shortName(name: string | null): string {
  if (name === null || name === "") return "?";
  const attributes = name.split(/(?<!\\)[,+]/).map((attribute) => {
    const at = attribute.indexOf("=");
    return [attribute.slice(0, at).trim().toUpperCase(), unescape(attribute.slice(at + 1).trim())] as const;
  });
  const of = (type: string): string | undefined => attributes.find(([key, value]) => key === type && value !== "")?.[1];
  return of("CN") ?? of("O") ?? name;
}
