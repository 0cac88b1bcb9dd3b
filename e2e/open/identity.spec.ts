import { expect, PASSPHRASE, test } from "../pages/story.ts";

test("a wrong passphrase is said, the right one is taken after it", async ({ open, practice }) => {
  await open.lookInside(practice.alice.p12, "wrong");
  const panel = open.panel("identity");
  await expect(panel.getByRole("alert")).toContainText("That passphrase does not fit");
  await expect(panel.getByLabel("Passphrase")).toBeFocused();
  await panel.getByLabel("Passphrase").fill(PASSPHRASE);
  await open.page.keyboard.press("Enter");
  await expect(panel.getByText("alice@practice.example")).toBeVisible();
});

test("everything in a file is listed before anything is taken (attack 48)", async ({ open, practice }) => {
  await open.lookInside(practice.alice.p12, PASSPHRASE);
  const panel = open.panel("identity");
  await expect(panel.locator(".import .certificate")).toHaveCount(2);
  await expect(panel.getByText("Certificate of an issuer")).toBeVisible();
  await panel.getByRole("button", { name: "Cancel" }).click();
  await expect(panel.getByText("None yet.")).toBeVisible();
  await expect(panel.getByRole("button", { name: "Add an identity" })).toBeFocused();
});

test("a file that is no identity file is said to be none", async ({ open, file }) => {
  await open.lookInside(file("x.p12", "no identity"), "");
  await expect(open.panel("identity").getByRole("alert")).toContainText("not a readable identity file");
});

test("forgetting closes what was open", async ({ alice, message }) => {
  const card = await alice.openMessage(message("encrypted"));
  await expect(card.banner).toHaveAttribute("data-banner", "b9");
  await alice.panel("identity").getByRole("button", { name: "Forget what was added here" }).click();
  await expect(card.banner).toHaveAttribute("data-banner", "c1");
  await expect(card.root.locator("iframe")).toHaveCount(0);
});

test("another tab and a page loaded again know the session's identities", async ({ alice }) => {
  await alice.page.reload();
  await expect(alice.panel("identity").getByText("alice@practice.example")).toBeVisible();
});
