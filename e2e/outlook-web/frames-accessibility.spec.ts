import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Frame } from "playwright-core";
import { expect, test, turnSignOn } from "../pages/mail-story.ts";

// The package that Playwright's own brings; its builder looks at whole pages only.
const resolve = createRequire(createRequire(import.meta.url).resolve("@axe-core/playwright")).resolve;
const AXE = readFileSync(resolve("axe-core/axe.min.js"), "utf8");

interface Axe {
  run(context: object): Promise<{ violations: { id: string; impact: string }[] }>;
}

async function seriousIn(frame: Frame): Promise<string[]> {
  await frame.evaluate(AXE);
  const { violations } = await frame.evaluate(() =>
    (globalThis as unknown as { axe: Axe }).axe.run({ exclude: ["iframe"] }),
  );
  return violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id }) => id);
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing serious in our frames, ${colorScheme}`, async ({ aliceMail: mail, deliver }) => {
    await mail.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    deliver("signed-and-encrypted");
    await mail.open("Signed and encrypted");
    const message = await mail.messageFrame();
    await message.getByRole("button", { name: "Details" }).click();
    await expect(message.locator(".questions")).toBeVisible();
    expect(await seriousIn(message)).toEqual([]);
    const form = await mail.newMail();
    await form.write({ to: ["bob@practice.example"], subject: "Look", text: "Look." });
    const compose = await mail.composeFrame();
    await turnSignOn(compose);
    expect(await seriousIn(compose)).toEqual([]);
  });
}
