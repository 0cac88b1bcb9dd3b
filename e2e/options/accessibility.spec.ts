import { certificate } from "../../src/testing/certificate-builder.ts";
import { violationsOn } from "../pages/accessibility.ts";
import { choose, expect, lookInside, overflowOf, PASSPHRASE, person, test } from "../pages/own-story.ts";

const PLACES = ["identities", "contacts", "trust", "settings", "sites", "about"] as const;
const root = certificate().subject("CN=Stories Root").ca().build();

test("axe finds nothing in any section", async ({ aliceOptions, file }) => {
  const { page } = aliceOptions;
  await aliceOptions.trust(file("root.pem", root.pem));
  for (const place of PLACES) {
    await aliceOptions.go(place);
    await page.locator("h1").waitFor();
    if (place === "settings") await page.getByText("Choose shape, colour and word").click();
    expect([place, ...(await violationsOn(page))]).toEqual([place]);
  }
});

test("axe finds nothing in questions and an identity's preview", async ({ aliceOptions, practice }) => {
  const { page } = aliceOptions;
  await page.getByRole("button", { name: /^Remove/ }).click();
  await page.getByRole("button", { name: "Delete the key" }).click();
  expect(await violationsOn(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Change" }).click();
  expect(await violationsOn(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await aliceOptions.go("identities/import");
  await lookInside(aliceOptions, practice.bob.p12, "wrong");
  await expect(page.getByRole("alert").first()).toBeVisible();
  expect(await violationsOn(page)).toEqual([]);
  await page.getByLabel("Passphrase of the file").fill(PASSPHRASE);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: /^What is in/ }).waitFor();
  expect(await violationsOn(page)).toEqual([]);
  await aliceOptions.go("identities");
  const identity = await page.locator("[data-identity]").first().getAttribute("data-identity");
  await aliceOptions.go(`identities/${identity ?? ""}/renew`);
  await page.getByRole("heading", { name: /^Renew the certificate of/ }).waitFor();
  expect(await violationsOn(page)).toEqual([]);
});

test("axe finds nothing in a contact's preview and comparison", async ({ options, file }) => {
  const { page } = options;
  const carol = person("carol@clinic.example");
  for (const certificateOfCarol of [carol.build(), carol.key("p-256").build()]) {
    await options.go("contacts/import");
    await choose(page, "Choose files", file("carol.pem", certificateOfCarol.pem));
    expect(await violationsOn(page)).toEqual([]);
    await page.getByRole("button", { name: "Add contact" }).click();
    // Back in the list: a second import begins anew only from there.
    await page.locator("[data-contact]").waitFor();
  }
  await page.getByRole("link", { name: /^Compare/ }).click();
  expect(await violationsOn(page)).toEqual([]);
  await options.go("contacts/carol%40clinic.example/trust");
  await page.getByRole("button", { name: "Trust this certificate" }).click();
  await expect(page.locator("[data-person]")).toContainText("Trusted for carol@clinic.example");
  expect(await violationsOn(page)).toEqual([]);
});

test("no section scrolls sideways at any width", async ({ aliceOptions }) => {
  const { page } = aliceOptions;
  for (const place of PLACES) {
    await aliceOptions.go(place);
    await page.locator("h1").waitFor();
    for (const width of [320, 380, 768, 1280, 2560, 3840]) {
      await page.setViewportSize({ width, height: 900 });
      expect([place, width, await overflowOf(page)]).toEqual([place, width, 0]);
    }
  }
});

test("everything is reached and worked by the keyboard", async ({ options, p12 }) => {
  const { page } = options;
  const file = p12("ana.p12", person("ana@stories.example").build());
  await page.getByRole("button", { name: "Choose a file" }).focus();
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.keyboard.press("Enter")]);
  await chooser.setFiles(file);
  await expect(page.getByLabel("Passphrase of the file")).toBeFocused();
  await page.keyboard.type(PASSPHRASE);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "What is in ana.p12" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("checkbox")).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByLabel("Do not ask")).toBeChecked();
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-identity]")).toHaveCount(1);
});
