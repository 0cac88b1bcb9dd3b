import { readFileSync } from "node:fs";
import { expect, test } from "../pages/story.ts";

test("an empty file is named as one, with what to do", async ({ open, file }) => {
  const card = await open.openMessage(file("empty.eml", ""));
  await expect(card.headline).toHaveText("This file is empty");
  await expect(card.banner).toContainText("open that file");
});

test("a cut-off message is an error with what to do, not a verdict", async ({ open, file, message }) => {
  const whole = readFileSync(message("encrypted"));
  const card = await open.openMessage(file("cut.eml", whole.subarray(0, whole.length / 2)));
  await expect(card.banner).toHaveAttribute("data-banner", "error");
  await expect(card.headline).toHaveText("This file cannot be read as a message");
  await expect(card.banner).toContainText("Code: malformed.");
  await card.banner.getByRole("button", { name: "Try again" }).click();
  await expect(card.headline).toHaveText("This file cannot be read as a message");
});

test("a file that is no message shows no verdict that could be mistaken", async ({ open, file }) => {
  const card = await open.openMessage(file("noise.p7m", Buffer.from([0x30, 0x80, 0xff, 0xff, 0x00])));
  expect(["error", "a29"]).toContain(await card.bannerId());
});
