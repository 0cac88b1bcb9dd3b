import { is, maxLength, picklist, pipe, strictObject, string, type InferOutput } from "valibot";

/** The shapes, by the names of their drawings in `ui/components/mark-shapes.ts`. */
export const MARK_SHAPE_NAMES = [
  "anchor",
  "bird",
  "cat",
  "fish",
  "leaf",
  "mountain",
  "moon",
  "star",
  "umbrella",
  "sailboat",
  "feather",
  "crown",
  "bell",
  "gem",
  "castle",
  "snowflake",
  "cloud",
  "rocket",
  "apple",
  "cherry",
  "guitar",
  "lamp",
  "turtle",
  "snail",
] as const;

/** Pairs of a ground and a line colour. */
export const MARK_COLOURS = ["blue", "green", "red", "amber", "violet", "teal", "pink", "grey"] as const;

const MAX_WORD_LENGTH = 24;

/** A person's own sign, which every window and frame of ours carries and no page knows (`ux.md` 4.4). */
export const markSchema = strictObject({
  shape: picklist(MARK_SHAPE_NAMES),
  colour: picklist(MARK_COLOURS),
  /** May be empty. */
  word: pipe(string(), maxLength(MAX_WORD_LENGTH)),
});
export type PersonalMark = InferOutput<typeof markSchema>;

/**
 * A mark by chance, so that no two installations look alike without a choice.
 *
 * @param first, second from 0 to 2³² − 1
 */
export function drawMark(first: number, second: number): PersonalMark {
  return {
    shape: MARK_SHAPE_NAMES[first % MARK_SHAPE_NAMES.length] ?? "anchor",
    colour: MARK_COLOURS[second % MARK_COLOURS.length] ?? "blue",
    word: "",
  };
}

export const isMark = (value: unknown): value is PersonalMark => is(markSchema, value);
