import type { ComponentChildren, JSX } from "preact";

interface Props {
  readonly title: ComponentChildren;
  /** One sentence of what is here. */
  readonly lead?: ComponentChildren;
  /** The one primary act. */
  readonly action?: ComponentChildren;
}

/** The head of a section. Its heading takes the focus when a person comes here. */
export function PageHead({ title, lead, action }: Props): JSX.Element {
  return (
    <div class="page-head">
      <div>
        <h1 tabIndex={-1}>{title}</h1>
        {lead && <p class="lead">{lead}</p>}
      </div>
      {action && <div class="page-action">{action}</div>}
    </div>
  );
}
