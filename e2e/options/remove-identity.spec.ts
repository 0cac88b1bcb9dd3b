import { expect, test } from "../pages/own-story.ts";

test("deleting a key names what is lost, and asks for a tick first", async ({ aliceOptions }) => {
  const { page } = aliceOptions;
  await page.getByRole("button", { name: "Remove alice@practice.example" }).click();
  const question = page.getByRole("alertdialog", { name: "Delete the key of alice@practice.example?" });
  await expect(question.getByRole("button", { name: "Keep the key" })).toBeFocused();
  await expect(question).toContainText("Mail that was encrypted to it cannot be opened here again");
  await question.getByRole("button", { name: "Delete the key" }).click();
  await expect(question.getByRole("alert")).toHaveText("Tick the line above first, or keep the key.");
  await question.getByRole("checkbox").check();
  await question.getByRole("button", { name: "Delete the key" }).click();
  await expect(page.locator("[data-identity]")).toHaveCount(0);
  await expect(page.locator(".status-line")).toHaveText(/The key of alice@practice\.example was deleted\./);
});

test("Escape keeps the key, and the focus goes back to the button", async ({ aliceOptions }) => {
  const { page } = aliceOptions;
  const button = page.getByRole("button", { name: "Remove alice@practice.example" });
  await button.click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("alertdialog")).toHaveCount(0);
  await expect(button).toBeFocused();
  await expect(page.locator("[data-identity]")).toHaveCount(1);
});
