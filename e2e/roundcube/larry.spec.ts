import { readFileSync } from "node:fs";
import { RoundcubePage } from "../pages/roundcube.ts";
import { takeIdentity } from "../pages/own-identity.ts";
import { grantSite } from "../pages/site-permission.ts";
import { arrived, expect, PASSPHRASE, sendSigned, test, turnSignOn } from "../pages/webmail-story.ts";
import { roundcubeSite } from "../pages/mail-site.ts";
import { startRoundcube } from "../servers/roundcube/start.ts";

/** Of PHP on Debian, where nobody has changed it. */
const DEBIAN_LIMIT = "2M";

test("in the skin Larry, with PHP's own limit, alice reads and signs, and is told what is too large", async ({
  extension,
  practice,
  message,
  file,
}) => {
  test.slow();
  extension.context.setDefaultTimeout(15000);
  const { alice, bob, ca } = practice;
  const server = await startRoundcube({ users: [alice, bob], skin: "larry", uploadLimit: DEBIAN_LIMIT });
  try {
    const mail = await RoundcubePage.signIn(extension.context, server.url, "alice");
    await grantSite(extension, mail.page);
    await takeIdentity(extension, { p12: alice.p12, passphrase: PASSPHRASE, certificate: ca.certificate });
    await mail.page.bringToFront();

    await server.mailbox(alice.email).deliver(readFileSync(message("signed-and-encrypted")));
    await mail.open("Signed and encrypted");
    const read = await mail.messageFrame();
    await expect(read.locator("[data-banner]")).toHaveAttribute("data-banner", "b3");

    const large = await mail.newMail();
    await large.write({ to: [bob.email], subject: "Map", text: "The map." });
    await large.attach(file("map.bin", Buffer.alloc(1_800_000, 1)));
    const held = await mail.composeFrame();
    await turnSignOn(held);
    await sendSigned(held);
    await expect(held.locator("[data-banner=send_h41]")).toBeVisible();
    expect(await server.mailbox(bob.email).inbox()).toEqual([]);

    mail.page.on("dialog", (dialog) => void dialog.accept());
    const form = await mail.newMail();
    await form.write({ to: [bob.email], subject: "Ford", text: "The ford is deep." });
    const frame = await mail.composeFrame();
    await turnSignOn(frame);
    await sendSigned(frame);
    await form.closed();
    expect((await arrived(roundcubeSite(server).mailbox(bob.email))).toString()).toContain("multipart/signed");
  } finally {
    await server.close();
  }
});
