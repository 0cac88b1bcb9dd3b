import type { ComponentChildren, JSX } from "preact";
import { Icon } from "../components/icon.tsx";
import type { IconName } from "../components/icon-shapes.ts";

interface Props {
  readonly icon: IconName;
  readonly headline: ComponentChildren;
  readonly sentence: ComponentChildren;
  readonly children?: ComponentChildren;
}

/** What will be here, why it is empty, and the one thing to do (`ux.md` 3.2). */
export function EmptyState({ icon, headline, sentence, children }: Props): JSX.Element {
  return (
    <div class="empty">
      <Icon name={icon} />
      <h2>{headline}</h2>
      <p>{sentence}</p>
      {children}
    </div>
  );
}
