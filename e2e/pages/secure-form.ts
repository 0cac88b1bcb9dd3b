import type { Frame, Locator } from "playwright-core";
import { SEEN_FOR_MS } from "../../src/ui/compose/sight.ts";
import type { MailPage } from "./mail-page.ts";

/** Signet's form in the place of the webmail's, as a person uses it. */
export class SecureForm {
  readonly frame: Frame;

  constructor(frame: Frame) {
    this.frame = frame;
  }

  /** Presses Encrypt, and waits until the text has moved. */
  static async turnOn(mail: MailPage): Promise<SecureForm> {
    const frame = await mail.composeFrame();
    await frame.getByRole("switch", { name: "Encrypt" }).click();
    return SecureForm.ready(frame);
  }

  /** A form in which Encrypt is on already. */
  static async of(mail: MailPage): Promise<SecureForm> {
    return SecureForm.ready(await mail.composeFrame());
  }

  private static async ready(frame: Frame): Promise<SecureForm> {
    const form = new SecureForm(frame);
    await frame.locator("main[data-encrypt=on]").waitFor();
    await form.editor.waitFor();
    return form;
  }

  recipients(field: "To" | "Cc" | "Bcc"): Locator {
    return this.frame.getByRole("combobox", { name: field, exact: true });
  }

  chip(address: string): Locator {
    return this.frame.locator(`[data-recipient="${address}"]`);
  }

  get subject(): Locator {
    return this.frame.getByRole("textbox", { name: "Subject", exact: true });
  }

  get editor(): Locator {
    return this.frame.getByRole("textbox", { name: "Message", exact: true });
  }

  get switch(): Locator {
    return this.frame.getByRole("switch", { name: "Encrypt" });
  }

  notice(id: string): Locator {
    return this.frame.locator(`[data-banner=send_${id}]`);
  }

  async addRecipient(field: "To" | "Cc" | "Bcc", address: string): Promise<void> {
    const button = this.frame.getByRole("button", { name: field, exact: true });
    if (field !== "To" && (await button.isVisible())) await button.click();
    await this.recipients(field).fill(address);
    await this.recipients(field).press("Enter");
    await this.chip(address).waitFor();
  }

  /** Gives a certificate's file to a recipient, in his details. */
  async importFor(address: string, certificate: string): Promise<void> {
    const body = this.chip(address).locator(".chip-body");
    if ((await body.getAttribute("aria-expanded")) !== "true") await body.click();
    const details = this.frame.getByRole("region", { name: address });
    await details.getByLabel("Import a certificate").and(details.locator("input")).setInputFiles(certificate);
    await details.getByRole("status").waitFor();
  }

  async removeRecipient(address: string): Promise<void> {
    await this.chip(address).locator(".chip-remove").click();
    await this.chip(address).waitFor({ state: "detached" });
  }

  async write({ to = [], subject, text }: { to?: readonly string[]; subject?: string; text?: string }): Promise<void> {
    for (const address of to) await this.addRecipient("To", address);
    if (subject !== undefined) await this.subject.fill(subject);
    if (text === undefined) return;
    await this.editor.click();
    await this.frame.page().keyboard.press("Control+Home");
    await this.frame.page().keyboard.type(text);
  }

  async attach(...files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
    await this.frame.getByLabel("Attach files").setInputFiles(files);
    for (const { name } of files) await this.frame.locator(`[data-file="${name}"][data-status=kept]`).waitFor();
  }

  /** The draft lies on this computer as it stands now. */
  async kept(): Promise<void> {
    await this.frame.locator("[data-draft=kept]").waitFor();
  }

  /** Presses our Send as a person does, who has seen it for a moment. */
  async send(): Promise<void> {
    const button = this.frame.locator("[data-act=send][data-seen=true]");
    await button.scrollIntoViewIfNeeded();
    await button.waitFor();
    await this.frame.evaluate((ms) => new Promise((done) => setTimeout(done, ms)), SEEN_FOR_MS);
    await button.click();
    await this.sendFirst();
  }

  /** Says yes to the question before somebody's first encrypted mail, where it is asked (H95). */
  async sendFirst(): Promise<void> {
    const over = ".holds:not(:has([data-banner=send_h14], [data-banner=send_y2]))";
    // What is sent at once takes its frame along.
    await this.frame
      .locator(`[data-send], ${over}`)
      .first()
      .waitFor()
      .catch(() => undefined);
    const isAsked = await this.notice("h95")
      .isVisible()
      .catch(() => false);
    if (!isAsked) return;
    const button = this.frame.locator("[data-act=send-first][data-seen=true]");
    await button.waitFor();
    await this.frame.evaluate((ms) => new Promise((done) => setTimeout(done, ms)), SEEN_FOR_MS);
    await button.click();
  }
}
