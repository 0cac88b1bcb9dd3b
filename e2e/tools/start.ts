import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { CHROMIUM, startExtension, type Extension } from "../pages/extension.ts";
import { OpenPage } from "../pages/open-page.ts";
import { makeMessages, type PracticeMessage } from "./practice-messages.ts";
import { makePractice, PASSPHRASE, type Practice } from "./practice-people.ts";

const OUT = resolve(import.meta.dirname, "../../out");

const hasDisplay = (): boolean =>
  process.platform !== "linux" || Boolean(process.env["DISPLAY"]) || Boolean(process.env["WAYLAND_DISPLAY"]);

/** Ends the browser with us, however we end. */
function endWith(extension: Extension): Promise<void> {
  return new Promise((done) => {
    const end = (): void => {
      void extension.close().then(done, done);
    };
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(name, end);
    extension.context.on("close", () => {
      done();
    });
  });
}

async function showWindow(practice: Practice, files: readonly string[]): Promise<number> {
  const extension = await startExtension({ headless: false, viewport: null });
  const ended = endWith(extension);
  const page = await OpenPage.open(extension.context, extension.baseUrl);
  if (files.length > 0) await page.chooseMessages(...files);
  console.log(`
Chromium runs with Signet; press its button in the toolbar to open the page again.
  messages to open      ${practice.folder}/*.eml
  alice's identity      ${practice.alice.p12}   passphrase: ${PASSPHRASE}
  the practice issuer   ${practice.ca.certificate}
Ctrl-C ends it.`);
  await ended;
  return 0;
}

/** One message by the real page: its outcome as a line, and pictures in both themes. */
async function visit(page: OpenPage, name: string, file: string): Promise<string> {
  const card = await page.openMessage(file);
  const [id, headline] = [await card.bannerId(), await card.headline.innerText()];
  const folder = join(OUT, "tour");
  await page.page.mouse.move(0, 0);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`), fullPage: true });
  }
  console.log(`${name.padEnd(24)}${id.padEnd(8)}${headline}`);
  await card.root.getByRole("button", { name: /^Close / }).click();
  return id;
}

async function tour(
  practice: Practice,
  messages: readonly PracticeMessage[],
  files: readonly string[],
): Promise<number> {
  console.log("No display: a tour without a window, pictures in out/tour/.\n");
  rmSync(join(OUT, "tour"), { recursive: true, force: true });
  mkdirSync(join(OUT, "tour"), { recursive: true });
  const extension = await startExtension({ headless: true, viewport: { width: 1280, height: 1120 } });
  const ended = endWith(extension);
  try {
    const page = await OpenPage.open(extension.context, extension.baseUrl);
    await page.page.screenshot({ path: join(OUT, "tour", "start-light.png"), fullPage: true });
    await page.importIdentity(practice.alice.p12, PASSPHRASE);
    await page.trust(practice.ca.certificate);
    let unexpected = 0;
    for (const { name, file, banner } of messages) {
      const found = await visit(page, name, file);
      if (found === banner) continue;
      console.log(`${"".padEnd(24)}expected ${banner}`);
      unexpected++;
    }
    for (const [index, file] of files.entries()) await visit(page, `file-${String(index + 1)}`, file);
    return unexpected === 0 ? 0 : 1;
  } finally {
    await extension.close();
    await ended;
  }
}

/**
 * `npm start [-- FILE…]`: makes a practice authority with alice and bob, and shows the extension in Chromium; without a
 * display it takes a tour of the practice messages. Exit status 1 where one was not judged as it should be.
 */
export async function main(words: readonly string[]): Promise<number> {
  const files = words.filter((word) => word !== "--").map((word) => resolve(word));
  const missing = files.filter((file) => !existsSync(file));
  if (missing.length > 0) {
    console.error(`no such file: ${missing.join(", ")}`);
    return 2;
  }
  if (!existsSync(CHROMIUM)) {
    console.error(
      `${CHROMIUM} is missing: install the package chromium, or load dist/chromium in chrome://extensions.`,
    );
    return 1;
  }
  const practice = makePractice(join(OUT, "practice"));
  const messages = makeMessages(practice);
  return hasDisplay() ? showWindow(practice, files) : tour(practice, messages, files);
}
