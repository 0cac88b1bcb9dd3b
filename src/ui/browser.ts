import type { Browser } from "webextension-polyfill";

declare const browser: Browser;

/** The browser's own interface, looked up when used: tests put theirs in its place. */
export const native = (): Browser => browser;
