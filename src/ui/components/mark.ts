import { MARK_SHAPES } from "./mark-shapes.ts";

export type MarkShape = keyof typeof MARK_SHAPES;

/** Pairs of a ground and a line colour, told apart also without colour by the name that goes with the mark. */
export const MARK_COLOURS = ["blue", "green", "red", "amber", "violet", "teal", "pink", "grey"] as const;
export type MarkColour = (typeof MARK_COLOURS)[number];

/** A person's own sign, which every window and frame of ours carries (`ux.md` 4.4). The word is theirs and may be empty. */
export interface PersonalMark {
  readonly shape: MarkShape;
  readonly colour: MarkColour;
  readonly word: string;
}

export const MARK_SHAPE_NAMES = Object.keys(MARK_SHAPES) as readonly MarkShape[];

/**
 * A mark by chance, so that no two installations look alike without a choice.
 *
 * @param random numbers from 0 to 2³² − 1, two of them
 */
export function drawMark([first = 0, second = 0]: ArrayLike<number> & Iterable<number>): PersonalMark {
  return {
    shape: MARK_SHAPE_NAMES[first % MARK_SHAPE_NAMES.length] ?? "anchor",
    colour: MARK_COLOURS[second % MARK_COLOURS.length] ?? "blue",
    word: "",
  };
}

/** Another mark than the one on screen, drawn by chance. */
export function drawOtherMark(current: PersonalMark | null): PersonalMark {
  for (;;) {
    const next = drawMark(crypto.getRandomValues(new Uint32Array(2)));
    if (next.shape !== current?.shape || next.colour !== current.colour) return { ...next, word: current?.word ?? "" };
  }
}
