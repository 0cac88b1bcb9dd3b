import { connect, type Socket } from "node:net";
import { PASSWORD } from "./dovecot.ts";

/** A message as IMAP gives it. */
export interface ImapMessage {
  readonly uid: number;
  /** Such as `\Seen`. */
  readonly flags: readonly string[];
  /** RFC822 octets, CRLF. */
  readonly mime: Buffer;
}

/** A literal's octets stand where its length was said (RFC 9051 section 4.3). */
interface Response {
  readonly text: string;
  readonly literals: readonly Buffer[];
}

const CRLF = Buffer.from("\r\n");
const quote = (text: string): string => `"${text.replace(/["\\]/g, "\\$&")}"`;

/** As much of IMAP4rev1 (RFC 3501) as the tests read and write mail with. */
class ImapSession {
  readonly #socket: Socket;
  #input = Buffer.alloc(0);
  #wake: () => void = () => undefined;
  #isClosed = false;
  #tag = 0;

  constructor(port: number) {
    this.#socket = connect(port, "127.0.0.1");
    this.#socket.on("data", (piece: Buffer) => {
      this.#input = Buffer.concat([this.#input, piece]);
      this.#wake();
    });
    this.#socket.on("error", () => undefined);
    this.#socket.on("close", () => {
      this.#isClosed = true;
      this.#wake();
    });
  }

  async #more(): Promise<void> {
    if (this.#isClosed) throw new Error("IMAP connection closed");
    await new Promise<void>((done) => {
      this.#wake = done;
    });
  }

  async #take(length: number): Promise<Buffer> {
    while (this.#input.length < length) await this.#more();
    const taken = this.#input.subarray(0, length);
    this.#input = this.#input.subarray(length);
    return taken;
  }

  async #line(): Promise<string> {
    let end: number;
    while ((end = this.#input.indexOf(CRLF)) < 0) await this.#more();
    const line = (await this.#take(end)).toString("latin1");
    await this.#take(CRLF.length);
    return line;
  }

  async #response(): Promise<Response> {
    let text = await this.#line();
    const literals: Buffer[] = [];
    for (let size; (size = /\{(\d+)\}$/.exec(text)?.[1]) !== undefined;) {
      literals.push(await this.#take(Number(size)));
      text = text.replace(/\{\d+\}$/, "<literal>") + (await this.#line());
    }
    return { text, literals };
  }

  greeting(): Promise<Response> {
    return this.#response();
  }

  /** @param literal octets that the server asks for */
  async command(words: string, literal?: Buffer): Promise<readonly Response[]> {
    const tag = `a${++this.#tag}`;
    this.#socket.write(`${tag} ${words}${literal === undefined ? "" : ` {${literal.length}}`}\r\n`);
    const responses: Response[] = [];
    for (;;) {
      const response = await this.#response();
      if (response.text.startsWith("+") && literal !== undefined) this.#socket.write(Buffer.concat([literal, CRLF]));
      else if (response.text.startsWith(`${tag} OK`)) return responses;
      else if (response.text.startsWith(`${tag} `)) throw new Error(`IMAP: ${words}: ${response.text}`);
      else responses.push(response);
    }
  }

  end(): void {
    this.#socket.destroy();
  }
}

/** Does something in a mailbox, as its owner's mail program does. */
async function inMailbox<T>(port: number, email: string, act: (session: ImapSession) => Promise<T>): Promise<T> {
  const session = new ImapSession(port);
  try {
    await session.greeting();
    await session.command(`LOGIN ${quote(email)} ${quote(PASSWORD)}`);
    return await act(session);
  } finally {
    session.end();
  }
}

/** A folder's messages, the newest first. */
export function readFolder(port: number, email: string, folder: string): Promise<readonly ImapMessage[]> {
  return inMailbox(port, email, async (session) => {
    await session.command(`EXAMINE ${quote(folder)}`);
    const responses = await session.command("UID FETCH 1:* (UID FLAGS BODY.PEEK[])");
    return responses
      .flatMap(({ text, literals }) => {
        const uid = /\bUID (\d+)/.exec(text)?.[1];
        const [mime] = literals;
        if (uid === undefined || mime === undefined) return [];
        const flags = /\bFLAGS \(([^)]*)\)/.exec(text)?.[1] ?? "";
        return [{ uid: Number(uid), flags: flags.split(" ").filter((flag) => flag !== ""), mime }];
      })
      .reverse();
  });
}

export const append = (port: number, email: string, folder: string, mime: Buffer): Promise<void> =>
  inMailbox(port, email, async (session) => {
    await session.command(`APPEND ${quote(folder)}`, mime);
  });

/** Empties a mailbox. */
export const emptyMailbox = (port: number, email: string, folders: readonly string[]): Promise<void> =>
  inMailbox(port, email, async (session) => {
    for (const folder of folders) {
      await session.command(`SELECT ${quote(folder)}`);
      await session.command("STORE 1:* +FLAGS.SILENT (\\Deleted)").catch(() => []);
      await session.command("EXPUNGE");
    }
  });

export const removeFolder = (port: number, email: string, folder: string): Promise<void> =>
  inMailbox(port, email, async (session) => {
    await session.command(`DELETE ${quote(folder)}`);
  });
