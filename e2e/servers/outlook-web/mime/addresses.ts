import { decodeWords, encodeWords } from "./fields.ts";

export interface Mailbox {
  readonly name: string;
  readonly email: string;
}

/** The mailboxes of an address field; groups are flattened, comments are dropped. */
export function parseMailboxes(text: string | undefined): Mailbox[] {
  if (text === undefined) return [];
  const plain = text.replace(/\([^()]*\)/g, "").replace(/[\w ]+:([^;"<>]*);/g, "$1");
  const found: Mailbox[] = [];
  for (const [piece] of plain.matchAll(/(?:"(?:\\.|[^"\\])*"|<[^>]*>|[^,"<])+/g)) {
    const [, phrase = "", bracketed] = /^\s*([^<]*?)\s*(?:<([^>]*)>)?\s*$/.exec(piece) ?? [];
    const email = (bracketed ?? phrase).trim();
    if (!email.includes("@")) continue;
    const name = bracketed === undefined ? "" : decodeWords(phrase.replace(/^"(.*)"$/, "$1").replace(/\\(.)/g, "$1"));
    found.push({ name: name === "" ? email : name, email });
  }
  return found;
}

function printMailbox({ name, email }: Mailbox): string {
  if (name === "" || name === email) return email;
  const phrase = /^[\w !#$%&'*+/=?^`{|}~-]+$/.test(name) ? name : `"${name.replace(/["\\]/g, "\\$&")}"`;
  return `${/^[ -~]*$/.test(name) ? phrase : encodeWords(name)} <${email}>`;
}

/** One mailbox a line, so that no line grows long. */
export const printMailboxes = (mailboxes: readonly Mailbox[]): string => mailboxes.map(printMailbox).join(",\r\n ");

export const sameAddress = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
