import { differs } from "../pages/differs.ts";
import { expect, SecureForm, test } from "../pages/outlook-secret-story.ts";

/** What a script of the page tries against the secure form; it runs in the page's own world. */
test(
  "a hostile page neither reads nor changes what is typed under Encrypt",
  differs("what a script of the page can do to the form under Encrypt", "the same code; not run twice"),
  async ({ outlookMail: mail, secrets, webmail, practice, decrypt }) => {
    const { page } = mail;
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(globalThis, { heard });
      const note = (event: Event): void => {
        if (event instanceof KeyboardEvent) heard.push(event.key);
        if (event instanceof InputEvent) heard.push(event.data ?? "");
      };
      for (const name of ["keydown", "keyup", "beforeinput", "input", "paste", "drop"]) {
        document.addEventListener(name, note, true);
        document.body.addEventListener(name, note);
      }
      const send = globalThis.fetch;
      globalThis.fetch = (...request) => {
        heard.push(JSON.stringify(request));
        return send(...request);
      };
    });
    const compose = await mail.newMail();
    const form = await SecureForm.turnOn(mail);
    await form.write({ to: [practice.bob.email], subject: secrets.subject, text: secrets.text });

    // Steals the focus: what is typed then goes nowhere.
    await page.evaluate(() => {
      const trap = document.createElement("textarea");
      trap.id = "trap";
      document.body.append(trap);
      trap.focus();
    });
    await page.keyboard.type(secrets.text);
    expect(await page.locator("#trap").inputValue()).toBe("");
    // A drop that misses.
    await page.evaluate(() => {
      document.querySelector("#trap")?.remove();
    });
    // Alters the page's recipients and presses its Send.
    await compose.recipients("To").evaluate((field) => {
      field.textContent = "mallory@evil.example";
    });
    await compose.sendButton.evaluate((button: HTMLElement) => {
      button.click();
    });
    expect(await page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard.join(""))).not.toContain(
      secrets.text.slice(0, 8),
    );
    expect(webmail.outbound).toEqual([]);
    expect(webmail.mailbox(practice.bob.email).inbox()).toEqual([]);
    await form.send();
    await compose.closed();
    const [received] = webmail.mailbox(practice.bob.email).inbox();
    expect(received?.to).toEqual([practice.bob.email]);
    expect(decrypt(received?.mime ?? Buffer.alloc(0), practice.bob)).not.toBeNull();
  },
);
