/** Lexical tokens of an address field (RFC 5322 section 3.2, with RFC 6532's non-ASCII atext). */
export type AddressToken =
  | {
      readonly kind: "atom" | "quoted" | "literal" | "special";
      /** Atom or special as written; content of a quoted-string, unescaped; a domain literal with its brackets. */
      readonly text: string;
      /** White space or a comment stands before it. */
      readonly spaced: boolean;
      readonly start: number;
      readonly end: number;
    }
  | { readonly kind: "comment"; readonly text: string; readonly start: number; readonly end: number };

const SPECIALS = new Set([",", ";", ":", "<", ">", "@", "."]);

/** ASCII that can be in no atom: the specials of RFC 5322 section 3.2.3, white space and control characters. */
const NOT_ATEXT = /[\s()<>[\]:;@\\,."]/u;

interface Scanned {
  readonly text: string;
  readonly end: number;
}

/** quoted-string (section 3.2.4) from its opening quote; `null` where it is not closed. */
function scanQuoted(value: string, start: number): Scanned | null {
  let text = "";
  for (let i = start + 1; i < value.length; i++) {
    const character = value[i]!;
    if (character === '"') return { text, end: i + 1 };
    if (character === "\\" && ++i === value.length) return null;
    text += value[i]!;
  }
  return null;
}

/** comment (section 3.2.2), which nests, from its opening parenthesis; `null` where it is not closed. */
function scanComment(value: string, start: number): Scanned | null {
  let text = "";
  let depth = 1;
  for (let i = start + 1; i < value.length; i++) {
    const character = value[i]!;
    if (character === "(") depth++;
    if (character === ")" && --depth === 0) return { text, end: i + 1 };
    if (character === "\\" && ++i === value.length) return null;
    text += value[i]!;
  }
  return null;
}

/** domain-literal (section 3.4.1) from its opening bracket; `null` where it is not closed or holds another. */
function scanLiteral(value: string, start: number): Scanned | null {
  for (let i = start + 1; i < value.length; i++) {
    const character = value[i]!;
    if (character === "]") return { text: value.slice(start, i + 1), end: i + 1 };
    if (character === "[" || character === "\\") return null;
  }
  return null;
}

function scanAtom(value: string, start: number): Scanned {
  let end = start;
  while (end < value.length && !NOT_ATEXT.test(value[end]!)) end++;
  return { text: value.slice(start, end), end };
}

/**
 * Splits an unfolded value into tokens, in one pass. `null` where it cannot be: an unclosed quotation, comment or
 * literal, a stray bracket or backslash.
 */
export function addressTokens(value: string): AddressToken[] | null {
  const tokens: AddressToken[] = [];
  let spaced = false;
  for (let at = 0; at < value.length;) {
    const character = value[at]!;
    const start = at;
    if (character === " " || character === "\t") {
      spaced = true;
      at++;
      continue;
    }
    if (character === "(") {
      const comment = scanComment(value, at);
      if (comment === null) return null;
      tokens.push({ kind: "comment", text: comment.text, start, end: comment.end });
      spaced = true;
      at = comment.end;
      continue;
    }
    if (SPECIALS.has(character)) {
      tokens.push({ kind: "special", text: character, spaced, start, end: ++at });
      spaced = false;
      continue;
    }
    const kind = character === '"' ? "quoted" : character === "[" ? "literal" : "atom";
    const scan = kind === "quoted" ? scanQuoted : kind === "literal" ? scanLiteral : scanAtom;
    const scanned = scan(value, at);
    if (scanned === null || scanned.end === at) return null;
    tokens.push({ kind, text: scanned.text, spaced, start, end: scanned.end });
    spaced = false;
    at = scanned.end;
  }
  return tokens;
}
