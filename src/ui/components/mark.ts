import { drawMark, type PersonalMark } from "../../settings/mark.ts";

/** Another mark than the one on screen, drawn by chance; the word stays. */
export function drawOtherMark(current: PersonalMark): PersonalMark {
  for (;;) {
    const [first = 0, second = 0] = crypto.getRandomValues(new Uint32Array(2));
    const next = drawMark(first, second);
    if (next.shape !== current.shape || next.colour !== current.colour) return { ...next, word: current.word };
  }
}
