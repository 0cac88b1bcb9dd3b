import { readFileSync } from "node:fs";
import { startMailboxes } from "../outlook-web/mailbox.ts";
import type { OutlookWeb } from "../servers/outlook-web/start.ts";
import { startRoundcube, type Roundcube } from "../servers/roundcube/start.ts";
import type { MailPage } from "./mail-page.ts";
import { outlookWebSite, roundcubeSite, type MailSite } from "./mail-site.ts";
import { takeIdentity } from "./own-identity.ts";
import { grantSite } from "./site-permission.ts";
import { PASSPHRASE, test as base } from "./story.ts";

export type WebmailName = "outlook-web" | "roundcube";

export interface WebmailStories {
  /** The stand-in for Outlook on the web; `null` in stories of another webmail. */
  readonly outlookWeb: OutlookWeb | null;
  /** The webmail with alice, bob, carol and dan, whose mailboxes are empty. */
  readonly site: MailSite;
  /** Puts a practice message into alice's Inbox. */
  readonly deliver: (name: string) => Promise<void>;
  /** alice's mail page on a granted site, without any key of hers in Signet. */
  readonly mail: MailPage;
  /** The same, with alice's identity and the practice authority taken in beforehand. */
  readonly aliceMail: MailPage;
}

export interface WebmailServers {
  /** Named by the project in playwright.config.ts. */
  readonly webmailName: WebmailName;
  /** One for all stories of a worker, since three servers take their time; `null` in stories of another webmail. */
  readonly roundcube: Roundcube | null;
}

/** Stories that every webmail must pass, from the same files. */
export const test = base.extend<WebmailStories, WebmailServers>({
  webmailName: ["outlook-web", { option: true, scope: "worker" }],
  roundcube: [
    async ({ webmailName, practice }, use) => {
      const { alice, bob, carol, dan } = practice;
      const server = webmailName === "roundcube" ? await startRoundcube({ users: [alice, bob, carol, dan] }) : null;
      await use(server);
      await server?.close();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  outlookWeb: async ({ webmailName }, use) => {
    const server = webmailName === "outlook-web" ? await startMailboxes() : null;
    await use(server);
    await server?.close();
  },
  site: async ({ roundcube, outlookWeb }, use) => {
    if (outlookWeb !== null) await use(outlookWebSite(outlookWeb));
    if (roundcube === null) return;
    await use(roundcubeSite(roundcube));
    await roundcube.reset();
  },
  deliver: async ({ site, practice, message }, use) => {
    await use((name) => site.mailbox(practice.alice.email).deliver(readFileSync(message(name))));
  },
  mail: async ({ extension, site }, use) => {
    const mail = await site.signIn(extension.context, "alice");
    await grantSite(extension, mail.page);
    await mail.page.bringToFront();
    await use(mail.withSignet());
  },
  aliceMail: async ({ extension, mail, practice }, use) => {
    const { alice, ca } = practice;
    await takeIdentity(extension, { p12: alice.p12, passphrase: PASSPHRASE, certificate: ca.certificate });
    await mail.page.bringToFront();
    await use(mail);
  },
});

export { arrived } from "./mail-site.ts";
export { sendSigned, turnSignOn } from "./compose-frame.ts";
export { expect, PASSPHRASE } from "./story.ts";
