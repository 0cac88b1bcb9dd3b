import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startExtension, stopWorker, type Extension } from "../pages/extension.ts";
import { takeContacts } from "../pages/own-identity.ts";
import { OutlookWebPage } from "../pages/outlook-web.ts";
import { FirstRunPage, OptionsPage } from "../pages/own-pages.ts";
import { grantSite } from "../pages/site-permission.ts";
import { startOutlookWeb, type OutlookWeb } from "../servers/outlook-web/start.ts";
import { readClock, startClock, type Opening } from "./bench/page-clock.ts";
import { quantile } from "./bench/quantile.ts";
import { rawFetch } from "./bench/raw-fetch.ts";
import { sealedMessage } from "./bench/sealed-message.ts";
import { benchSending, benchTyping } from "./bench/sending.ts";
import { makePractice, PASSPHRASE } from "./practice-people.ts";

const PLAIN = "Nothing to open";

interface Case {
  readonly name: string;
  readonly size: number;
  readonly worker: "alive" | "dead";
  readonly runs: number;
}

const CASES: readonly Case[] = [
  { name: "20 kB", size: 20_000, worker: "alive", runs: 25 },
  { name: "20 kB", size: 20_000, worker: "dead", runs: 25 },
  { name: "25 MB", size: 25_000_000, worker: "alive", runs: 3 },
];

interface Bench {
  readonly extension: Extension;
  readonly server: OutlookWeb;
}

/** In a tab of its own, since a tab may have keys used only so often a minute. */
async function openOften({ extension, server }: Bench, { name, worker, runs }: Case, id: string): Promise<string> {
  const page = await extension.context.newPage();
  const mail = new OutlookWebPage(page);
  await page.goto(`${server.url}/mail/`);
  await mail.row(PLAIN).waitFor();
  const openings: Opening[] = [];
  const raw: number[] = [];
  // The first is for warming up and does not count.
  for (let run = 0; run <= runs; run++) {
    await mail.open(PLAIN);
    await mail.messageFrame();
    if (worker === "dead") await stopWorker(extension);
    await mail.open(name);
    const opening = await readClock(page, await mail.messageFrame());
    const fetched = await rawFetch(page, id);
    if (run === 0) continue;
    openings.push(opening);
    raw.push(fetched);
  }
  await page.close();
  const times = (of: keyof Opening): number[] => openings.map((opening) => opening[of]);
  const numbers = [
    quantile(times("banner"), 0.5),
    quantile(times("banner"), 0.95),
    quantile(times("webmail"), 0.5),
    quantile(raw, 0.5),
  ];
  const columns = numbers.map((ms) => `${ms.toFixed(0)} ms`.padStart(12));
  return `${name.padEnd(8)}${worker.padEnd(8)}${String(runs).padStart(4)}${columns.join("")}`;
}

/**
 * `npm run bench`: how long it takes in the mail page from the press on a signed and encrypted message to its banner,
 * with the worker alive and dead; beside it how long the webmail takes for its own view, and the bare fetch of the MIME.
 * Then Send, from the press until the server has taken the message, beside the bare upload; and what a key costs.
 */
export async function main(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "signet-bench-"));
  const practice = makePractice(folder);
  const { alice, bob, ca } = practice;
  const server = await startOutlookWeb({ users: [alice, bob] });
  const extension = await startExtension({ headless: true, viewport: { width: 1280, height: 1000 } });
  try {
    await startClock(extension.context);
    const mailbox = server.mailbox(alice.email);
    mailbox.deliver(`From: ${bob.email}\r\nTo: ${alice.email}\r\nSubject: ${PLAIN}\r\n\r\nPlain.\r\n`);
    const names = new Map(CASES.map(({ name, size }) => [name, size]));
    const ids = new Map([...names].map(([name, size]) => [name, mailbox.deliver(sealedMessage(practice, name, size))]));
    await (await FirstRunPage.open(extension.context, extension.baseUrl)).addIdentity(alice.p12, PASSPHRASE);
    await (await OptionsPage.open(extension.context, extension.baseUrl)).trust(ca.certificate);
    const first = await OutlookWebPage.signIn(extension.context, server.url, "alice");
    await grantSite(extension, first.page);
    console.log("size    worker  runs      median         p95  webmail's own   raw fetch");
    for (const each of CASES) console.log(await openOften({ extension, server }, each, ids.get(each.name) ?? ""));
    await takeContacts(extension, bob.certificate);
    await benchSending(extension, server, bob.email);
    await benchTyping(extension, server);
    return 0;
  } finally {
    await extension.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
