import { certificate } from "../../src/testing/certificate-builder.ts";
import { openssl } from "../tools/practice-people.ts";
import { expect, lookInside, PASSPHRASE, person, test } from "../pages/own-story.ts";

test("a wrong passphrase is said in the field, and the right one is taken after it", async ({ options, practice }) => {
  const { page } = options;
  await lookInside(options, practice.alice.p12, "wrong");
  await expect(page.getByRole("alert").first()).toHaveText(
    "That passphrase does not open alice.p12. It is the one that was set when the file was made.",
  );
  const field = page.getByLabel("Passphrase of the file");
  await expect(field).toBeFocused();
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await field.fill(PASSPHRASE);
  await page.keyboard.press("Enter");
  await expect(page.getByText("alice@practice.example").first()).toBeVisible();
});

test("a file without a key says what it lacks and what to do", async ({ options, practice, file }) => {
  const words = ["pkcs12", "-export", "-nokeys", "-in", practice.alice.certificate, "-passout", `pass:${PASSPHRASE}`];
  await lookInside(options, file("no-key.p12", openssl(...words)));
  const { page } = options;
  await expect(page.getByRole("alert").first()).toHaveText(
    "no-key.p12 holds 1 certificate and no key, so it cannot sign or open mail. Export it again together with its key.",
  );
  await expect(page.getByRole("button", { name: /^Add/ })).toHaveCount(0);
});

test("a file that is none says so", async ({ options, file }) => {
  await lookInside(options, file("broken.p12", "no identity"));
  await expect(options.page.getByRole("alert").first()).toContainText("This is not a readable identity file");
});

test("a file that is cut off says so", async ({ options, p12, file }) => {
  const { readFileSync } = await import("node:fs");
  const whole = readFileSync(p12("whole.p12", person("ana@stories.example").build()));
  await lookInside(options, file("cut.p12", whole.subarray(0, whole.length - 40)));
  await expect(options.page.getByRole("alert").first()).toContainText("This is not a readable identity file");
});

test("an empty file says so", async ({ options, file }) => {
  await lookInside(options, file("empty.p12", ""));
  await expect(options.page.getByRole("alert").first()).toBeVisible();
});

test("a certificate without an address is not ticked, and says why", async ({ options, p12 }) => {
  await lookInside(options, p12("anonymous.p12", certificate().subject("CN=Nobody Known").build()));
  const { page } = options;
  await expect(page.getByText("No mail address inside, so it does not sign.")).toBeVisible();
  await expect(page.getByRole("checkbox")).not.toBeChecked();
});

test("one that has ended goes to History and says when", async ({ options, p12 }) => {
  await lookInside(options, p12("old.p12", person("ana@stories.example").expired().build()));
  const { page } = options;
  await expect(
    page.getByText("Ended on December 31, 2024. It goes to History and still opens old mail."),
  ).toBeVisible();
  await page.getByLabel("Do not ask").check();
  await page.getByRole("button", { name: "Add identity" }).click();
  await expect(page.getByText("History (1)")).toBeVisible();
  await page.getByText("History (1)").click();
  await expect(page.getByText("Ended on December 31, 2024")).toBeVisible();
});
