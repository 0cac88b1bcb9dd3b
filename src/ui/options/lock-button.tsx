import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { Icon } from "../components/icon.tsx";
import { tell } from "../components/status-line.tsx";
import { UnlockDialog } from "../identity/unlock-dialog.tsx";
import { t } from "../i18n.tsx";
import { ask } from "../background-client.ts";
import { vault } from "../stored.ts";
import { words } from "../words.ts";

/** Locks the keys, or unlocks them, from every section. */
export function LockButton(): JSX.Element | null {
  const [isAsking, setAsking] = useState(false);
  const state = vault.value;
  if (state === null || state.kind === "none") return null;
  const isLocked = state.kind === "locked";
  const act = async (): Promise<void> => {
    if (isLocked) {
      setAsking(true);
      return;
    }
    const answer = await ask({ name: "lockNow" });
    if (!answer.ok) return;
    vault.value = answer.value;
    tell(words("lock_done"));
  };
  return (
    <div class="lock">
      <button type="button" onClick={() => void act()}>
        <Icon name={isLocked ? "lock-keyhole" : "lock-keyhole-open"} />
        {t(isLocked ? "unlock" : "lock_now")}
      </button>
      {isAsking && (
        <UnlockDialog
          onUnlocked={() => {
            setAsking(false);
            tell(words("unlock_done"));
          }}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </div>
  );
}
