import { readFileSync } from "node:fs";
import { takeContacts, takeIdentity } from "../pages/own-identity.ts";
import { roundcubeSite, type MailSite } from "../pages/mail-site.ts";
import { RoundcubePage } from "../pages/roundcube.ts";
import { grantSite } from "../pages/site-permission.ts";
import { leakSearch, type LeakSearch } from "../pages/leak-search.ts";
import { PASSPHRASE, test as base } from "../pages/webmail-story.ts";
import type { RoundcubeSettings } from "../servers/roundcube/php.ts";
import { startRoundcube, type Roundcube } from "../servers/roundcube/start.ts";

/** A Roundcube that is set up in another way than the one of the other stories, with alice signed in. */
export interface OwnServer {
  readonly server: Roundcube;
  readonly site: MailSite;
  readonly mail: RoundcubePage;
  readonly search: LeakSearch;
  readonly deliver: (name: string) => Promise<void>;
}

/** Stories on a server of their own: how it is set up belongs to them. */
export const test = base.extend<{ readonly startWith: (settings: RoundcubeSettings) => Promise<OwnServer> }>({
  startWith: async ({ extension, practice, message }, use) => {
    const { alice, bob, carol, ca } = practice;
    let server: Roundcube | null = null;
    await use(async (settings) => {
      server = await startRoundcube({ users: [alice, bob, carol], ...settings });
      const site = roundcubeSite(server);
      const search = leakSearch(extension.context, site);
      const signedIn = await RoundcubePage.signIn(extension.context, server.url, "alice");
      await grantSite(extension, signedIn.page);
      await takeIdentity(extension, { p12: alice.p12, passphrase: PASSPHRASE, certificate: ca.certificate });
      await takeContacts(extension, bob.certificate, carol.certificate);
      const mail = signedIn.withSignet();
      await mail.page.bringToFront();
      const deliver = (name: string): Promise<void> => site.mailbox(alice.email).deliver(readFileSync(message(name)));
      return { server, site, mail, search, deliver };
    });
    await (server as Roundcube | null)?.close();
  },
});

export { arrived, expect, sendSigned, turnSignOn } from "../pages/webmail-story.ts";
