import type { Runtime } from "webextension-polyfill";
import { isLockNotice } from "../messages/lock-notice.ts";
import { native } from "./browser.ts";

/** Calls `act` when a person has locked the keys, in whichever window. */
export function whenLocked(act: () => void): void {
  const { runtime } = native();
  runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) => {
    if (isLockNotice(message, sender, runtime.id)) act();
    return undefined;
  });
}
