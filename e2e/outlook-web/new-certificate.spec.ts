import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { envelope, sign } from "../tools/practice-messages.ts";
import { makePerson } from "../tools/practice-people.ts";
import { differs } from "../pages/differs.ts";
import { expect, test } from "../pages/mail-story.ts";
import { violationsOn } from "../pages/accessibility.ts";

test(
  "a signer's certificate is learned, and another one waits until both were compared in a window (attack 33)",
  differs("a signer's new certificate waits until it was compared", "the same code; not run twice"),
  async ({ aliceMail: mail, extension, deliver, webmail, practice }) => {
    deliver("signed");
    await mail.open("Signed");
    const first = await mail.messageFrame();
    await expect(first.locator("[data-note=n20]")).toContainText("You can now encrypt to bob@practice.example");

    const folder = join(practice.folder, "another-key");
    mkdirSync(folder, { recursive: true });
    const again = makePerson(folder, practice.ca, "bob", "Bob Baker");
    const entity = join(folder, "entity.mime");
    writeFileSync(entity, "Content-Type: text/plain\r\n\r\nMy new key.\r\n");
    const header = Buffer.from(envelope(practice.bob, practice.alice, "New key"));
    webmail.mailbox(practice.alice.email).deliver(Buffer.concat([header, sign(again, entity)]));
    await mail.open("New key");
    const second = await mail.messageFrame();
    await expect(second.locator("[data-banner]")).toHaveClass(/tone-caution/);
    const opening = extension.context.waitForEvent("page");
    await second.locator("[data-note=n21]").getByRole("button", { name: "Compare" }).click();
    const window = await opening;
    expect(window.url()).toContain("windows/confirm.html");
    await expect(window.getByRole("heading", { level: 1 })).toContainText("bob@practice.example");
    await expect(window.getByRole("table")).toContainText("Bob Baker");
    expect(await violationsOn(window)).toEqual([]);
    await Promise.all([window.waitForEvent("close"), window.getByRole("button", { name: "Keep the old one" }).click()]);

    deliver("altered");
    await mail.open("Altered");
    await mail.messageFrame();
    await mail.open("New key");
    const decided = await mail.messageFrame();
    await expect(decided.locator("[data-banner]")).toBeVisible();
    await expect(decided.locator("[data-note=n21]")).toHaveCount(0);
  },
);
