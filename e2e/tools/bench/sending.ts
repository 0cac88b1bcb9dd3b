import { randomBytes } from "node:crypto";
import type { Frame, Page } from "playwright-core";
import type { Extension } from "../../pages/extension.ts";
import { SEEN_FOR_MS } from "../../../src/ui/compose/sight.ts";
import { OutlookWebPage } from "../../pages/outlook-web.ts";
import { SecureForm } from "../../pages/secure-form.ts";
import type { OutlookWeb } from "../../servers/outlook-web/start.ts";
import { quantile } from "./quantile.ts";

/** Sends a message of about so many bytes; milliseconds from the press until the server has taken it. */
async function send(mail: OutlookWebPage, to: string, size: number): Promise<number> {
  const compose = await mail.newMail();
  const form = await SecureForm.turnOn(mail);
  await form.write({ to: [to], subject: "Measured", text: "The harvest." });
  // Base64 twice, in the message and around what is encrypted.
  const file = { name: "harvest.bin", mimeType: "application/octet-stream", buffer: randomBytes(size / 1.88) };
  if (size > 100_000) await form.attach(file);
  await form.chip(to).and(form.frame.locator("[data-status=ready]")).waitFor();
  const button = form.frame.locator("[data-act=send][data-seen=true]");
  await button.waitFor();
  await form.frame.evaluate((ms) => new Promise((done) => setTimeout(done, ms)), SEEN_FOR_MS);
  const taken = mail.page.waitForResponse(
    (response) => response.request().postData()?.includes("SendAndSaveCopy") === true,
    { timeout: 120_000 },
  );
  const pressedAt = performance.now();
  await button.click();
  await form.sendFirst();
  await taken;
  const takenAt = performance.now();
  await compose.closed();
  return takenAt - pressedAt;
}

/** Milliseconds for the page's own script to hand over the same bytes, and no more. */
const rawUpload = (page: Page, mime: string): Promise<number> =>
  page.evaluate(async (Value) => {
    const canary = /X-OWA-CANARY=([^;]+)/.exec(document.cookie)?.[1] ?? "";
    const start = performance.now();
    const json = JSON.stringify({
      __type: "CreateItemJsonRequest:#Exchange",
      Header: { __type: "JsonRequestHeaders:#Exchange", RequestServerVersion: "Exchange2013" },
      Body: {
        __type: "CreateItemRequest:#Exchange",
        MessageDisposition: "SaveOnly",
        Items: [
          {
            __type: "Message:#Exchange",
            MimeContent: { __type: "MimeContentType:#Exchange", CharacterSet: "UTF-8", Value: "@" },
          },
        ],
      },
    });
    const [before = "", after = ""] = json.split("@");
    const response = await fetch("/owa/service.svc?action=CreateItem", {
      method: "POST",
      headers: { "Content-Type": "application/json", Action: "CreateItem", "X-OWA-CANARY": canary },
      // As a Blob: of any other body the browser hands Playwright a copy, which takes longer than the upload.
      body: new Blob([before, Value, after]),
    });
    await response.json();
    return performance.now() - start;
  }, mime);

/** Send of 1 kB and of 25 MB, signed and encrypted, beside the bare upload of the same bytes. */
export async function benchSending(extension: Extension, server: OutlookWeb, to: string): Promise<void> {
  console.log("\nsend    runs      median         p95    raw upload");
  for (const { name, size, runs } of [
    { name: "1 kB", size: 1000, runs: 15 },
    { name: "25 MB", size: 25_000_000, runs: 3 },
  ]) {
    const page = await extension.context.newPage();
    await page.goto(`${server.url}/mail/`);
    const mail = new OutlookWebPage(page, true);
    const times: number[] = [];
    const raw: number[] = [];
    for (let run = 0; run <= runs; run++) {
      const ms = await send(mail, to, size);
      const mime = server.mailbox(to).inbox()[0]?.mime.toString("base64") ?? "";
      const upload = await rawUpload(page, mime);
      // The first is for warming up and does not count.
      if (run > 0) {
        times.push(ms);
        raw.push(upload);
      }
    }
    await page.close();
    const columns = [quantile(times, 0.5), quantile(times, 0.95), quantile(raw, 0.5)];
    console.log(
      `${name.padEnd(8)}${String(runs).padStart(4)}${columns.map((ms) => `${ms.toFixed(0)} ms`.padStart(12)).join("")}`,
    );
  }
}

/** Text in the form before the keys that are measured. Octets. */
const TEXT_SIZE = 100_000;
const KEYS = 100;

/** What a key costs: until our code has dealt with it and the text is laid out again. */
async function typingTimes(frame: Frame): Promise<readonly number[]> {
  await frame.evaluate(() => {
    const times: number[] = ((globalThis as { keyTimes?: number[] }).keyTimes = []);
    let start = 0;
    addEventListener("keydown", () => void (start = performance.now()), true);
    addEventListener("input", () => {
      queueMicrotask(() => {
        // Reading the height makes the browser lay out what has changed.
        if (document.body.offsetHeight >= 0) times.push(performance.now() - start);
      });
    });
  });
  await frame.page().keyboard.type("the quick brown fox ".repeat(KEYS / 20), { delay: 40 });
  return frame.evaluate(() => (globalThis as { keyTimes?: number[] }).keyTimes ?? []);
}

/** Typing in the form at 100 kB of text. */
export async function benchTyping(extension: Extension, server: OutlookWeb): Promise<void> {
  const page = await extension.context.newPage();
  await page.goto(`${server.url}/mail/`);
  const mail = new OutlookWebPage(page, true);
  await mail.newMail();
  const form = await SecureForm.turnOn(mail);
  await form.editor.click();
  const line = `${"All that is typed here stays here. ".repeat(10)}\n`;
  await page.keyboard.insertText(line.repeat(Math.ceil(TEXT_SIZE / line.length)));
  const times = await typingTimes(form.frame);
  await page.close();
  const columns = [quantile(times, 0.5), quantile(times, 0.95)].map((ms) => `${ms.toFixed(1)} ms`.padStart(12));
  console.log(`\ntyping  keys      median         p95\n100 kB  ${String(times.length).padStart(4)}${columns.join("")}`);
}
