import type { JSX } from "preact";
import { ICON_SHAPES, type IconName, type Shape } from "./icon-shapes.ts";

/** The lines of a shape, inside an `<svg>` of 24 by 24. */
export function ShapeLines({ shape }: { readonly shape: Shape }): JSX.Element {
  return (
    <>
      {shape.map(([Element, attributes]) => (
        <Element key={JSON.stringify(attributes)} {...attributes} />
      ))}
    </>
  );
}

/** A picture beside words that say the same. Its colour is its wrapper's, or forced colours would not reach it. */
export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false" data-icon={name}>
      <ShapeLines shape={ICON_SHAPES[name]} />
    </svg>
  );
}
