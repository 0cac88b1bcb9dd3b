import type { AddressToken } from "./address-token.ts";
import { hasEncodedWord } from "./encoded-word.ts";

/** An address as its parts; nothing of it is decoded, folded to lower case or normalised. */
export interface AddrSpec {
  /** local-part "@" domain; the local part quoted only where it must be. */
  readonly address: string;
  /** Without quoting. */
  readonly localPart: string;
  readonly domain: string;
}

type Word = Exclude<AddressToken, { kind: "comment" }>;

/** Longest addr-spec that a mail path can have (RFC 5321 section 4.5.3.1.3), with room for UTF-8 and IDN forms. */
const MAX_ADDRESS_LENGTH = 1024;

/**
 * White space, invisible, private-use and control characters, ideographic full stops (dots to IDNA): each of them
 * makes an address look like another one, or lets two readers split it at different places.
 */
const DECEPTIVE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Z}\p{Default_Ignorable_Code_Point}\u2800\u3002\uff61]/u;
const STRUCTURE = /[@<>()[\]:;,"\\.\s]/gu;

function isSpecial(token: Word | undefined, text: string): boolean {
  return token?.kind === "special" && token.text === text;
}

/** Characters that compatibility mapping (IDNA, full-width forms) turns into address syntax. */
function hidesStructure(text: string): boolean {
  return (text.normalize("NFKC").match(STRUCTURE)?.length ?? 0) !== (text.match(STRUCTURE)?.length ?? 0);
}

/**
 * local-part = dot-atom / quoted-string / obs-local-part (RFC 5322 sections 3.4.1, 4.4). Repeated and trailing dots
 * are taken, since Japanese providers gave out such addresses; white space between words only beside a dot.
 */
function readLocalPart(words: readonly Word[]): string | null {
  let local = "";
  let lastWasWord = false;
  for (const word of words) {
    if (isSpecial(word, ".")) {
      lastWasWord = false;
      local += ".";
      continue;
    }
    if (lastWasWord || (word.kind !== "atom" && word.kind !== "quoted")) return null;
    if (word.kind === "quoted" && word.text === "") return null;
    local += word.text;
    lastWasWord = true;
  }
  return /^\.*$/u.test(local) ? null : local;
}

/** domain = dot-atom / domain-literal / obs-domain: atoms with single dots between. */
function readDomain(words: readonly Word[]): string | null {
  if (words.length === 1 && words[0]!.kind === "literal") return words[0]!.text;
  if (words.length % 2 === 0) return null;
  let domain = "";
  for (const [i, word] of words.entries()) {
    if (i % 2 === 0 ? word.kind !== "atom" : !isSpecial(word, ".")) return null;
    domain += word.text;
  }
  // Letters, digits, hyphens (RFC 1123), underscores as DNS has them, and non-ASCII for U-labels.
  return /^[A-Za-z0-9._\-\u0080-\u{10ffff}]+$/u.test(domain) ? domain : null;
}

/** dot-string of RFC 5322; what is none needs quotes. */
const DOT_STRING = /^[^\s()<>[\]:;@\\,"]+$/u;

function quoteLocalPart(local: string): string {
  return DOT_STRING.test(local) ? local : `"${local.replace(/["\\]/gu, "\\$&")}"`;
}

/**
 * addr-spec = local-part "@" domain (RFC 5322 section 3.4.1, RFC 6532 section 3.2). `null` for all that is none, and
 * for what other readers may read as another address: encoded-words (forbidden here, RFC 2047 section 5), invisible
 * characters, full-width `@` and dots.
 */
export function readAddrSpec(words: readonly Word[]): AddrSpec | null {
  const at = words.findIndex((word) => isSpecial(word, "@"));
  if (at < 1) return null;
  const localPart = readLocalPart(words.slice(0, at));
  const domain = readDomain(words.slice(at + 1));
  if (localPart === null || domain === null) return null;
  const plain = `${localPart}@${domain}`;
  if (plain.length > MAX_ADDRESS_LENGTH || hasEncodedWord(plain)) return null;
  if (DECEPTIVE.test(plain.replace(/ /gu, "")) || hidesStructure(plain)) return null;
  return { address: `${quoteLocalPart(localPart)}@${domain}`, localPart, domain };
}
