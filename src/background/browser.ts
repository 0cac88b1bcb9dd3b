import type { Browser, Runtime } from "webextension-polyfill";

declare const browser: Browser;

/** The browser's own interface; Chromium from 148 on has it under the same name as Firefox. */
const native: Browser = browser;
export { native as browser };
export type { Browser };
export type Port = Runtime.Port;
export type Sender = Runtime.MessageSender;
