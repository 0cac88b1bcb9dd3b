import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startDovecot, type MailUser } from "./dovecot.ts";
import { createFaults, type Faults } from "./faults.ts";
import { append, emptyMailbox, readFolder, removeFolder, type ImapMessage } from "./imap.ts";
import { startPhp, type RoundcubeSettings } from "./php.ts";
import { startPostfix } from "./postfix.ts";
import { freePorts, until } from "./processes.ts";
import { startProxy, type RecordedRequest } from "./proxy.ts";

export interface StartOptions extends RoundcubeSettings {
  readonly users: readonly MailUser[];
  /** Of the page; a free one where it is not said. */
  readonly port?: number;
}

/** A user's mail by IMAP, the newest first. */
export interface TestMailbox {
  readonly deliver: (mime: Buffer | string) => Promise<void>;
  readonly inbox: () => Promise<readonly ImapMessage[]>;
  readonly sent: () => Promise<readonly ImapMessage[]>;
  readonly drafts: () => Promise<readonly ImapMessage[]>;
  readonly trash: () => Promise<readonly ImapMessage[]>;
  /** From its owner's next login on, it takes so many kilobytes; `null` takes all. */
  readonly setQuota: (kilobytes: number | null) => Promise<void>;
  readonly removeFolder: (name: string) => Promise<void>;
}

export interface Roundcube {
  /** Without a slash at the end. */
  readonly url: string;
  /** Where all of it is: mail, queue, database, logs. Gone at the end. */
  readonly folder: string;
  readonly mailbox: (email: string) => TestMailbox;
  readonly requests: readonly RecordedRequest[];
  readonly faults: Faults;
  /** Ends PHP, so that nothing of Roundcube answers any more. */
  readonly stopPhp: () => Promise<void>;
  /** Empties all mailboxes and takes all faults and quotas away. */
  readonly reset: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const FOLDERS = ["INBOX", "Drafts", "Sent", "Trash", "Junk"];

/** Starts Roundcube, Dovecot and Postfix with empty mailboxes, all of it in one temporary folder and on loopback. */
export async function startRoundcube(options: StartOptions): Promise<Roundcube> {
  const folder = mkdtempSync(join(tmpdir(), "signet-roundcube-"));
  chmodSync(folder, 0o755);
  const part = (name: string): string => {
    const path = join(folder, name);
    mkdirSync(path);
    return path;
  };
  const [imap = 0, lmtp = 0, smtp = 0, php = 0] = await freePorts(4);
  const { users } = options;
  const domain = users[0]?.email.split("@")[1] ?? "";
  const faults = createFaults();

  const dovecot = startDovecot({ folder: part("dovecot"), users, ports: { imap, lmtp } });
  const postfix = startPostfix({ folder: part("postfix"), users, ports: { smtp, lmtp } });
  const web = startPhp({ folder: part("roundcube"), domain, ports: { php, imap, smtp }, settings: options });
  const proxy = await startProxy(php, faults, options.port ?? 0);
  const url = `http://localhost:${proxy.port}`;
  const close = async (): Promise<void> => {
    await Promise.all([proxy, web, postfix, dovecot].map(({ stop }) => stop()));
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    await until("Dovecot", async () => (await readFolder(imap, users[0]?.email ?? "", "INBOX")).length === 0);
    await until("Postfix", () => answers(smtp));
    await until("Roundcube", async () => (await fetch(url)).ok);
  } catch (error) {
    await close();
    throw error;
  }

  const mailbox = (email: string): TestMailbox => ({
    deliver: (mime) => append(imap, email, "INBOX", Buffer.from(mime)),
    inbox: () => readFolder(imap, email, "INBOX"),
    sent: () => readFolder(imap, email, "Sent"),
    drafts: () => readFolder(imap, email, "Drafts"),
    trash: () => readFolder(imap, email, "Trash"),
    setQuota: async (kilobytes) => {
      dovecot.setQuota(email, kilobytes);
      // Dovecot looks at its list of users once a second.
      await new Promise((done) => setTimeout(done, 1000 - (Date.now() % 1000)));
    },
    removeFolder: (name) => removeFolder(imap, email, name),
  });
  return {
    url,
    folder,
    mailbox,
    requests: proxy.requests,
    faults,
    stopPhp: web.stop,
    reset: async () => {
      faults.clear();
      for (const { email } of users) {
        dovecot.setQuota(email, null);
        await emptyMailbox(imap, email, FOLDERS);
      }
    },
    close,
  };
}

/** Whether something listens on a port of loopback. */
const answers = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(port, "127.0.0.1");
    const say = (isThere: boolean): void => {
      socket.destroy();
      done(isThere);
    };
    socket.on("connect", () => {
      say(true);
    });
    socket.on("error", () => {
      say(false);
    });
  });
