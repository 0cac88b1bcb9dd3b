import { violationsOn } from "../pages/accessibility.ts";
import { overflowOf } from "../pages/own-story.ts";
import { expect, test } from "../pages/story.ts";

test("has no accessibility violation", async ({ alice, message, practice }) => {
  const { page } = alice;
  for (const name of ["signed", "altered", "no-key", "encrypted", "signed-and-encrypted"]) {
    const card = await alice.openMessage(message(name));
    await card.banner.getByRole("button", { name: "Details" }).click();
    await card.banner.locator("summary").click();
  }
  await alice.lookInside(practice.bob.p12, "wrong");
  await expect(alice.panel("identity").getByRole("alert")).toBeVisible();
  expect(await violationsOn(page)).toEqual([]);
});

test("does not scroll sideways at any width", async ({ alice, message }) => {
  const { page } = alice;
  const card = await alice.openMessage(message("signed-and-encrypted"));
  await card.banner.getByRole("button", { name: "Details" }).click();
  await card.banner.locator("summary").click();
  for (const width of [320, 380, 768, 1280, 3840]) {
    await page.setViewportSize({ width, height: 900 });
    expect([width, await overflowOf(page)]).toEqual([width, 0]);
  }
});
