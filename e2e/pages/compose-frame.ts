import type { Frame } from "playwright-core";
import { SEEN_FOR_MS } from "../../src/ui/compose/sight.ts";

/** Turns Sign on, and waits until the frame shows what would be signed. */
export async function turnSignOn(frame: Frame): Promise<void> {
  await frame.getByRole("switch", { name: "Sign" }).click();
  await frame.locator("[data-list=header_to]").waitFor();
}

/** Presses our Send as a person does, who has seen it for a moment. */
export async function sendSigned(frame: Frame): Promise<void> {
  const button = frame.locator("[data-act=send][data-seen=true]");
  await button.waitFor();
  // What counts is the time that it was in sight, by the browser's clock.
  await frame.evaluate((ms) => new Promise((done) => setTimeout(done, ms)), SEEN_FOR_MS);
  await button.click();
}
