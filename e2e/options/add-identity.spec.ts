import { certificate } from "../../src/testing/certificate-builder.ts";
import { expect, lookInside, person, test, VAULT_PASSPHRASE } from "../pages/own-story.ts";

test("everything in a file is shown before anything is stored, and what is chosen is kept", async ({
  options,
  p12,
  extension,
}) => {
  const { page } = options;
  await expect(page.getByRole("heading", { name: "Add the certificate you sign with" })).toBeVisible();
  const root = certificate().subject("CN=Stories Root").ca().build();
  await lookInside(options, p12("ana.p12", person("ana@stories.example").issuedBy(root).build(), [root]));
  await expect(page.getByRole("heading", { name: "What is in ana.p12" })).toBeFocused();
  await expect(page.getByText("ana@stories.example")).toBeVisible();
  await expect(page.getByText("Signs and encrypts")).toBeVisible();
  await expect(page.getByText("Issued by Stories Root").first()).toBeVisible();
  await expect(page.getByText("An authority. Adding your identity does not trust it")).toBeVisible();
  await expect(page.locator(".certificate .fingerprint")).toHaveCount(2);

  await page.getByLabel("New passphrase", { exact: true }).fill(VAULT_PASSPHRASE);
  await page.getByLabel("New passphrase again").fill(VAULT_PASSPHRASE);
  await page.getByRole("button", { name: "Add identity" }).click();
  await expect(page.getByText("ana@stories.example is ready.").first()).toBeVisible();
  await expect(page.locator("[data-identity]")).toHaveCount(1);

  // Kept: another page over the same storage has it, and no authority was trusted on the way.
  await page.goto(`${extension.baseUrl}options/index.html#/trust`);
  await page.reload();
  await expect(page.getByRole("heading", { name: "No authorities of your own" })).toBeVisible();
  await page.getByRole("link", { name: "Identities" }).click();
  await expect(page.locator("[data-identity]")).toHaveCount(1);
});

test("cancelling stores nothing", async ({ options, p12 }) => {
  const { page } = options;
  await lookInside(options, p12("ana.p12", person("ana@stories.example").build()));
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("button", { name: "Choose a file" })).toBeVisible();
  await page.reload();
  await expect(page.locator("[data-identity]")).toHaveCount(0);
});

test("a passphrase that is short, or typed differently, is said and nothing is stored", async ({ options, p12 }) => {
  const { page } = options;
  await lookInside(options, p12("ana.p12", person("ana@stories.example").build()));
  const add = page.getByRole("button", { name: "Add identity" });
  await add.click();
  await expect(page.getByText("Enter a passphrase, or choose not to be asked.")).toBeVisible();
  await page.getByLabel("New passphrase", { exact: true }).fill("short");
  await expect(page.getByText("Use at least 8 characters.")).toBeVisible();
  await page.getByLabel("New passphrase", { exact: true }).fill(VAULT_PASSPHRASE);
  await expect(page.getByText("The two passphrases differ.")).toBeVisible();
  await page.getByLabel("New passphrase again").fill(VAULT_PASSPHRASE);
  await add.click();
  await expect(page.locator("[data-identity]")).toHaveCount(1);
});

test("a second identity asks for the lock's passphrase, not for a new one", async ({ aliceOptions, practice }) => {
  const { page } = aliceOptions;
  await page.getByRole("button", { name: "Lock now" }).click();
  await page.getByRole("link", { name: "Add identity" }).click();
  await lookInside(aliceOptions, practice.bob.p12);
  await page.getByRole("button", { name: "Add identity" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("heading", { name: "Unlock your keys" })).toBeVisible();
  await dialog.getByLabel("Passphrase", { exact: true }).fill(VAULT_PASSPHRASE);
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-identity]")).toHaveCount(2);
});
