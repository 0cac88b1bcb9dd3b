import { certificate, type CertificateBuilder, type TestCertificate } from "../../src/testing/certificate-builder.ts";
import { opensslPkcs12 } from "../../src/testing/pkcs12-file.ts";
import type { Page } from "playwright-core";
import { FirstRunPage, OptionsPage } from "./own-pages.ts";
import { PASSPHRASE, test as base } from "./story.ts";

interface OwnStories {
  /** The options page of a fresh installation, at Identities. */
  readonly options: OptionsPage;
  /** The same with alice's identity, kept by the passphrase `VAULT_PASSPHRASE` and unlocked. */
  readonly aliceOptions: OptionsPage;
  /** Writes a PKCS#12 file of the practice passphrase. */
  readonly p12: (name: string, identity: TestCertificate, chain?: readonly TestCertificate[]) => string;
}

export const test = base.extend<OwnStories>({
  options: async ({ extension }, use) => {
    await use(await OptionsPage.open(extension.context, extension.baseUrl));
  },
  aliceOptions: async ({ extension, practice }, use) => {
    const { context, baseUrl } = extension;
    const firstRun = await FirstRunPage.open(context, baseUrl);
    await firstRun.addIdentity(practice.alice.p12, PASSPHRASE);
    await firstRun.page.close();
    await use(await OptionsPage.open(context, baseUrl));
  },
  p12: async ({ file }, use) => {
    await use((name, identity, chain = []) => file(name, Buffer.from(opensslPkcs12(identity, PASSPHRASE, [], chain))));
  },
});

/** A person's certificate, for both uses, by nobody that counts. */
export const person = (address: string): CertificateBuilder =>
  certificate()
    .subject(`CN=${address.split("@")[0] ?? ""},O=Stories`)
    .email(address);

/** Gives files to what the button of this name opens. */
export async function choose(page: Page, button: string, ...files: readonly string[]): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: button, exact: true }).click(),
  ]);
  await chooser.setFiles([...files]);
}

/** Chooses an identity's file and opens it with a passphrase. */
export async function lookInside({ page }: OptionsPage, p12: string, passphrase: string = PASSPHRASE): Promise<void> {
  await choose(page, "Choose a file", p12);
  await page.getByLabel("Passphrase of the file").fill(passphrase);
  await page.getByRole("button", { name: "Open file" }).click();
}

/** By how many pixels a page must be scrolled sideways. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

export { VAULT_PASSPHRASE } from "./own-pages.ts";
export { expect, PASSPHRASE } from "./story.ts";
