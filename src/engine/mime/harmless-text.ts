/** Directional embeddings, overrides and isolates (UAX #9 section 2): they let a name redraw the text around it. */
const BIDI_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/gu;

/** Marks that draw nothing: zero-width and joining signs, fillers, tags (UAX #44). They may keep white space apart. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

const WHITESPACE = /[\s\u2028\u2029\u0085]+/gu;
const CONTROLS = /[\p{Cc}\p{Cs}]/gu;

/**
 * Text of a sender's choice (display name, file name, Subject) as it may be shown in one line: white space runs
 * become one space (padding that pushes the address out of view), control characters, lone surrogates and bidi
 * controls become U+FFFD, invisible marks go. Never changes what an address is: addresses are not passed through it.
 */
export function harmlessText(text: string): string {
  return text
    .replace(BIDI_CONTROLS, "\ufffd")
    .replace(INVISIBLE, "")
    .replace(WHITESPACE, " ")
    .replace(CONTROLS, "\ufffd")
    .trim();
}
