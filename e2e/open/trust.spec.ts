import { expect, PASSPHRASE, test } from "../pages/story.ts";

test("an issuer that is not on the list is named, and trusting it changes the verdict", async ({
  open,
  message,
  practice,
}) => {
  const card = await open.openMessage(message("signed"));
  await expect(card.banner).toHaveAttribute("data-banner", "a8");
  await expect(card.headline).toHaveText("Signed, but issuer Signet Practice CA is not trusted");
  await open.trust(practice.ca.certificate);
  await expect(card.banner).toHaveAttribute("data-banner", "a7");
});

test("a certificate that is read with an identity is not trusted by that", async ({ open, message, practice }) => {
  await open.importIdentity(practice.alice.p12, PASSPHRASE);
  const card = await open.openMessage(message("signed"));
  await expect(card.banner).toHaveAttribute("data-banner", "a8");
});

test("one person's certificate is trusted for one address, on the spot", async ({ open, message }) => {
  const card = await open.openMessage(message("signed"));
  await expect(card.banner).toHaveAttribute("data-banner", "a8");
  await card.root.getByRole("button", { name: "Review issuer" }).click();
  const question = open.page.getByRole("dialog");
  await expect(question).toContainText("Trust this certificate for");
  await question.getByRole("button", { name: "Trust this certificate" }).click();
  await expect(card.banner).toHaveAttribute("data-banner", "a2");
});
