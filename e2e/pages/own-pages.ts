import type { BrowserContext, Locator, Page } from "playwright-core";

/** Of the vault in tests and in the tour; it protects nothing. */
export const VAULT_PASSPHRASE = "practice vault";

async function open(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await page.locator("h1").waitFor();
  // Where stories share a browser, the tab that was closed last may have handed the front to another one.
  await page.bringToFront();
  return page;
}

/** Gives files to what the button of this name opens. */
async function choose(page: Page, name: string, files: readonly string[]): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name, exact: true }).click(),
  ]);
  await chooser.setFiles(files);
}

/** The page that opens after installing. */
export class FirstRunPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  static async open(context: BrowserContext, baseUrl: string): Promise<FirstRunPage> {
    return new FirstRunPage(await open(context, `${baseUrl}first-run/index.html`));
  }

  /** A file and its passphrase, what is in it, then how it is kept: the steps of the page in order. */
  async addIdentity(
    p12: string,
    passphrase: string,
    protection: "passphrase" | "device" = "passphrase",
  ): Promise<void> {
    await choose(this.page, "Choose a file", [p12]);
    await this.page.getByLabel("Passphrase of the file").fill(passphrase);
    await this.page.getByRole("button", { name: "Open file" }).click();
    await this.page.getByRole("button", { name: "Continue" }).click();
    if (protection === "device") await this.page.getByLabel("Do not ask").check();
    else {
      await this.page.getByLabel("New passphrase", { exact: true }).fill(VAULT_PASSPHRASE);
      await this.page.getByLabel("New passphrase again").fill(VAULT_PASSPHRASE);
    }
    await this.page.getByRole("button", { name: "Add identity" }).click();
    await this.stepsDone.nth(1).waitFor();
  }

  get stepsDone(): Locator {
    return this.page.locator(".step.is-done");
  }
}

/** Identities, contacts, trust and settings. */
export class OptionsPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** @param place such as `trust/import` */
  static async open(context: BrowserContext, baseUrl: string, place = "identities"): Promise<OptionsPage> {
    return new OptionsPage(await open(context, `${baseUrl}options/index.html#/${place}`));
  }

  async go(place: string): Promise<void> {
    await this.page.goto(new URL(`#/${place}`, this.page.url()).href);
  }

  async trust(certificate: string): Promise<void> {
    await this.go("trust/import");
    await choose(this.page, "Choose files", [certificate]);
    await this.page.getByRole("button", { name: "Trust this issuer for mail" }).click();
    await this.page.locator("[data-anchor]").first().waitFor();
  }
}
