import type { BrowserContext, Frame, FrameLocator, Locator, Page } from "playwright-core";
import { frameIn, type ComposePage, type MailPage } from "./mail-page.ts";

const PASSWORD = "practice";

/** Roundcube's mail page, as a person uses it, in either skin. */
export class RoundcubePage implements MailPage {
  readonly page: Page;
  readonly #hasSignet: boolean;

  constructor(page: Page, hasSignet = false) {
    this.page = page;
    this.#hasSignet = hasSignet;
  }

  withSignet(): RoundcubePage {
    return new RoundcubePage(this.page, true);
  }

  static async signIn(context: BrowserContext, url: string, username: string): Promise<RoundcubePage> {
    const page = await context.newPage();
    await page.goto(`${url}/?_task=login`);
    await page.locator("[name=_user]").fill(username);
    await page.locator("[name=_pass]").fill(PASSWORD);
    await page.locator("#rcmloginsubmit").click();
    await page.locator("#messagelist").waitFor({ state: "attached" });
    return new RoundcubePage(page);
  }

  row(subject: string): Locator {
    return this.page.locator("#messagelist tbody tr").filter({ has: this.page.getByText(subject, { exact: true }) });
  }

  /** The frame of the list page in which a message is shown. */
  get preview(): FrameLocator {
    return this.page.frameLocator("iframe[name=messagecontframe]");
  }

  async openList(): Promise<void> {
    await this.page.goto(new URL("?_task=mail&_mbox=INBOX", this.page.url()).href);
  }

  async open(subject: string): Promise<void> {
    // Mail that has come since is on the list when it is loaded anew.
    await this.openList();
    await this.row(subject).first().locator("td.subject").click();
    await this.preview.locator("h2.subject, h3.subject").filter({ hasText: subject }).waitFor();
    await this.body().waitFor({ state: "attached" });
  }

  body(): Locator {
    return this.preview.locator("#messagebody");
  }

  async newMail(): Promise<RoundcubeForm> {
    await this.page.goto(new URL("?_task=mail&_action=compose", this.page.url()).href);
    return this.compose();
  }

  async newMailAtOnce(): Promise<RoundcubeForm> {
    await this.page.goto(new URL("?_task=mail&_action=compose", this.page.url()).href);
    return this.#form();
  }

  async answer(how: "Reply" | "Forward"): Promise<RoundcubeForm> {
    const command = how === "Reply" ? "reply" : "forward";
    await this.page.locator(`a[onclick*="command('${command}'"]`).first().click();
    return this.compose();
  }

  /** The form, once it takes typing: Signet holds it until it is known whether Encrypt is on. */
  async compose(): Promise<RoundcubeForm> {
    const form = await this.#form();
    if (this.#hasSignet) await (await this.composeFrame()).locator("main.compose").waitFor();
    return form;
  }

  async #form(): Promise<RoundcubeForm> {
    const root = this.page.locator("form[name=form]:has([name=_message])");
    await root.waitFor();
    // The page's program has taken the form over: its Send can be pressed.
    await this.page
      .locator(`[onclick*="command('send'"]:not([disabled]):not(.disabled)`)
      .first()
      .waitFor({ state: "attached" });
    return new RoundcubeForm(root);
  }

  messageFrame(): Promise<Frame> {
    return frameIn(this.preview.locator("body"), "message/index.html");
  }

  composeFrame(): Promise<Frame> {
    return frameIn(this.page.locator("body"), "compose/index.html");
  }
}

type Field = "to" | "cc" | "bcc";

/** Roundcube's own form, for text without formats. */
export class RoundcubeForm implements ComposePage {
  readonly root: Locator;

  constructor(root: Locator) {
    this.root = root;
  }

  get page(): Page {
    return this.root.page();
  }

  get subject(): Locator {
    return this.page.locator("[name=_subject]");
  }

  get editor(): Locator {
    return this.root.locator("[name=_message]");
  }

  get sendButton(): Locator {
    return this.page.locator(`[onclick*="command('send'"]`).first();
  }

  async addRecipients(field: Field, addresses: readonly string[]): Promise<void> {
    if (addresses.length === 0) return;
    await this.page.evaluate(
      ([name, list]) => {
        const area = document.querySelector<HTMLTextAreaElement>(`textarea[name=_${name}]`)!;
        area.value = list;
        area.dispatchEvent(new Event("change", { bubbles: true }));
      },
      [field, `${addresses.join(", ")}, `] as const,
    );
  }

  async write({ to = [], cc = [], bcc = [], subject, text }: Parameters<ComposePage["write"]>[0]): Promise<void> {
    await this.addRecipients("to", to);
    await this.addRecipients("cc", cc);
    await this.addRecipients("bcc", bcc);
    if (subject !== undefined) await this.subject.fill(subject);
    const before = await this.editor.inputValue();
    await this.editor.fill(text + before);
  }

  async attach(...files: string[]): Promise<void> {
    await this.page.locator("#uploadformInput").setInputFiles(files);
    const items = this.page.locator("#attachment-list > li:not(.uploading)");
    await items.nth(files.length - 1).waitFor({ state: "attached" });
  }

  text(): Promise<string> {
    return this.editor.inputValue();
  }

  async closed(): Promise<void> {
    await this.root.waitFor({ state: "detached" });
  }
}
