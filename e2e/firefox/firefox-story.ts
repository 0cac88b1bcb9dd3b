import type { Frame, Page } from "puppeteer-core";
import { ownFrame, startFirefox, until, type Firefox } from "../pages/firefox.ts";
import { test as base } from "../pages/mail-story.ts";
import { VAULT_PASSPHRASE } from "../pages/own-pages.ts";

interface FirefoxStories {
  readonly firefox: Firefox;
}

/** Stories in Firefox ESR: the practice people, messages and mailboxes of the others, another browser. */
export const test = base.extend<FirefoxStories>({
  firefox: async ({}, use) => {
    const firefox = await startFirefox();
    await use(firefox);
    await firefox.close();
  },
});

/** Signs alice in to the stand-in, in a tab of its own. */
export async function signIn({ browser }: Firefox, url: string): Promise<Page> {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 1000 });
  await page.goto(`${url}/mail/`);
  await page.locator("[name=username]").fill("alice");
  await page.locator("[name=password]").fill("practice");
  await page.locator("button.primary").click();
  await page.locator("::-p-text(New mail)").wait();
  return page;
}

/** Opens the newest of so many conversations and waits for what our banner says of it. */
export async function readNewest(
  page: Page,
  conversations: number,
): Promise<{ readonly frame: Frame; readonly banner: string }> {
  await until(async () => (await page.$$("[data-convid]")).length === conversations);
  // The frame of the message that was read before may be there a moment longer.
  const before = page.frames();
  await page.locator("[data-convid]").click();
  const frame = await ownFrame(page, "message/index.html", before);
  const banner = await frame.waitForSelector("[data-banner]");
  return { frame, banner: await banner!.evaluate((element) => element.getAttribute("data-banner") ?? "") };
}

/** Takes in an identity and an authority by the options page, as a person does. */
export async function takeIn(
  firefox: Firefox,
  { p12, passphrase, certificate }: { p12: string; passphrase: string; certificate: string },
): Promise<void> {
  const page = await firefox.openOwnPage("options/index.html#/identities");
  const choose = async (file: string): Promise<void> => {
    const input = (await page.waitForSelector("input[type=file]"))!;
    await input.uploadFile(file);
  };
  await choose(p12);
  await page.locator("input[type=password]").fill(passphrase);
  await page.locator("button[type=submit]").click();
  await page.locator(".protection input[autocomplete=new-password]").fill(VAULT_PASSPHRASE);
  const [, again] = await page.$$(".protection input[autocomplete=new-password]");
  await again!.type(VAULT_PASSPHRASE);
  await page.locator("button[type=submit]").click();
  await page.locator("::-p-text(is ready)").wait();
  await page.evaluate(() => {
    location.hash = "#/trust/import";
  });
  await page.locator("::-p-text(Choose files)").wait();
  await choose(certificate);
  await page.locator("::-p-text(Trust this issuer for mail)").click();
  await page.locator("[data-anchor]").wait();
  await page.close();
}

export { expect, PASSPHRASE } from "../pages/mail-story.ts";
