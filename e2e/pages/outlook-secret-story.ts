import type { OutlookWeb } from "../servers/outlook-web/start.ts";
import { OutlookWebPage } from "./outlook-web.ts";
import { test as base } from "./secret-story.ts";

interface OutlookSecretStories {
  readonly webmail: OutlookWeb;
  /** `secretMail` of the stand-in. */
  readonly outlookMail: OutlookWebPage;
}

/** Stories with Encrypt on that only the stand-in for Outlook on the web can tell. */
export const test = base.extend<OutlookSecretStories>({
  webmail: async ({ outlookWeb }, use) => {
    if (outlookWeb === null) throw new Error("this story is Outlook's");
    await use(outlookWeb);
  },
  outlookMail: async ({ secretMail }, use) => {
    await use(new OutlookWebPage(secretMail.page, true));
  },
});

export { expect, SecureForm } from "./secret-story.ts";
