import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import type { BrowserContext } from "playwright-core";
import type { OutlookWeb } from "../servers/outlook-web/start.ts";
import type { Roundcube } from "../servers/roundcube/start.ts";
import type { Place } from "./leak-search.ts";
import type { MailPage } from "./mail-page.ts";
import { OutlookWebPage } from "./outlook-web.ts";
import { RoundcubePage } from "./roundcube.ts";

/** A user's mail on a webmail's server, the newest first. */
export interface SiteMailbox {
  readonly deliver: (mime: Buffer | string) => Promise<void>;
  readonly inbox: () => Promise<readonly Buffer[]>;
  readonly sent: () => Promise<readonly Buffer[]>;
  readonly drafts: () => Promise<readonly Buffer[]>;
  /** What was thrown away and lies there still. */
  readonly trash: () => Promise<readonly Buffer[]>;
}

/** A webmail with its server, as far as stories run on each of them. */
export interface MailSite {
  /** Of the mail page. */
  readonly url: string;
  readonly mailbox: (email: string) => SiteMailbox;
  readonly signIn: (context: BrowserContext, username: string) => Promise<MailPage>;
  /** The next request that sends a message is carried out, and its answer does not arrive. */
  readonly loseAnswerOfSend: () => void;
  /** The session ends before the next message is handed over. */
  readonly endSessionBeforeSend: () => void;
  /** All that the server was told, and has kept: mail, queue, database, logs. */
  readonly places: () => readonly Place[];
}

/** How long a mail server may take to hand a message over. Milliseconds. */
const PATIENCE_MS = 15_000;

/** The newest message of an Inbox, once there are so many. */
export async function arrived(mailbox: SiteMailbox, count = 1): Promise<Buffer> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end;) {
    const messages = await mailbox.inbox();
    if (messages[0] !== undefined && messages.length >= count) return messages[0];
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error("nothing has arrived");
}

export function outlookWebPlaces({ requests, mailboxes, outbound }: OutlookWeb): readonly Place[] {
  const traffic = requests.map(({ method, url, headers, body }) => ({
    where: `request: ${method} ${url.slice(0, 80)}`,
    bytes: Buffer.concat([Buffer.from(`${url}\n${JSON.stringify(headers)}\n`), body]),
  }));
  const kept = mailboxes().flatMap(({ email, items }) =>
    items.map(({ folder, mime, subject, files }) => ({
      where: `server: ${email} ${folder}`,
      bytes: Buffer.concat([
        Buffer.from(`${subject}\n`),
        mime,
        ...files.flatMap(({ name, content }) => [Buffer.from(name), content]),
      ]),
    })),
  );
  const left = outbound.map((message) => ({
    where: "server: outbound",
    bytes: Buffer.from(JSON.stringify(message)),
  }));
  return [...traffic, ...kept, ...left];
}

/** `null` for what was written before, which holds no word of the story, and for a file that is gone by now. */
function writtenSince(path: string, begun: number): Buffer | null {
  try {
    return statSync(path).mtimeMs >= begun ? readFileSync(path) : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

function roundcubePlaces({ requests, folder }: Roundcube, before: number, begun: number): readonly Place[] {
  const traffic = requests.slice(before).map(({ method, url, body }) => ({
    where: `request: ${method} ${url.slice(0, 80)}`,
    bytes: Buffer.concat([Buffer.from(`${url}\n`), body]),
  }));
  const disk = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .flatMap((path) => {
      const bytes = writtenSince(path, begun);
      return bytes === null ? [] : [{ where: `server: ${relative(folder, path)}`, bytes }];
    });
  return [...traffic, ...disk];
}

export function outlookWebSite(server: OutlookWeb): MailSite {
  const { faults } = server;
  return {
    url: `${server.url}/mail/`,
    mailbox: (email) => {
      const mailbox = server.mailbox(email);
      const octets = (list: () => readonly { readonly mime: Buffer }[]) => (): Promise<readonly Buffer[]> =>
        Promise.resolve(list().map(({ mime }) => mime));
      return {
        deliver: (mime) => {
          mailbox.deliver(mime);
          return Promise.resolve();
        },
        inbox: octets(mailbox.inbox),
        sent: octets(mailbox.sent),
        drafts: octets(mailbox.drafts),
        trash: octets(mailbox.deleted),
      };
    },
    signIn: (context, username) => OutlookWebPage.signIn(context, server.url, username),
    loseAnswerOfSend: () => {
      faults.add({ kind: "lost", action: "UpdateItem", where: "SendAndSaveCopy", count: 1 });
    },
    endSessionBeforeSend: () => {
      // Only ours: the page's own autosave would leave for the sign-in page.
      faults.add({ kind: "expired", action: "CreateItem", where: "MimeContent" });
    },
    places: () => outlookWebPlaces(server),
  };
}

export function roundcubeSite(server: Roundcube): MailSite {
  const { faults } = server;
  // Stories share the server, and each has its own part of what it was asked.
  const [before, begun] = [server.requests.length, Date.now()];
  return {
    url: `${server.url}/?_task=mail`,
    mailbox: (email) => {
      const mailbox = server.mailbox(email);
      const octets = (list: typeof mailbox.inbox) => async (): Promise<readonly Buffer[]> =>
        (await list()).map(({ mime }) => mime);
      return {
        deliver: mailbox.deliver,
        inbox: octets(mailbox.inbox),
        sent: octets(mailbox.sent),
        drafts: octets(mailbox.drafts),
        trash: octets(mailbox.trash),
      };
    },
    signIn: (context, username) => RoundcubePage.signIn(context, server.url, username),
    loseAnswerOfSend: () => {
      faults.add({ kind: "lost", action: "bounce", count: 1 });
    },
    endSessionBeforeSend: () => {
      faults.add({ kind: "expired", action: "import" });
    },
    places: () => roundcubePlaces(server, before, begun),
  };
}
