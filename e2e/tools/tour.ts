import { mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import type { BrowserContext, Page } from "playwright-core";

export const TOUR_FOLDER = resolve(import.meta.dirname, "../../out/tour");

export interface Tour {
  /** One step: a line with its outcome, and pictures in both themes. A step that throws is a failed one. */
  readonly step: (name: string, act: () => Promise<StepOutcome>) => Promise<void>;
  readonly failures: () => number;
}

export interface StepOutcome {
  readonly page: Page;
  /** What is seen, and where it should be another thing. */
  readonly seen: string;
  readonly expected?: string;
  /** What a person reads. */
  readonly words?: string;
}

/** Of a picture in CSS pixels: what is longer is shown from its top as a window shows it. */
const MAX_HEIGHT = 3000;

async function takePictures(page: Page, name: string): Promise<void> {
  await page.bringToFront();
  const fullPage = (await page.evaluate(() => document.documentElement.scrollHeight)) <= MAX_HEIGHT;
  await page.mouse.move(0, 0);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.screenshot({ path: join(TOUR_FOLDER, `${name}-${colorScheme}.png`), fullPage });
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}

/** @param context of the browser, of which the last page is what a failed step leaves a picture of */
export function startTour(context: BrowserContext): Tour {
  rmSync(TOUR_FOLDER, { recursive: true, force: true });
  mkdirSync(TOUR_FOLDER, { recursive: true });
  let number = 0;
  let failed = 0;
  return {
    failures: () => failed,
    step: async (name, act) => {
      number++;
      const label = `${String(number).padStart(2)}  ${name.padEnd(34)}`;
      try {
        const { page, seen, expected = seen, words = "" } = await act();
        await takePictures(page, `${String(number).padStart(2, "0")}-${name.toLowerCase().replaceAll(/\W+/g, "-")}`);
        const isRight = seen === expected;
        if (!isRight) failed++;
        console.log(
          `${label}${isRight ? "ok  " : "FAIL"}  ${isRight ? seen : `${seen}, expected ${expected}`}  ${words}`,
        );
      } catch (error) {
        failed++;
        await context
          .pages()
          .at(-1)
          ?.screenshot({ path: join(TOUR_FOLDER, `${String(number).padStart(2, "0")}-failed.png`) })
          .catch(() => undefined);
        console.log(`${label}FAIL  ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)}`);
      }
    },
  };
}
