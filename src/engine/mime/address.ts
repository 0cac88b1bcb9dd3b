import { SmimeError } from "../errors.ts";
import { MAX_ADDRESSES } from "../limits.ts";
import { type AddressToken, addressTokens } from "./address-token.ts";
import { type AddrSpec, readAddrSpec } from "./addr-spec.ts";
import { decodeEncodedWords } from "./encoded-word.ts";
import { harmlessText } from "./harmless-text.ts";

/** mailbox (RFC 5322 section 3.4). An element that is none has `null` for its address, local part and domain. */
export interface Mailbox {
  /** Display name, decoded, in one harmless line; empty without one. Of the sender's choice: never an address. */
  readonly name: string;
  /** As written, quoting of the local part normalised. */
  readonly address: string | null;
  readonly localPart: string | null;
  readonly domain: string | null;
  /** The display name shows an address other than this one (attack 18): better not shown at all. */
  readonly nameShowsOtherAddress: boolean;
}

/** group (RFC 5322 section 3.4): display-name ":" [mailbox-list] ";". */
export interface Group {
  readonly name: string;
  readonly mailboxes: readonly Mailbox[];
}

export interface AddressList {
  /** All mailboxes in order, those of groups included. */
  readonly mailboxes: readonly Mailbox[];
  readonly groups: readonly Group[];
  /**
   * Some element is no mailbox or group by RFC 5322, or could be read in two ways. What is well-formed beside it is
   * still listed, for display; nothing may be decided by it.
   */
  readonly malformed: boolean;
}

type Word = Exclude<AddressToken, { kind: "comment" }>;

/** Control characters are no part of any address field, and readers differ in where they end a value at NUL. */
const CONTROLS = /(?!\t)\p{Cc}/u;
/** An at sign in a text, also full-width and small ones. */
const AT_SIGN = /[@\uff20\ufe6b]/u;

function isSpecial(token: AddressToken | undefined, text: string): boolean {
  return token?.kind === "special" && token.text === text;
}

/** Any word with an at sign counts, since people read an address in it, unless it is this address and no more. */
function showsOtherAddress(name: string, address: string): boolean {
  const words = name.toLowerCase().split(/[\s<>"',;:()[\]]+/u);
  return words.some((word) => AT_SIGN.test(word) && word !== address.toLowerCase());
}

function notAMailbox(text: string): Mailbox {
  const name = harmlessText(text);
  return { name, address: null, localPart: null, domain: null, nameShowsOtherAddress: true };
}

/** phrase = words, dots (obs-phrase, section 4.1) and, since they occur and mean nothing else, bracketed words. */
function phraseText(value: string, words: readonly Word[]): string | null {
  let text = "";
  for (const word of words) {
    if (word.kind === "special" && word.text !== ".") return null;
    if (word.kind === "literal" && /[@<>,;:"]/u.test(word.text)) return null;
    text +=
      (word.spaced && text !== "" ? " " : "") +
      (word.kind === "quoted" ? word.text : value.slice(word.start, word.end));
  }
  return harmlessText(decodeEncodedWords(text));
}

/** obs-route (section 4.4), `@a,@b:` before the addr-spec inside angle brackets; returns what follows it. */
function afterRoute(words: readonly Word[]): readonly Word[] | null {
  if (!isSpecial(words[0], "@")) return words;
  const colon = words.findIndex((word) => isSpecial(word, ":"));
  if (colon < 0) return null;
  let domainStart = 0;
  for (let i = 0; i <= colon; i++) {
    if (i < colon && !isSpecial(words[i], ",")) continue;
    const hop = words.slice(domainStart, i);
    const local: Word = { kind: "atom", text: "hop", spaced: false, start: 0, end: 0 };
    if (!isSpecial(hop[0], "@") || readAddrSpec([local, ...hop]) === null) return null;
    domainStart = i + 1;
  }
  return words.slice(colon + 1);
}

/** `a@b <a@b>`, unquoted against the grammar, is frequent; where both are the same there is nothing to choose. */
function repeatedAddress(words: readonly Word[], { address }: AddrSpec): string | null {
  return readAddrSpec(words)?.address === address ? address : null;
}

/** mailbox = name-addr / addr-spec; `null` for all else. `tokens` hold no top-level comma or group syntax. */
function readMailbox(value: string, tokens: readonly AddressToken[]): Mailbox | null {
  const words = tokens.filter((token) => token.kind !== "comment");
  const open = words.findIndex((word) => isSpecial(word, "<"));
  const bare = open < 0;
  if (!bare && !isSpecial(words.at(-1), ">")) return null;
  const inner = bare ? words : afterRoute(words.slice(open + 1, -1));
  const spec = inner === null ? null : readAddrSpec(inner);
  if (spec === null) return null;
  let name = bare ? "" : (phraseText(value, words.slice(0, open)) ?? repeatedAddress(words.slice(0, open), spec));
  if (name === null) return null;
  if (name === "") {
    // The old form, `address (Name)`, which RFC 5322 section 3.4 asks readers to know.
    const comment = tokens.findLast((token) => token.kind === "comment");
    name = harmlessText(decodeEncodedWords(comment?.text ?? ""));
  }
  return { ...spec, name, nameShowsOtherAddress: showsOtherAddress(name, spec.address) };
}

/** Element boundaries: angle brackets keep the commas and colons of a route together. */
interface Elements {
  readonly mailboxes: Mailbox[];
  readonly groups: Group[];
  malformed: boolean;
}

function sourceText(value: string, tokens: readonly AddressToken[]): string {
  return value.slice(tokens[0]!.start, tokens.at(-1)!.end);
}

function addElement(value: string, tokens: readonly AddressToken[], into: Elements): void {
  if (tokens.every((token) => token.kind === "comment")) return;
  if (into.mailboxes.length >= MAX_ADDRESSES) throw new SmimeError("limit.exceeded", { limit: "MAX_ADDRESSES" });
  const mailbox = readMailbox(value, tokens);
  if (mailbox === null) into.malformed = true;
  into.mailboxes.push(mailbox ?? notAMailbox(sourceText(value, tokens)));
}

function readElements(value: string, tokens: readonly AddressToken[]): Elements {
  const into: Elements = { mailboxes: [], groups: [], malformed: false };
  let element: AddressToken[] = [];
  let group: { name: string; first: number } | null = null;
  let afterGroup = false;
  let inAngle = false;
  for (const token of tokens) {
    if (isSpecial(token, "<")) inAngle = true;
    if (isSpecial(token, ">")) inAngle = false;
    if (afterGroup && token.kind !== "comment" && !isSpecial(token, ",")) into.malformed = true;
    if (!inAngle && isSpecial(token, ",")) {
      addElement(value, element, into);
      element = [];
      afterGroup = false;
    } else if (!inAngle && isSpecial(token, ":")) {
      const name = phraseText(
        value,
        element.filter((part) => part.kind !== "comment"),
      );
      if (group !== null || name === null || name === "") into.malformed = true;
      group ??= { name: name ?? harmlessText(sourceText(value, element)), first: into.mailboxes.length };
      element = [];
    } else if (!inAngle && isSpecial(token, ";")) {
      addElement(value, element, into);
      element = [];
      if (group === null) into.malformed = true;
      else into.groups.push({ name: group.name, mailboxes: into.mailboxes.slice(group.first) });
      group = null;
      afterGroup = true;
    } else {
      element.push(token);
    }
  }
  addElement(value, element, into);
  if (group !== null) into.malformed = true;
  return into;
}

/**
 * Reads an address-list (RFC 5322 section 3.4) from an unfolded value of From, To and the like. The structure is found
 * on the raw text; encoded-words are decoded in display names only, after that. Never picks one of two readings: what
 * is not exactly a mailbox comes out without an address, and marks the list as malformed.
 * @throws SmimeError limit.exceeded
 */
export function parseAddresses(value: string): AddressList {
  const tokens = CONTROLS.test(value) ? null : addressTokens(value);
  if (tokens !== null) return readElements(value, tokens);
  return { mailboxes: [notAMailbox(value)], groups: [], malformed: true };
}
