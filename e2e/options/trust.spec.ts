import { certificate, type TestCertificate } from "../../src/testing/certificate-builder.ts";
import { openssl } from "../tools/practice-people.ts";
import { choose, expect, person, test } from "../pages/own-story.ts";

/** A store as Windows' `Export-Certificate -Type SST` writes it (MS-OSHARED 2.3.9.1). */
function serializedStore(...certificates: readonly TestCertificate[]): Buffer {
  const element = (id: number, content: Uint8Array): Buffer => {
    const header = Buffer.alloc(12);
    header.writeUInt32LE(id, 0);
    header.writeUInt32LE(id === 0 ? 0 : 1, 4);
    header.writeUInt32LE(content.length, 8);
    return Buffer.concat([header, content]);
  };
  const elements = certificates.map(({ der }) => element(0x20, der));
  return Buffer.concat([Buffer.from([0, 0, 0, 0, 0x43, 0x45, 0x52, 0x54]), ...elements, element(0, new Uint8Array(0))]);
}

const root = certificate().subject("CN=Stories Root,O=Stories").ca().build();
const second = certificate().subject("CN=Second Root,O=Stories").ca().build();
const ended = certificate().subject("CN=Old Root,O=Stories").ca().expired().build();
const ana = person("ana@stories.example").issuedBy(root).build();

for (const [kind, content] of [
  ["pem", () => root.pem],
  ["der", () => Buffer.from(root.der)],
  ["sst", () => serializedStore(root)],
] as const) {
  test(`an authority from a .${kind} file is shown, trusted, and taken back with Undo`, async ({ options, file }) => {
    const { page } = options;
    await options.go("trust/import");
    await choose(page, "Choose files", file(`root.${kind}`, content()));
    await expect(page.getByText("Stories Root").first()).toBeVisible();
    await expect(page.getByText("An authority can vouch for any address, also for your bank’s.")).toBeVisible();
    await page.getByRole("button", { name: "Trust this issuer for mail" }).click();
    const own = page.getByRole("region", { name: "Yours and your organisation’s" });
    await expect(own.getByText("Stories Root").first()).toBeVisible();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(own.getByRole("heading", { name: "No authorities of your own" })).toBeVisible();
  });
}

test("a .p7b file with a chain: the authority is ticked, the person belongs to Contacts", async ({ options, file }) => {
  const { page } = options;
  const certificates = file("chain.pem", ana.pem + root.pem);
  const chain = openssl("crl2pkcs7", "-nocrl", "-certfile", certificates, "-outform", "DER");
  await options.go("trust/import");
  await choose(page, "Choose files", file("chain.p7b", chain));
  await expect(page.getByRole("checkbox", { name: /Stories Root/ }).and(page.locator(":enabled"))).toBeChecked();
  await expect(page.getByRole("checkbox", { name: /ana@stories\.example/ })).toBeDisabled();
  await expect(page.getByText("Not an authority; it belongs to Contacts.")).toBeVisible();
});

test("of a list, ended ones are passed over, and what is not a certificate is named", async ({ options, file }) => {
  const { page } = options;
  await options.go("trust/import");
  await choose(
    page,
    "Choose files",
    file("list.sst", serializedStore(root, second, ended)),
    file("letter.pem", "Dear all,\n"),
  );
  await expect(page.getByRole("heading", { name: "list.sst: 3 certificates" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "letter.pem was not read" })).toBeVisible();
  await expect(page.getByRole("alert").first()).toContainText("No certificate could be read from this file.");
  await expect(page.getByRole("checkbox", { name: /Old Root/ })).not.toBeChecked();
  await page.getByRole("button", { name: "Trust these 2 issuers for mail" }).click();
  await expect(page.locator(".status-line")).toContainText("2 authorities are trusted.");
});

test("a built-in root is found, switched off at once, and on again with Undo", async ({ options }) => {
  const { page } = options;
  await options.go("trust");
  const list = page.getByRole("region", { name: /Mozilla’s list for mail/ });
  await list.getByRole("searchbox").fill("swisssign");
  const entry = list.locator("[data-anchor]").first();
  await expect(entry).toContainText("SwissSign");
  await entry.getByRole("switch").click();
  await expect(entry.getByRole("switch")).not.toBeChecked();
  await page.reload();
  await list.getByRole("searchbox").fill("swisssign");
  await expect(entry.getByRole("switch")).not.toBeChecked();
  await entry.getByRole("switch").click();
  await expect(page.locator(".status-line")).toContainText("is trusted for mail.");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(entry.getByRole("switch")).not.toBeChecked();
  await list.getByRole("searchbox").fill("nobody of this name");
  await expect(list.getByRole("heading", { name: "No issuer by that name" })).toBeVisible();
});

test("removing an authority of one's own is said", async ({ options, file }) => {
  const { page } = options;
  await options.trust(file("root.pem", root.pem));
  await page.getByRole("button", { name: "Remove Stories Root" }).click();
  await expect(page.getByRole("heading", { name: "No authorities of your own" })).toBeVisible();
});
