export interface Recipients {
  readonly addresses: readonly string[];
  /** What stands in a field and is no address. */
  readonly unreadable: readonly string[];
}

/** One item of a list: quoted words (RFC 5322 section 3.2.4) and angle brackets keep their commas. */
const ITEM = /(?:"(?:[^"\\]|\\.)*"|<[^>]*>|[^",;<])+/g;

const ADDRESS = /^[^\s<>"(),;:[\]@]+@[^\s<>"(),;:[\]@]+$/;

/** A list as people and address books write it: `Bob <bob@x>, "Doe, Jane" <jane@x>; carol@x`. */
export function readRecipients(list: string): Recipients {
  const addresses: string[] = [];
  const unreadable: string[] = [];
  for (const [item] of list.matchAll(ITEM)) {
    // Roundcube marks the names of groups with characters that nobody sees.
    const text = item.replace(/[\s\u200b\ufeff]+/g, " ").trim();
    if (text === "") continue;
    const address = /<([^<>]*)>$/.exec(text)?.[1]?.trim() ?? text;
    if (ADDRESS.test(address)) addresses.push(address);
    else unreadable.push(text);
  }
  // A quote or bracket that nothing ends: what follows it was passed over, and must not be lost in silence.
  const rest = list.replaceAll(ITEM, "").replace(/[,;\s]/g, "");
  return { addresses, unreadable: rest === "" ? unreadable : [...unreadable, list.trim()] };
}
