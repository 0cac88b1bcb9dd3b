import { readFileSync } from "node:fs";
import { expect, test } from "../pages/webmail-story.ts";

test("an encrypted message is read in our frame, and nowhere in the page", async ({ aliceMail: mail, deliver }) => {
  await deliver("signed-and-encrypted");
  await mail.open("Signed and encrypted");
  const frame = await mail.messageFrame();
  await expect(frame.locator("[data-banner]")).toHaveAttribute("data-banner", "b3");
  await expect(frame.locator("iframe.body").contentFrame().getByText("The harvest report is ready")).toBeVisible();
  const download = mail.page.waitForEvent("download");
  await frame.getByRole("button", { name: "Save harvest.csv" }).click();
  expect(readFileSync(await (await download).path(), "utf8")).toContain("north,12");
  expect(await mail.page.content()).not.toContain("harvest report");
  expect(await mail.page.evaluate(() => document.body.innerText)).not.toContain("harvest report");
});

test("the height of the frame says nothing of what was decrypted", async ({ aliceMail: mail, deliver }) => {
  const heights: number[] = [];
  for (const name of ["signed-and-encrypted", "encrypted"]) {
    await deliver(name);
    await mail.open(name === "encrypted" ? "Encrypted" : "Signed and encrypted");
    const frame = await mail.messageFrame();
    await expect(frame.locator("iframe.body").first()).toBeVisible();
    await expect.poll(async () => (await (await frame.frameElement()).boundingBox())?.height).toBeGreaterThan(500);
    heights.push((await (await frame.frameElement()).boundingBox())?.height ?? 0);
  }
  expect(new Set(heights).size).toBe(1);
});
