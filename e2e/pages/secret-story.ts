import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { openssl, type Person } from "../tools/practice-people.ts";
import { leakSearch, type LeakSearch } from "./leak-search.ts";
import type { MailPage } from "./mail-page.ts";
import { takeContacts } from "./own-identity.ts";
import { expect, test as base } from "./webmail-story.ts";

/** Words that nobody but the recipients may ever have; each story has new ones. */
export interface Secrets {
  readonly text: string;
  readonly subject: string;
  readonly fileName: string;
  readonly fileText: string;
}

export interface SecretStories {
  readonly secrets: Secrets;
  readonly search: LeakSearch;
  /** alice's mail page, with bob's and carol's certificates at hand. At the end nothing of the secrets is found. */
  readonly secretMail: MailPage;
  /** What a person reads of a message with OpenSSL; `null` where the key does not fit. */
  readonly decrypt: (mime: Buffer, by: Person) => string | null;
}

const word = (): string => `zq${randomBytes(9).toString("hex")}`;

/** Stories with Encrypt on: each ends with the search for what must not have leaked (invariant 1). */
export const test = base.extend<SecretStories>({
  secrets: async ({}, use) => {
    await use({ text: word(), subject: word(), fileName: `${word()}.txt`, fileText: word() });
  },
  search: async ({ extension, site }, use) => {
    await use(leakSearch(extension.context, site));
  },
  secretMail: async ({ search, secrets, aliceMail, extension, practice }, use) => {
    await takeContacts(extension, practice.bob.certificate, practice.carol.certificate);
    await aliceMail.page.bringToFront();
    await use(aliceMail);
    expect(await search.find(Object.values(secrets))).toEqual([]);
  },
  decrypt: async ({ file }, use) => {
    await use((mime, by) => {
      const path = file("encrypted.eml", mime);
      try {
        return openssl("cms", "-decrypt", "-in", path, "-inkey", by.key, "-recip", by.certificate).toString("utf8");
      } catch {
        return null;
      } finally {
        writeFileSync(path, "");
      }
    });
  },
});

export { SecureForm } from "./secure-form.ts";
export { arrived, expect, PASSPHRASE } from "./webmail-story.ts";
