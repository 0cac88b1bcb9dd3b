import type { BrowserContext, Frame, Page } from "playwright-core";

/** Set by the script below, in the page and in the frame: milliseconds since 1970 with fractions, by one clock. */
interface Clocked {
  pressedAt?: number;
  bodyAt?: number;
  bannerAt?: number;
}

/** Runs in every document, before its own scripts. */
function clock(): void {
  const at = globalThis as Clocked;
  const now = (): number => performance.timeOrigin + performance.now();
  if (location.pathname.endsWith("/message/index.html")) {
    // Not the notices that the message is being checked or opened, and not before the page has given the frame a height.
    const look = (): void => {
      if (innerHeight > 0 && document.querySelector("[data-banner]:not([data-banner=f1], [data-banner=f2])"))
        at.bannerAt ??= now();
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true });
    addEventListener("resize", look);
    return;
  }
  let before: Element | null = null;
  addEventListener(
    "pointerdown",
    () => {
      at.pressedAt = now();
      delete at.bodyAt;
      before = document.querySelector("[id^=UniqueMessageBody]");
    },
    true,
  );
  new MutationObserver(() => {
    const body = document.querySelector("[id^=UniqueMessageBody]");
    if (body !== null && body !== before && at.pressedAt !== undefined) at.bodyAt ??= now();
  }).observe(document, { childList: true, subtree: true });
}

export async function startClock(context: BrowserContext): Promise<void> {
  await context.addInitScript(clock);
}

/** Milliseconds from the press on the row. */
export interface Opening {
  /** Until the webmail shows its own view of the message. */
  readonly webmail: number;
  /** Until our banner stands there with its verdict. */
  readonly banner: number;
}

export async function readClock(page: Page, frame: Frame): Promise<Opening> {
  const handle = await frame.waitForFunction(() => (globalThis as Clocked).bannerAt, undefined, { timeout: 120_000 });
  const bannerAt = (await handle.jsonValue()) ?? NaN;
  const { pressedAt = NaN, bodyAt = NaN } = await page.evaluate(() => {
    const { pressedAt, bodyAt } = globalThis as Clocked;
    return { pressedAt, bodyAt };
  });
  return { webmail: bodyAt - pressedAt, banner: bannerAt - pressedAt };
}
