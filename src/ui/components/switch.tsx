import { useId } from "preact/hooks";
import type { ComponentChildren, JSX } from "preact";

interface Props {
  readonly label: ComponentChildren;
  readonly isOn: boolean;
  /** Shown as it is, and why stands beside it; it keeps its place in the order of the keyboard. */
  readonly isReadOnly?: boolean;
  readonly describedBy?: string | undefined;
  readonly isLabelHidden?: boolean;
  readonly onChange: (isOn: boolean) => void;
}

/** On or off, at once. Its state is a place and a sign before it is a colour. */
export function Switch({ label, isOn, isReadOnly, describedBy, isLabelHidden, onChange }: Props): JSX.Element {
  const labelId = useId();
  return (
    <span class="switch-row">
      <button
        type="button"
        class="switch"
        role="switch"
        aria-checked={isOn}
        aria-disabled={isReadOnly ?? false}
        aria-labelledby={labelId}
        aria-describedby={describedBy}
        onClick={() => {
          if (isReadOnly !== true) onChange(!isOn);
        }}
      >
        <span class="switch-knob" />
      </button>
      <span id={labelId} class={isLabelHidden === true ? "visually-hidden" : "switch-label"}>
        {label}
      </span>
    </span>
  );
}
