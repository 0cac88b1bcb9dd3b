import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { CHROMIUM, startExtension, type Extension } from "../pages/extension.ts";
import { OpenPage } from "../pages/open-page.ts";
import { VAULT_PASSPHRASE } from "../pages/own-pages.ts";
import { missingForRoundcube } from "../servers/roundcube/missing.ts";
import { readMail, sendEncrypted, setStage, signReply, type Stage } from "./mail-tour.ts";
import { openFiles } from "./open-tour.ts";
import { startPracticeMailbox, type PracticeSite } from "./practice-mailbox.ts";
import { makeMessages, type PracticeMessage } from "./practice-messages.ts";
import { makePractice, PASSPHRASE, type Practice } from "./practice-people.ts";
import { startTour } from "./tour.ts";

const PRACTICE = resolve(import.meta.dirname, "../../out/practice");

const hasDisplay = (): boolean =>
  process.platform !== "linux" || Boolean(process.env["DISPLAY"]) || Boolean(process.env["WAYLAND_DISPLAY"]);

/** Resolves when the person wants the end, by Ctrl-C, a signal or the window. */
const endOf = ({ context }: Extension): Promise<void> =>
  new Promise((done) => {
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(name, () => {
        done();
      });
    }
    context.on("close", () => {
      done();
    });
  });

function printAddresses({ extension, practice, server }: Stage): void {
  console.log(`
  mail page             ${server.url}   alice, bob, carol or dan; password: practice
  options               ${extension.baseUrl}options/index.html
  open a message        ${extension.baseUrl}open/index.html
  messages to open      ${practice.folder}/*.eml
  alice's identity      ${practice.alice.p12}   passphrase: ${PASSPHRASE}
  passphrase of her keys in Signet                ${VAULT_PASSPHRASE}
  the practice issuer   ${practice.ca.certificate}
Ctrl-C ends it.`);
}

interface Show {
  readonly practice: Practice;
  readonly messages: readonly PracticeMessage[];
  /** Of the person, to be opened too. */
  readonly files: readonly string[];
  readonly server: PracticeSite;
}

async function showWindow({ practice, messages, files, server }: Show): Promise<number> {
  const extension = await startExtension({ headless: false, viewport: null, closesAtSignal: true });
  const ended = endOf(extension);
  const stage = { extension, practice, server };
  try {
    console.log("Chromium starts with Signet; it gets alice's identity and the practice issuer first.\n");
    const tour = startTour(extension.context);
    const mail = await setStage(stage, tour);
    if (files.length > 0) {
      await (await OpenPage.open(extension.context, extension.baseUrl)).chooseMessages(...files);
    } else await mail.page.bringToFront();
    console.log(`\n${String(messages.length)} messages wait in alice's Inbox.`);
    printAddresses(stage);
    await ended;
    return tour.failures() === 0 ? 0 : 1;
  } finally {
    await extension.close();
  }
}

async function guidedTour({ practice, messages, files, server }: Show, isKept: boolean): Promise<number> {
  console.log("No display: a guided tour without a window, pictures in out/tour/.\n");
  const viewport = { width: 1280, height: 1000 };
  const extension = await startExtension({ headless: true, viewport, closesAtSignal: true });
  const ended = endOf(extension);
  const stage = { extension, practice, server };
  const tour = startTour(extension.context);
  const walk = async (): Promise<void> => {
    const mail = await setStage(stage, tour);
    await readMail(mail, messages, tour);
    await signReply(mail, stage, tour);
    await sendEncrypted(mail, stage, tour);
    await openFiles(extension, messages, files, tour);
  };
  try {
    const isWalked = await Promise.race([walk().then(() => true), ended.then(() => false)]);
    const failures = tour.failures();
    if (isWalked) {
      console.log(failures === 0 ? "\nAll as it should be." : `\n${String(failures)} steps failed.`);
      if (isKept) {
        printAddresses(stage);
        await ended;
      }
    }
    return isWalked && failures === 0 ? 0 : 1;
  } finally {
    await extension.close();
  }
}

const OPTIONS = ["--", "--keep", "--roundcube"];

/**
 * `npm start [-- --keep] [--roundcube] [FILE…]`: makes a practice authority with alice, bob and carol and a stand-in for
 * Outlook on the web, or Roundcube, with their mail, and shows the extension in Chromium; without a display it takes a
 * guided tour and ends, or with `--keep` stays. Exit status 1 where something was not as it should be.
 */
export async function main(words: readonly string[]): Promise<number> {
  const unknown = words.find((word) => word.startsWith("--") && !OPTIONS.includes(word));
  if (unknown !== undefined) {
    console.error(`unknown: ${unknown}; usage: npm start [-- --keep] [--roundcube] [FILE…]`);
    return 2;
  }
  const files = words.filter((word) => !word.startsWith("--")).map((word) => resolve(word));
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
  const webmail = words.includes("--roundcube") ? "roundcube" : "outlook-web";
  const reason = webmail === "roundcube" ? missingForRoundcube() : null;
  if (reason !== null) {
    console.error(`Roundcube cannot be started: ${reason}.`);
    return 1;
  }
  const practice = makePractice(PRACTICE);
  const messages = makeMessages(practice);
  const server = await startPracticeMailbox(webmail, practice, messages);
  try {
    const show = { practice, messages, files, server };
    return hasDisplay() ? await showWindow(show) : await guidedTour(show, words.includes("--keep"));
  } finally {
    await server.close();
  }
}
