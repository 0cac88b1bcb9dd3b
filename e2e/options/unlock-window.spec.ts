import { violationsOn } from "../pages/accessibility.ts";
import { expect, test, VAULT_PASSPHRASE } from "../pages/own-story.ts";

test("the window names the address, opens its field late, and closes when it is done", async ({
  aliceOptions,
  extension,
}) => {
  await aliceOptions.page.getByRole("button", { name: "Lock now" }).click();
  const opened = extension.context.waitForEvent("page");
  await (
    await extension.worker()
  ).evaluate(
    (url) =>
      (
        globalThis as unknown as { chrome: { windows: { create: (options: object) => Promise<unknown> } } }
      ).chrome.windows.create({ url, type: "popup", width: 480, height: 400 }),
    `${extension.baseUrl}windows/unlock.html`,
  );
  const window = await opened;
  await expect(window.getByRole("heading", { name: "Unlock alice@practice.example" })).toBeVisible();
  await expect(window.getByRole("img", { name: /^Your mark: / })).toBeVisible();
  const field = window.getByLabel("Passphrase", { exact: true });
  await expect(field).toBeFocused();
  await field.fill("wrong");
  await window.keyboard.press("Enter");
  await expect(window.getByRole("alert").first()).toHaveText("That passphrase does not fit.");
  await expect(window.getByText("Nothing is lost; check Caps Lock and the keyboard language")).toBeVisible();
  expect(await violationsOn(window)).toEqual([]);
  await field.fill(VAULT_PASSPHRASE);
  const closed = window.waitForEvent("close");
  await window.keyboard.press("Enter");
  await closed;
  await aliceOptions.page.reload();
  await expect(aliceOptions.page.getByText("Unlocked now")).toBeVisible();
});

test("Escape closes it and leaves everything locked", async ({ aliceOptions, extension }) => {
  await aliceOptions.page.getByRole("button", { name: "Lock now" }).click();
  const window = await extension.context.newPage();
  await window.goto(`${extension.baseUrl}windows/unlock.html`);
  await window.getByLabel("Passphrase", { exact: true }).waitFor();
  const closed = window.waitForEvent("close");
  // The window is gone before the key is up again.
  await Promise.all([closed, window.keyboard.press("Escape").catch(() => undefined)]);
  await aliceOptions.page.reload();
  await expect(aliceOptions.page.getByText("Locked now")).toBeVisible();
});
