import { sign } from "../tools/practice-messages.ts";
import { expect, test } from "../pages/story.ts";

test("a detached signature is checked with the file that comes beside it", async ({ alice, practice, file }) => {
  const content = file("report.txt", "The report.\r\n");
  const signature = file("report.txt.p7s", sign(practice.bob, content, "-binary", "-outform", "DER"));
  await alice.chooseMessages(content, signature);
  const card = await alice.card(signature);
  // The signature fits; a bare file names no sender to compare with.
  await expect(card.banner).toHaveAttribute("data-banner", "d10");
});

test("dropped files are opened", async ({ open }) => {
  const { page } = open;
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(["From: a@b.example\r\nSubject: dropped\r\n\r\nhello"], "dropped.eml"));
    return data;
  });
  await page.dispatchEvent(".drop-zone", "drop", { dataTransfer: transfer });
  const card = await open.card("dropped.eml");
  await expect(card.subject).toContainText("dropped");
});

test("several files are opened, each with its own verdict", async ({ alice, message }) => {
  await alice.chooseMessages(message("signed"), message("altered"));
  await expect((await alice.card(message("signed"))).banner).toHaveAttribute("data-banner", "a7");
  await expect((await alice.card(message("altered"))).banner).toHaveAttribute("data-banner", "a22");
});

test("a message of many pieces arrives whole", async ({ open, file }) => {
  const bytes = Buffer.alloc(5_000_000, "0123456789abcdef");
  const body = bytes.toString("base64").replace(/.{76}/g, "$&\r\n");
  const header = "From: a@b.example\r\nContent-Type: application/octet-stream; name=big.bin\r\n";
  const card = await open.openMessage(file("big.eml", `${header}Content-Transfer-Encoding: base64\r\n\r\n${body}\r\n`));
  const download = open.page.waitForEvent("download");
  await card.root.getByRole("button", { name: "Save big.bin" }).click();
  const { readFileSync } = await import("node:fs");
  expect(readFileSync(await (await download).path()).equals(bytes)).toBe(true);
});
