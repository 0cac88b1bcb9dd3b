import { differs } from "../pages/differs.ts";
import { expect, test } from "../pages/mail-story.ts";
import { withdrawSite } from "../pages/site-permission.ts";
import { toolbarOf } from "../pages/toolbar.ts";

test(
  "where a site's permission was withdrawn, the toolbar button says so, and pages get nothing",
  differs(
    "its page goes on after the site was withdrawn, and is told",
    "loads a document for each message, in which nothing of Signet runs any more",
  ),
  async ({ aliceMail: mail, extension, deliver }) => {
    deliver("signed");
    deliver("altered");
    await mail.open("Signed");
    await expect((await mail.messageFrame()).locator("[data-banner]")).toHaveAttribute("data-banner", "a7");
    await withdrawSite(extension, mail.page.url());
    await mail.page.bringToFront();
    await mail.open("Altered");
    await expect(mail.body()).toBeVisible();
    const ours = (): number => mail.page.frames().filter((frame) => frame.url().includes("extension:")).length;
    await expect.poll(ours).toBe(0);
    await expect.poll(() => toolbarOf(extension)).toEqual({ title: "Signet is off on localhost", badge: "!" });
  },
);
