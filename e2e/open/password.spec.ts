import { expect, test } from "../pages/story.ts";
import { MESSAGE_PASSWORD } from "../tools/practice-messages.ts";

test("a message that a password encrypts opens with it, and with no other, in the page", async ({ open, message }) => {
  const card = await open.openMessage(message("password"));
  await expect(card.banner).toHaveAttribute("data-banner", "c15");
  await card.root.getByRole("button", { name: "Type the password" }).click();
  const dialog = open.page.getByRole("dialog", { name: "Type the password of this message" });
  await dialog.getByLabel("Password of the message").fill("wrong");
  await dialog.getByRole("button", { name: "Open", exact: true }).click();
  await expect(dialog.getByRole("alert")).toHaveText("That password does not open it.");
  await dialog.getByLabel("Password of the message").fill(MESSAGE_PASSWORD);
  await open.page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(card.banner).toHaveAttribute("data-banner", "b9");
  await expect(card.text.getByText("The harvest report is ready.")).toBeVisible();
});
