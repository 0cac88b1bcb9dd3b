import { writeFileSync } from "node:fs";
import type { Locator } from "playwright-core";
import { openssl } from "../tools/practice-people.ts";
import { differs } from "../pages/differs.ts";
import { arrived, expect, SecureForm, test } from "../pages/secret-story.ts";

/** The smallest picture there is. */
const GIF = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

/** A picture that comes by the clipboard, or is let go over the text. */
const bring = (editor: Locator, how: "paste" | "drop", octets: string): Promise<void> =>
  editor.evaluate(
    (target, [kind, base64]) => {
      const data = new DataTransfer();
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      data.items.add(new File([bytes], `${kind}.gif`, { type: "image/gif" }));
      const { x, y } = target.getBoundingClientRect();
      const init = { bubbles: true, cancelable: true, clientX: x + 5, clientY: y + 5 };
      target.dispatchEvent(
        kind === "paste"
          ? new ClipboardEvent("paste", { ...init, clipboardData: data })
          : new DragEvent("drop", { ...init, dataTransfer: data }),
      );
    },
    [how, octets] as const,
  );

test(
  "formats, pictures, several files and a message of the mailbox go along, for the recipients alone",
  differs("what is pasted, dropped and attached in our own form", "the same code; not run twice"),
  async ({ secretMail: mail, secrets, site, deliver, practice, decrypt, file }) => {
    await deliver("signed");
    await mail.newMail();
    const form = await SecureForm.turnOn(mail);
    await form.write({ to: [practice.bob.email], subject: secrets.subject });
    await form.editor.click();
    await form.frame.getByRole("button", { name: "Bold" }).click();
    await mail.page.keyboard.type(secrets.text);
    await bring(form.editor, "paste", GIF);
    await bring(form.editor, "drop", `${GIF.slice(0, -4)}ADs=`);
    await expect(form.editor.locator("img")).toHaveCount(2);
    const [first, second] = [`1${secrets.fileName}`, `2${secrets.fileName}`];
    const buffer = Buffer.from(secrets.fileText);
    await form.attach(
      { name: first, mimeType: "text/plain", buffer },
      { name: second, mimeType: "text/plain", buffer },
    );
    await form.frame.getByRole("button", { name: "Attach a message" }).click();
    await form.frame.locator(".picker-list button").first().click();
    await form.frame.locator("[data-file][data-status=kept]").nth(2).waitFor();
    await form.send();

    const inside = decrypt(await arrived(site.mailbox(practice.bob.email)), practice.bob) ?? "";
    const signed = file("inside.mime", inside);
    const { ca } = practice;
    const text = openssl(
      "cms",
      "-verify",
      "-in",
      signed,
      "-CAfile",
      ca.certificate,
      "-purpose",
      "smimesign",
    ).toString();
    writeFileSync(signed, "");
    expect(text).toMatch(new RegExp(`<b>.*${secrets.text}`));
    // Each picture is a part that the text names (RFC 2392), and no octet of it stands in the text.
    const named = [...text.matchAll(/src="cid:([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(named).size).toBe(2);
    for (const id of named) expect(text).toContain(`Content-ID: <${id ?? ""}>`);
    expect(text).not.toContain("data:image");
    for (const name of [first, second]) expect(text).toContain(name);
    expect(text).toContain("Content-Type: message/rfc822");
  },
);
