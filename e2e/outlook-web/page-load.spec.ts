import type { CDPSession, Page } from "playwright-core";
import { differs } from "../pages/differs.ts";
import { expect, test } from "../pages/mail-story.ts";

/** Of our content script for one burst of changes while no mail view changes, ms. */
const BUDGET_MS = 1;

const BURSTS = 20;

interface TraceEvent {
  readonly name: string;
  /** When it began, microseconds. */
  readonly ts: number;
  /** Microseconds, of the thread alone where the system tells it: another program must not count. */
  readonly tdur?: number;
  readonly dur?: number;
  readonly args?: { readonly data?: { readonly url?: string } };
}

const isOurScript = (url: string | undefined): boolean => /\/content(?:-[a-z-]+)?\.js$/.test(url ?? "");

/** Records what the page's process does; the function ends it. */
async function trace(session: CDPSession): Promise<() => Promise<readonly TraceEvent[]>> {
  const events: TraceEvent[] = [];
  session.on("Tracing.dataCollected", ({ value }) => {
    events.push(...(value as unknown as TraceEvent[]));
  });
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: ["devtools.timeline", "v8.execute", "blink.user_timing"] },
  });
  return async () => {
    const isComplete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
    await session.send("Tracing.end");
    await isComplete;
    return events;
  };
}

/** The page changes as webmails do: a thousand elements come, change and go, in several tasks. */
const burst = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    performance.mark("burst");
    const rest = (): Promise<unknown> => new Promise((done) => setTimeout(done, 0));
    const place = document.createElement("section");
    document.body.append(place);
    for (let task = 0; task < 10; task++) {
      for (let count = 0; count < 100; count++) {
        const row = document.createElement("div");
        row.id = `row-${count}`;
        row.textContent = "x";
        place.append(row);
        row.setAttribute("aria-selected", "true");
      }
      await rest();
    }
    place.remove();
    // Longer than the content script waits for the end of a burst.
    await new Promise((done) => setTimeout(done, 60));
  });

test(
  "a burst of changes costs the page next to nothing, and a page at rest nothing",
  differs("what our script costs a page of many changes", "the same observer; not run twice"),
  async ({ extension, aliceMail: mail, deliver }) => {
    deliver("signed");
    await mail.open("Signed");
    await expect((await mail.messageFrame()).locator("[data-banner]")).toBeVisible();
    const browser = extension.context.browser();
    if (!browser) throw new Error("no browser");
    const session = await browser.newBrowserCDPSession();

    await burst(mail.page);
    const end = await trace(session);
    for (let count = 0; count < BURSTS; count++) await burst(mail.page);
    const events = await end();
    const ours = events.filter(({ name, args }) => name === "FunctionCall" && isOurScript(args?.data?.url));
    const starts = events.filter(({ name }) => name === "burst").map(({ ts }) => ts);
    const spent = new Array<number>(starts.length).fill(0);
    for (const { ts, dur = 0, tdur = dur } of ours) {
      const burstOf = starts.findLastIndex((start) => start <= ts);
      spent[burstOf] = (spent[burstOf] ?? 0) + tdur / 1000;
    }
    // The lower quartile: what else the machine does, and the garbage of the whole page, only add to ours.
    const cost = spent.toSorted((a, b) => a - b)[BURSTS / 4] ?? Infinity;
    console.log(`content script: ${cost.toFixed(3)} ms for a burst of 2,000 mutations, ${ours.length} calls`);
    expect(starts).toHaveLength(BURSTS);
    // The look after each burst is among them, so that the trace is known to see our script.
    expect(ours.length).toBeGreaterThanOrEqual(BURSTS);
    expect(cost).toBeLessThanOrEqual(BUDGET_MS);

    const endRest = await trace(session);
    await mail.page.evaluate(() => new Promise((done) => setTimeout(done, 2000)));
    const atRest = (await endRest()).filter(({ args }) => isOurScript(args?.data?.url));
    expect(atRest).toEqual([]);
  },
);
