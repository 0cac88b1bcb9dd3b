import type { JSX } from "preact";
import { t, text } from "../i18n.tsx";
import { words, type Words } from "../words.ts";
import { ShapeLines } from "./icon.tsx";
import { MARK_SHAPES } from "./mark-shapes.ts";
import type { PersonalMark } from "../../settings/mark.ts";

/** The mark in words, as `blue anchor, “Lisbon”`. */
export function markWords({ shape, colour, word }: PersonalMark): Words {
  const params = { colour: words(`mark_colour_${colour}`), shape: words(`mark_shape_${shape}`) };
  return word === "" ? words("mark_name", params) : words("mark_name_word", { ...params, word });
}

interface Props {
  readonly mark: PersonalMark;
  readonly size?: "small" | "large";
}

/** The mark as a picture; its colours are its meaning and stay as they are in every theme. */
export function MarkView({ mark, size = "small" }: Props): JSX.Element {
  return (
    <span
      class={`mark mark-${mark.colour} is-${size}`}
      role="img"
      aria-label={t("mark_yours", { mark: text(markWords(mark)) })}
    >
      <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <ShapeLines shape={MARK_SHAPES[mark.shape]} />
      </svg>
    </span>
  );
}
