import { FirstRunPage } from "../pages/own-pages.ts";
import { startExtension } from "../pages/extension.ts";
import { expect, PASSPHRASE, test } from "../pages/own-story.ts";

test("it opens once after installing, by itself", async () => {
  const extension = await startExtension({ headless: true, keepFirstRun: true });
  const pages = extension.context.pages().filter((page) => page.url().endsWith("first-run/index.html"));
  expect(pages).toHaveLength(1);
  await expect(pages[0]!.getByRole("heading", { level: 1 })).toHaveText("Welcome. Three things, two minutes.");
  await extension.close();
});

for (const protection of ["passphrase", "device"] as const) {
  test(`three steps lead to a working identity, kept by ${protection}`, async ({ extension, practice }) => {
    const firstRun = await FirstRunPage.open(extension.context, extension.baseUrl);
    const { page } = firstRun;
    await firstRun.addIdentity(practice.alice.p12, PASSPHRASE, protection);
    await expect(firstRun.stepsDone).toHaveCount(2);
    await expect(page.getByRole("listitem").getByText("alice@practice.example")).toBeVisible();
    await expect(page.getByRole("heading", { name: /Your mark/ })).toBeFocused();
    await expect(
      page.getByText(
        protection === "device"
          ? "whoever can use this browser profile can sign as you and read your mail"
          : "Signet asks for your passphrase before it uses a key.",
      ),
    ).toBeVisible();
    await page.reload();
    await expect(firstRun.stepsDone).toHaveCount(2);
  });
}

test("the mark is drawn by chance, and a shape, a colour and a word are chosen", async ({ extension }) => {
  const { page } = await FirstRunPage.open(extension.context, extension.baseUrl);
  await page.getByText("Choose shape, colour and word").click();
  await page.getByTitle("Anchor").click();
  await page.getByTitle("violet").click();
  await page.getByLabel("Word of your own").fill("Lisbon");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("img", { name: "Your mark: Anchor, violet, “Lisbon”" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("img", { name: "Your mark: Anchor, violet, “Lisbon”" })).toBeVisible();
});

test("without a certificate it says what works, and lets go", async ({ extension }) => {
  const { page } = await FirstRunPage.open(extension.context, extension.baseUrl);
  await page.getByRole("button", { name: "I have none, or later" }).click();
  await expect(page.getByText("You can already see who signed what you receive.")).toBeVisible();
  await page.getByRole("button", { name: "I have a file" }).click();
  await expect(page.getByRole("button", { name: "Choose a file" })).toBeVisible();
});

test("cancelling after Continue asks for no passphrase any more", async ({ extension, practice }) => {
  const { page } = await FirstRunPage.open(extension.context, extension.baseUrl);
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: "Choose a file" }).click(),
  ]);
  await chooser.setFiles(practice.alice.p12);
  await page.getByLabel("Passphrase of the file").fill(PASSPHRASE);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("Asked when you add your certificate.")).toBeVisible();
});
