import type { BrowserContext, Frame, Locator, Page } from "playwright-core";
import { frameIn, type ComposePage, type MailPage } from "./mail-page.ts";

const PASSWORD = "practice";

/** The mail page of the stand-in for Outlook on the web, as a person uses it. */
export class OutlookWebPage implements MailPage {
  readonly page: Page;
  readonly #hasSignet: boolean;

  constructor(page: Page, hasSignet = false) {
    this.page = page;
    this.#hasSignet = hasSignet;
  }

  withSignet(): OutlookWebPage {
    return new OutlookWebPage(this.page, true);
  }

  static async signIn(context: BrowserContext, url: string, username: string): Promise<OutlookWebPage> {
    const page = await context.newPage();
    await page.goto(`${url}/mail/`);
    await page.getByLabel("User name").fill(username);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("button", { name: "New mail" }).waitFor();
    return new OutlookWebPage(page);
  }

  row(subject: string): Locator {
    return this.page.locator("[data-convid]").filter({ has: this.page.getByText(subject, { exact: true }) });
  }

  async openFolder(label: "Inbox" | "Drafts" | "Sent Items" | "Deleted Items"): Promise<void> {
    await this.page.getByRole("button", { name: label, exact: true }).first().click();
  }

  /** Opens the newest conversation whose row shows this subject. */
  async open(subject: string): Promise<void> {
    const row = this.row(subject).first();
    const id = (await row.getAttribute("data-convid")) ?? "";
    await row.click();
    // The conversation before it stands there until the server has answered.
    await this.page.locator(`[id="CONV_${id}_SUBJECT"]`).waitFor();
    await this.part().waitFor();
  }

  /** A message of the open conversation, the newest first. */
  part(index = 0): Locator {
    return this.page.locator(".item-part").nth(index);
  }

  body(index = 0): Locator {
    return this.part(index).locator("[id^=UniqueMessageBody]");
  }

  async newMail(): Promise<ComposeObject> {
    await this.page.getByRole("button", { name: "New mail" }).click();
    return this.compose();
  }

  async newMailAtOnce(): Promise<ComposeObject> {
    await this.page.getByRole("button", { name: "New mail" }).click();
    return this.#form();
  }

  async answer(how: "Reply" | "Reply all" | "Forward", index = 0): Promise<ComposeObject> {
    await this.part(index).getByRole("button", { name: how, exact: true }).click();
    return this.compose();
  }

  /** The form, once it takes typing: Signet holds it until it is known whether Encrypt is on. */
  async compose(): Promise<ComposeObject> {
    const form = await this.#form();
    if (this.#hasSignet) await (await this.composeFrame()).locator("main.compose").waitFor();
    return form;
  }

  async #form(): Promise<ComposeObject> {
    const root = this.page.locator("[id^=docking_InitVisiblePart_]");
    await root.waitFor();
    return new ComposeObject(root);
  }

  /** Signet's frame beside a message. */
  messageFrame(index = 0): Promise<Frame> {
    return frameIn(this.part(index), "message/index.html");
  }

  /** Signet's frame in the form. */
  composeFrame(): Promise<Frame> {
    return frameIn(this.page.locator("[id^=docking_InitVisiblePart_]"), "compose/index.html");
  }
}

/** The webmail's own form. */
export class ComposeObject implements ComposePage {
  readonly root: Locator;

  constructor(root: Locator) {
    this.root = root;
  }

  recipients(field: "To" | "Cc" | "Bcc"): Locator {
    return this.root.locator(`[aria-label="${field}"][contenteditable=true]`);
  }

  get subject(): Locator {
    return this.root.locator("[aria-label=Subject]");
  }

  get editor(): Locator {
    return this.root.locator('[aria-label="Message body"]');
  }

  get sendButton(): Locator {
    return this.root.locator("button[aria-label=Send]");
  }

  async addRecipient(field: "To" | "Cc" | "Bcc", address: string): Promise<void> {
    await this.recipients(field).pressSequentially(`${address};`);
    await this.recipients(field).locator(`[data-lpc-hover-target-id="${address}"]`).waitFor();
  }

  async write({ to = [], cc = [], bcc = [], subject, text }: Parameters<ComposePage["write"]>[0]): Promise<void> {
    for (const address of to) await this.addRecipient("To", address);
    for (const address of cc) await this.addRecipient("Cc", address);
    for (const address of bcc) await this.addRecipient("Bcc", address);
    if (subject !== undefined) await this.subject.fill(subject);
    await this.editor.focus();
    await this.root.page().keyboard.press("Control+Home");
    await this.root.page().keyboard.insertText(text);
  }

  async attach(...files: string[]): Promise<void> {
    await this.root.getByLabel("Attach files").setInputFiles(files);
    await this.root
      .getByTestId("AttachmentCard")
      .nth(files.length - 1)
      .waitFor();
  }

  text(): Promise<string> {
    return this.editor.innerText();
  }

  /** The form is gone: sent or discarded. */
  async closed(): Promise<void> {
    await this.root.waitFor({ state: "detached" });
  }
}
