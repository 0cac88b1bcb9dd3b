import { randomBytes } from "node:crypto";
import { differs } from "../pages/differs.ts";
import { setSetting } from "../pages/own-identity.ts";
import { SecureForm } from "../pages/secure-form.ts";
import { arrived, expect, test } from "./own-server.ts";

const EDITOR = "iframe#composebody_ifr";

test(
  "the editor with formats gives its text to ours and takes no word while it is not known where it belongs",
  differs("has its editor in the page", "has an editor with formats in a frame of the page, which is guarded as well"),
  async ({ startWith, extension, practice }) => {
    test.slow();
    const { bob } = practice;
    const { site, mail, search, deliver } = await startWith({ configuration: { htmleditor: 1 } });
    const editor = mail.page.frameLocator(EDITOR).locator("body");
    const [early, secret] = [`zq${randomBytes(9).toString("hex")}`, `zq${randomBytes(9).toString("hex")}`];

    const compose = await mail.newMail();
    await editor.click();
    await mail.page.keyboard.type("Begun ");
    await mail.page.keyboard.press("Control+b");
    await mail.page.keyboard.type("boldly");
    const first = await SecureForm.turnOn(mail);
    await expect(first.editor.locator("b, strong")).toHaveText("boldly");
    await expect(editor).toBeHidden();
    expect(await editor.textContent()).toBe("");
    await first.write({ to: [bob.email], text: secret });
    await first.send();
    await compose.closed();
    await arrived(site.mailbox(bob.email));

    await setSetting(extension, "AlwaysEncrypt", true);
    await mail.page.bringToFront();
    await deliver("signed");
    await mail.open("Signed");
    let open = (): void => undefined;
    const gate = new Promise<void>((done) => (open = done));
    // Until the server has given its part of the form, the page's editor stands there.
    await mail.page.route(/_action=send/, async (route) => {
      await gate;
      await route.continue();
    });
    const asked = mail.page.waitForRequest(/_action=send/);
    await mail.answer("Reply");
    await asked;
    await editor.click();
    await mail.page.keyboard.type(early);
    expect(await editor.textContent()).not.toContain(early.slice(0, 4));
    open();
    const second = await SecureForm.of(mail);
    expect(await editor.textContent()).toBe("");
    await second.write({ text: secret });
    await second.send();
    await arrived(site.mailbox(bob.email), 2);
    expect(await search.find([early, secret])).toEqual([]);
  },
);
