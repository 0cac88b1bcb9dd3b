import { useId } from "preact/hooks";
import type { JSX } from "preact";
import { t, Text } from "../i18n.tsx";
import { words } from "../words.ts";
import { Icon, ShapeLines } from "./icon.tsx";
import { MARK_SHAPES } from "./mark-shapes.ts";
import { MARK_COLOURS, MARK_SHAPE_NAMES, type PersonalMark } from "../../settings/mark.ts";
import { drawOtherMark } from "./mark.ts";
import { markWords, MarkView } from "./mark-view.tsx";

/** Longer words do not fit beside a field. */
const MAX_WORD_LENGTH = 20;

interface Props {
  readonly mark: PersonalMark;
  readonly onChange: (mark: PersonalMark) => void;
}

/** A person's mark: drawn by chance, another one at a click, or put together by hand; with a word if they like. */
export function MarkChoice({ mark, onChange }: Props): JSX.Element {
  const id = useId();
  return (
    <div class="mark-choice">
      <div class="mark-shown">
        <MarkView mark={mark} size="large" />
        <p class="mark-words">
          <Text words={markWords(mark)} />
        </p>
        <button
          type="button"
          onClick={() => {
            onChange(drawOtherMark(mark));
          }}
        >
          <Icon name="shuffle" />
          {t("mark_another")}
        </button>
      </div>
      <details>
        <summary>{t("mark_by_hand")}</summary>
        <fieldset class="swatches">
          <legend>{t("mark_shape")}</legend>
          {MARK_SHAPE_NAMES.map((shape) => (
            <label key={shape} class="swatch" title={t(`mark_shape_${shape}`)}>
              <input
                type="radio"
                class="visually-hidden"
                name={`${id}-shape`}
                aria-label={t(`mark_shape_${shape}`)}
                checked={mark.shape === shape}
                onChange={() => {
                  onChange({ ...mark, shape });
                }}
              />
              <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
                <ShapeLines shape={MARK_SHAPES[shape]} />
              </svg>
            </label>
          ))}
        </fieldset>
        <fieldset class="swatches">
          <legend>{t("mark_colour")}</legend>
          {MARK_COLOURS.map((colour) => (
            <label key={colour} class={`swatch mark-${colour}`} title={t(`mark_colour_${colour}`)}>
              <input
                type="radio"
                class="visually-hidden"
                name={`${id}-colour`}
                aria-label={t(`mark_colour_${colour}`)}
                checked={mark.colour === colour}
                onChange={() => {
                  onChange({ ...mark, colour });
                }}
              />
              {mark.colour === colour && <Icon name="check" />}
            </label>
          ))}
        </fieldset>
        <div class="field">
          <label for={`${id}-word`}>{t("mark_word")}</label>
          <input
            id={`${id}-word`}
            maxLength={MAX_WORD_LENGTH}
            value={mark.word}
            autoComplete="off"
            aria-describedby={`${id}-help`}
            onChange={({ currentTarget }) => {
              onChange({ ...mark, word: currentTarget.value.trim() });
            }}
          />
          <p class="remark" id={`${id}-help`}>
            <Text words={words("mark_word_help")} />
          </p>
        </div>
      </details>
    </div>
  );
}
