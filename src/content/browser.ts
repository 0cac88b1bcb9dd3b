import type { Browser, Runtime } from "webextension-polyfill";

declare const browser: Browser | undefined;
declare const chrome: Browser | undefined;

/** The browser's own interface, under the name that it has; no polyfill, since every page of a webmail pays for it. */
export function native(): Browser {
  const found = typeof browser === "undefined" ? chrome : browser;
  if (found === undefined) throw new Error("not an extension");
  return found;
}
export type Sender = Runtime.MessageSender;
