import { readFileSync } from "node:fs";
import { expect, test } from "../pages/story.ts";

test("a signed message names its signer, shows its text and gives its attachment", async ({ alice, message }) => {
  const card = await alice.openMessage(message("signed"));
  await expect(card.banner).toHaveAttribute("data-banner", "a7");
  await expect(card.headline).toHaveText("Signed by bob@practice.example, withdrawal not checked");
  await expect(card.subject).toHaveText("Subject: Signed");
  await expect(card.text.getByText("The harvest report is ready")).toBeVisible();

  const download = alice.page.waitForEvent("download");
  await card.root.getByRole("button", { name: "Save harvest.csv" }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe("harvest.csv");
  expect(readFileSync(await saved.path(), "utf8")).toBe("field,tons\nnorth,12\nsouth,9\n");
  await expect(alice.page.getByRole("status")).toContainText("no longer encrypted");
});
