import type { JSX } from "preact";
import { ICON_SHAPES, type IconName } from "./icon-shapes.ts";

/** A picture beside words that say the same. Its colour is its wrapper's, or forced colours would not reach it. */
export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false" data-icon={name}>
      {ICON_SHAPES[name].map(([Element, attributes]) => (
        <Element key={JSON.stringify(attributes)} {...attributes} />
      ))}
    </svg>
  );
}
