import { decodePunycode } from "./punycode.ts";

/**
 * Letters of other scripts that cannot be told from a Latin one, after compatibility forms and accents are gone. Out of
 * Unicode's list of confusables (UTS #39), what is found in the scripts that IDNA allows in a domain.
 */
const LOOKS_LIKE: Readonly<Record<string, string>> = {
  ...{ а: "a", с: "c", ԁ: "d", е: "e", һ: "h", і: "i", ј: "j", ӏ: "l", о: "o", р: "p", ԛ: "q", ѕ: "s", у: "y" },
  ...{ ѵ: "v", ԝ: "w", х: "x", к: "k", м: "m", т: "t", в: "b", н: "h", г: "r", п: "n" },
  ...{ α: "a", β: "b", ε: "e", ι: "i", κ: "k", ν: "v", ο: "o", ρ: "p", τ: "t", υ: "u", χ: "x", γ: "y", η: "n" },
  ...{ ı: "i", ɩ: "i", ɑ: "a", ɡ: "g", ɢ: "g", ʟ: "l", ո: "n", օ: "o", ѡ: "w", ꞓ: "c", ł: "l", ø: "o", đ: "d" },
};

const isAscii = (text: string): boolean => /^\p{ASCII}*$/u.test(text);

/** An address with the letters that a person sees: A-labels of its domain as U-labels (RFC 5891). */
function shown(address: string): string {
  const at = address.lastIndexOf("@");
  const labels = address
    .slice(at + 1)
    .toLowerCase()
    .split(".");
  const domain = labels.map((label) => (label.startsWith("xn--") ? (decodePunycode(label.slice(4)) ?? label) : label));
  return `${address.slice(0, at)}@${domain.join(".")}`;
}

function skeleton(address: string): string {
  const letters = Array.from(shown(address).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase());
  return letters.map((letter) => (Object.hasOwn(LOOKS_LIKE, letter) ? LOOKS_LIKE[letter] : letter)).join("");
}

/**
 * The contact that an address imitates by letters of other scripts (`ux.md` D6, attack 19); `null` for none. An address
 * of plain ASCII letters imitates nobody in this way.
 *
 * @param contacts addresses of contacts
 */
export function imitatedContact(address: string, contacts: readonly string[]): string | null {
  if (isAscii(shown(address))) return null;
  const own = address.toLowerCase();
  if (contacts.some((contact) => contact.toLowerCase() === own)) return null;
  const wanted = skeleton(address);
  return contacts.find((contact) => skeleton(contact) === wanted) ?? null;
}

/** An address in letters that cannot be mistaken: its domain as the network has it, others by their code points. */
export function plainAddress(address: string): string {
  const at = address.lastIndexOf("@");
  const domain = address.slice(at + 1);
  const host = URL.canParse(`http://${domain}/`) ? new URL(`http://${domain}/`).hostname : domain;
  return `${address.slice(0, at)}@${host}`.replace(
    /\P{ASCII}/gu,
    (letter) => `[U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`,
  );
}
