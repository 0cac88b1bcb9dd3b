import { readFileSync } from "node:fs";
import { startMailboxes } from "../outlook-web/mailbox.ts";
import type { OutlookWeb } from "../servers/outlook-web/start.ts";
import { OutlookWebPage } from "./outlook-web.ts";
import { takeIdentity } from "./own-identity.ts";
import { grantSite } from "./site-permission.ts";
import { PASSPHRASE, test as base } from "./story.ts";

export interface MailStories {
  /** The stand-in for Outlook on the web, with alice and bob. */
  readonly webmail: OutlookWeb;
  /** Puts a practice message into alice's Inbox; returns its id. */
  readonly deliver: (name: string) => string;
  /** alice's mail page on a granted site, without any key of hers in Signet. */
  readonly mail: OutlookWebPage;
  /** The same, with alice's identity and the practice authority taken in beforehand. */
  readonly aliceMail: OutlookWebPage;
}

export const test = base.extend<MailStories>({
  webmail: async ({}, use) => {
    const server = await startMailboxes();
    await use(server);
    await server.close();
  },
  deliver: async ({ webmail, practice, message }, use) => {
    await use((name) => webmail.mailbox(practice.alice.email).deliver(readFileSync(message(name))));
  },
  mail: async ({ extension, webmail }, use) => {
    const page = await OutlookWebPage.signIn(extension.context, webmail.url, "alice");
    await grantSite(extension, page.page);
    await page.page.bringToFront();
    await use(page.withSignet());
  },
  aliceMail: async ({ extension, mail, practice }, use) => {
    const { alice, ca } = practice;
    await takeIdentity(extension, { p12: alice.p12, passphrase: PASSPHRASE, certificate: ca.certificate });
    await mail.page.bringToFront();
    await use(mail);
  },
});

export { sendSigned, turnSignOn } from "./compose-frame.ts";
export { expect, PASSPHRASE } from "./story.ts";
