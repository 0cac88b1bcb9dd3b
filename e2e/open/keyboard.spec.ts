import { expect, PASSPHRASE, test } from "../pages/story.ts";

test("everything is done from the keyboard alone", async ({ open, message, practice }) => {
  const { page } = open;
  const tabTo = async (name: string | RegExp): Promise<void> => {
    for (let presses = 0; presses < 40; presses++) {
      await page.keyboard.press("Tab");
      const label = await page.evaluate(() => {
        const focused = document.activeElement;
        return focused instanceof HTMLElement ? (focused.getAttribute("aria-label") ?? focused.innerText) : "";
      });
      if (typeof name === "string" ? label.includes(name) : name.test(label)) return;
    }
    throw new Error(`Tab never reached ${String(name)}`);
  };

  await tabTo(/^Add an identity$/);
  await page.keyboard.press("Enter");
  const panel = open.panel("identity");
  await expect(panel.getByLabel("Identity file")).toBeFocused();
  await panel.getByLabel("Identity file").setInputFiles(practice.alice.p12);
  await page.keyboard.press("Tab");
  await expect(panel.getByLabel("Passphrase")).toBeFocused();
  await page.keyboard.type(PASSPHRASE);
  await page.keyboard.press("Enter");
  await expect(panel.getByRole("heading", { name: "alice.p12 holds" })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(panel.getByRole("button", { name: "Add an identity" })).toBeFocused();

  await page.locator("h1").click();
  const chooser = page.waitForEvent("filechooser");
  await tabTo("Choose files");
  await page.keyboard.press("Enter");
  await (await chooser).setFiles(message("encrypted"));
  const card = await open.card(message("encrypted"));
  await tabTo("Details");
  await page.keyboard.press("Enter");
  await expect(card.banner.locator(".questions")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(card.banner.getByRole("button", { name: "Details" })).toBeFocused();
  await tabTo("Save harvest.csv");
  const download = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  expect((await download).suggestedFilename()).toBe("harvest.csv");
});

test("a verdict is told to screen readers once it stands", async ({ alice, message }) => {
  const { page } = alice;
  await alice.chooseMessages(message("signed"));
  await expect(page.getByRole("status")).toHaveText("Signet: Signed by bob@practice.example, withdrawal not checked.");
  await expect(page.getByRole("status")).toHaveText("", { timeout: 8000 });
});
