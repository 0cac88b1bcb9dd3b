import { basename } from "node:path";
import type { BrowserContext, Locator, Page } from "playwright-core";

/** The page *Open a message*, as a person uses it. */
export class OpenPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  static async open(context: BrowserContext, baseUrl: string): Promise<OpenPage> {
    const page = await context.newPage();
    await page.goto(`${baseUrl}open/index.html`);
    await page.locator("h1").waitFor();
    await page.bringToFront();
    return new OpenPage(page);
  }

  panel(kind: "identity" | "trust"): Locator {
    return this.page.locator(`[data-panel=${kind}]`);
  }

  async chooseMessages(...files: string[]): Promise<void> {
    const chooser = this.page.waitForEvent("filechooser");
    await this.page.getByRole("button", { name: "Choose files" }).click();
    await (await chooser).setFiles(files);
  }

  /** Opens one message and waits for its verdict. */
  async openMessage(file: string): Promise<MessageCard> {
    await this.chooseMessages(file);
    return this.card(file);
  }

  async card(file: string): Promise<MessageCard> {
    const card = this.page.locator(`article[data-file="${basename(file)}"][aria-busy=false]`).first();
    await card.waitFor();
    return new MessageCard(card);
  }

  async lookInside(p12: string, passphrase: string): Promise<void> {
    const panel = this.panel("identity");
    const add = panel.getByRole("button", { name: "Add an identity" });
    if (await add.isVisible()) await add.click();
    await panel.getByLabel("Identity file").setInputFiles(p12);
    await panel.getByLabel("Passphrase").fill(passphrase);
    await panel.getByRole("button", { name: "Look inside" }).click();
  }

  async importIdentity(p12: string, passphrase: string): Promise<void> {
    await this.lookInside(p12, passphrase);
    await this.panel("identity")
      .getByRole("button", { name: /^Use th/ })
      .click();
    await this.panel("identity").getByRole("button", { name: "Forget what was added here" }).waitFor();
  }

  async trust(certificate: string): Promise<void> {
    const panel = this.panel("trust");
    await panel.getByRole("button", { name: "Add an issuer" }).click();
    await panel.getByLabel("Certificate file").setInputFiles(certificate);
    await panel.getByRole("button", { name: "Look inside" }).click();
    await panel.getByRole("button", { name: /^Trust th/ }).click();
    await panel.getByRole("button", { name: "Forget added issuers" }).waitFor();
  }
}

/** One opened file on the page. */
export class MessageCard {
  readonly root: Locator;

  constructor(root: Locator) {
    this.root = root;
  }

  get banner(): Locator {
    return this.root.locator("[data-banner]");
  }

  get headline(): Locator {
    return this.banner.locator("h2");
  }

  get subject(): Locator {
    return this.root.locator("[data-field=subject]");
  }

  /** The document of the first text. */
  get text(): ReturnType<Locator["contentFrame"]> {
    return this.root.locator("iframe.body").first().contentFrame();
  }

  async bannerId(): Promise<string> {
    return (await this.banner.getAttribute("data-banner")) ?? "";
  }
}
