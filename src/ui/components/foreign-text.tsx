import type { JSX } from "preact";

/**
 * Characters that change how others look, or cannot be seen: controls, bidirectional and zero-width ones, tags, fillers
 * and what is not assigned to a character.
 */
const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u115f\u1160\u2028\u2029\u3164\uffa0]|\u034f|\u17b4|\u17b5|\u180b|\u180c|\u180d|\u180f/gu;

/** The text with every invisible character as a visible token, as `[U+202E]`. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    return `[U+${code}]`;
  });
}

/** Text that others wrote: an address, a name, a file, a field of a certificate. Never markup, and in its own direction. */
export function ForeignText({ text }: { readonly text: string }): JSX.Element {
  return <bdi>{visible(text)}</bdi>;
}
