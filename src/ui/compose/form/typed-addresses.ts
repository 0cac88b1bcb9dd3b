/** A recipient as somebody typed or pasted it. `address` is `null` where the words are no address. */
export interface TypedAddress {
  readonly name: string;
  readonly address: string | null;
  /** As it was typed, for mending. */
  readonly text: string;
}

/**
 * RFC 5321 4.1.2: a dot-string before the `@` and a host name after it; RFC 6531 lets letters of every script in.
 * Quoted local parts and addresses of machines are no addresses of people.
 */
const ADDRESS =
  /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*@(?=.{1,253}$)([\p{L}\p{N}]([\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\.)+[\p{L}\p{M}\p{N}-]{2,63}$/u;

const MAX_LOCAL_PART = 64;

export const isAddress = (text: string): boolean => ADDRESS.test(text) && text.lastIndexOf("@") <= MAX_LOCAL_PART;

/** Cut at commas, semicolons and line ends, but not inside quotation marks, angle brackets or a comment. */
function entries(text: string): string[] {
  const found: string[] = [""];
  let inside = "";
  for (const character of text) {
    if (inside !== "") {
      if (character === inside) inside = "";
    } else if (character === '"') inside = '"';
    else if (character === "<") inside = ">";
    const isEnd = /[\r\n]/.test(character) || (inside === "" && /[,;]/.test(character));
    if (isEnd) {
      inside = "";
      found.push("");
    } else found.push(`${found.pop() ?? ""}${character}`);
  }
  return found.map((entry) => entry.trim()).filter((entry) => entry !== "");
}

const unquoted = (name: string): string =>
  name
    .trim()
    .replace(/^"(.*)"$/, "$1")
    .replace(/\\(.)/g, "$1");

function read(text: string): TypedAddress[] {
  const [, name = "", inBrackets] = /^([^<>]*)<\s*(?:mailto:)?([^<>\s]*)\s*>$/.exec(text) ?? [];
  if (inBrackets !== undefined) {
    return [{ name: unquoted(name), address: isAddress(inBrackets) ? inBrackets : null, text }];
  }
  const bare = text.replace(/^mailto:/i, "");
  if (isAddress(bare)) return [{ name: "", address: bare, text }];
  // Several with nothing but spaces between them, as they stand in a list that was copied.
  const pieces = text.split(/\s+/);
  if (pieces.length > 1 && pieces.every(isAddress)) {
    return pieces.map((address) => ({ name: "", address, text: address }));
  }
  return [{ name: "", address: null, text }];
}

/** What a link asks for beside its addresses (RFC 6068 section 2): its writer's wishes, and nobody has typed them. */
const LINK_FIELDS = /(mailto:[^\s<>"?]*)\?[^\s<>"]*/gi;

/**
 * One or several recipients, as people type them or paste them from elsewhere. Nothing is left out but what a `mailto:`
 * link says behind its addresses: neither files, nor hidden recipients, nor words come from there (attack 37).
 */
export const typedAddresses = (text: string): readonly TypedAddress[] =>
  entries(text.replace(LINK_FIELDS, "$1")).flatMap(read);
