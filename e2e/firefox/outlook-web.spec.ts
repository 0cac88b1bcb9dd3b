import { SEEN_FOR_MS } from "../../src/ui/compose/sight.ts";
import { ownFrame } from "../pages/firefox.ts";
import { openssl } from "../tools/practice-people.ts";
import { expect, PASSPHRASE, readNewest, signIn, takeIn, test } from "./firefox-story.ts";

test("in Firefox alice reads a signed and an encrypted message, and signs one", async ({
  firefox,
  webmail,
  deliver,
  practice,
  file,
}) => {
  const { alice, bob, ca } = practice;
  await takeIn(firefox, { p12: alice.p12, passphrase: PASSPHRASE, certificate: ca.certificate });
  const page = await signIn(firefox, webmail.url);
  await page.bringToFront();
  await firefox.pressToolbarButton();

  deliver("signed-and-encrypted");
  const encrypted = await readNewest(page, 1);
  expect(encrypted.banner).toBe("b3");
  const body = await encrypted.frame.waitForSelector("iframe.body");
  const shown = await (await body!.contentFrame()).waitForFunction(() => document.body.innerText);
  expect(await shown.jsonValue()).toContain("The harvest report is ready");
  expect(await page.content()).not.toContain("harvest report");

  deliver("signed");
  await firefox.stopBackground();
  const signed = await readNewest(page, 2);
  expect(signed.banner).toBe("a7");
  expect(await signed.frame.$eval("h2", (heading) => heading.textContent)).toContain("Signed by bob@practice.example");

  await page.locator("::-p-text(New mail)").click();
  const form = "[id^=docking_InitVisiblePart_]";
  // Until its frame is there, the form takes no typing.
  const compose = await ownFrame(page, "compose/index.html");
  await compose.waitForSelector("main.compose");
  await page.locator(`${form} [aria-label=To]`).click();
  await page.keyboard.type("bob@practice.example;");
  await page.locator(`${form} [aria-label=Subject]`).fill("Fence");
  await page.locator(`${form} [aria-label="Message body"]`).click();
  await page.keyboard.type("The fence is mended.");
  await compose.locator("[role=switch]").click();
  await compose.locator("[data-list=header_to]").wait();
  await firefox.stopBackground();
  const send = await compose.waitForSelector("[data-act=send][data-seen=true]");
  await compose.evaluate((ms) => new Promise((done) => setTimeout(done, ms)), SEEN_FOR_MS);
  await send!.click();
  await page.waitForSelector(form, { hidden: true });

  for (const mailbox of [webmail.mailbox(bob.email).inbox(), webmail.mailbox(alice.email).sent()]) {
    expect(mailbox.map(({ subject }) => subject)).toEqual(["Fence"]);
    const received = file("received.eml", mailbox[0]?.mime ?? "");
    const text = openssl("cms", "-verify", "-in", received, "-CAfile", ca.certificate, "-purpose", "smimesign");
    expect(text.toString()).toContain("The fence is mended.");
  }
});
