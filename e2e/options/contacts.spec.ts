import { certificate } from "../../src/testing/certificate-builder.ts";
import type { OptionsPage } from "../pages/own-pages.ts";
import { choose, expect, person, test } from "../pages/own-story.ts";

const clinic = certificate().subject("CN=Clinic CA G1").ca().build();
const carol = person("carol@clinic.example").issuedBy(clinic).build();
const newCarol = person("carol@clinic.example").key("p-256").build();

async function importContacts(options: OptionsPage, ...files: readonly string[]): Promise<void> {
  // From the list, since a second import begins anew only then.
  await options.go("contacts");
  await options.go("contacts/import");
  await choose(options.page, "Choose files", ...files);
  await options.page.getByRole("button", { name: /^Add (contact|\d+ contacts)$/ }).click();
  // Adding ends in the list, wherever one has gone meanwhile.
  await options.page.locator("[data-contact]").first().waitFor();
}

test("people from files are listed, searched and removed", async ({ options, file }) => {
  const { page } = options;
  await options.go("contacts");
  await expect(page.getByRole("heading", { name: "People appear here by themselves" })).toBeVisible();
  const bob = person("bob@stories.example").build();
  await importContacts(options, file("carol.pem", carol.pem + clinic.pem), file("bob.pem", bob.pem));
  await expect(page.locator("[data-contact]")).toHaveCount(2);
  await page.getByRole("searchbox").fill("clinic");
  await expect(page.locator("[data-contact]")).toHaveCount(1);
  await page.getByRole("searchbox").fill("zzz");
  await expect(page.getByRole("heading", { name: "Nobody by that name" })).toBeVisible();
  await page.getByRole("button", { name: "Show all" }).click();
  await page.getByRole("button", { name: "Remove bob@stories.example" }).click();
  await expect(page.locator("[data-contact]")).toHaveCount(1);
});

test("a new certificate waits until both were compared and one is taken (attack 33)", async ({ options, file }) => {
  const { page } = options;
  await importContacts(options, file("carol.pem", carol.pem));
  await importContacts(options, file("new.pem", newCarol.pem));
  const entry = page.locator("[data-contact]");
  await expect(entry).toHaveAttribute("data-state", "waiting");
  await expect(page.getByRole("link", { name: /Contacts.*1 needs attention/ })).toBeVisible();
  await page.getByRole("link", { name: "Compare carol@clinic.example" }).click();
  await expect(page.getByRole("heading", { name: "New certificate for carol@clinic.example" })).toBeFocused();
  const table = page.getByRole("table");
  await expect(table.getByRole("row", { name: /^Issuer Clinic CA G1/ })).toContainText("differs");
  await expect(table.getByRole("row", { name: /^Key RSA 2048 P-256/ })).toContainText("differs");

  const shown = await table.getByRole("row", { name: /^Code/ }).locator(".fingerprint").nth(1).innerText();
  const field = page.getByLabel("Code that the person read to you");
  await field.fill("00".repeat(32));
  await expect(page.getByText("It fits neither.")).toBeVisible();
  await field.fill(shown.toUpperCase());
  await expect(page.getByText("It fits the new one.")).toBeVisible();
  await page.getByRole("button", { name: "Use the new one" }).click();
  await expect(entry).toHaveAttribute("data-state", "good");
  await page.getByRole("link", { name: "Details carol@clinic.example" }).click();
  await expect(page.getByText("P-256")).toBeVisible();
});

test("keeping the old one turns the new one down for good", async ({ options, file }) => {
  const { page } = options;
  await importContacts(options, file("carol.pem", carol.pem));
  await importContacts(options, file("new.pem", newCarol.pem));
  await page.getByRole("link", { name: "Compare carol@clinic.example" }).click();
  await page.getByRole("button", { name: "Keep the old one" }).click();
  await expect(page.locator("[data-contact]")).toHaveAttribute("data-state", "good");
});
