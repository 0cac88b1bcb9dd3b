import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { JSX } from "preact";
import { Text, t } from "../i18n.tsx";
import type { Words } from "../words.ts";
import { Icon } from "./icon.tsx";
import { announce } from "./live-regions.tsx";

interface Status {
  readonly text: Words;
  readonly undo: (() => Promise<void>) | null;
}

const status = signal<Status | null>(null);

/** How long an act can be taken back (`ux.md` 3.1). */
export const UNDO_MS = 10_000;

/** Says what was done, with a way back where there is one. The next act takes its place. */
export function tell(text: Words, undo: Status["undo"] = null): void {
  status.value = { text, undo };
  announce(text);
}

/** The line at the foot of a page that says what was just done. It stays while a person is in it. */
export function StatusLine(): JSX.Element | null {
  const shown = status.value;
  useEffect(() => {
    if (shown === null) return;
    let timer = 0;
    const clear = (): void => {
      const isInUse = document.querySelector(".status-line:hover, .status-line:focus-within") !== null;
      if (isInUse) timer = window.setTimeout(clear, 1000);
      else if (status.value === shown) status.value = null;
    };
    timer = window.setTimeout(clear, UNDO_MS);
    return () => {
      window.clearTimeout(timer);
    };
  }, [shown]);
  if (shown === null) return null;
  const { text, undo } = shown;
  return (
    <div class="status-line">
      <Icon name="circle-check" />
      <span>
        <Text words={text} />
      </span>
      {undo && (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            status.value = null;
            void undo();
          }}
        >
          <Icon name="undo-2" />
          {t("undo")}
        </button>
      )}
      <button
        type="button"
        class="icon-button"
        aria-label={t("status_close")}
        onClick={() => {
          status.value = null;
        }}
      >
        <Icon name="x" />
      </button>
    </div>
  );
}
