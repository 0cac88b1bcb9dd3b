import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { appFile } from "./app-files.ts";
import { createFaults, type Faults } from "./faults.ts";
import { readBody, redirect, send } from "./http.ts";
import { createPostOffice, type OutboundMessage, type PostOffice, type User } from "./post-office.ts";
import { serviceRequest } from "./service-request.ts";
import { createSessions, type Sessions } from "./sessions.ts";
import { envelopeOf, FOLDERS, mimeOf } from "./store/item.ts";
import { storedMessage, type StoredMessage } from "./store/mailbox.ts";
import { storeContent } from "./store/smime-class.ts";
import { startUp } from "./start-up.ts";

export interface StartOptions {
  readonly users: readonly User[];
  /** 0 takes a free one. */
  readonly port?: number;
  readonly host?: "localhost" | "127.0.0.1";
  /** The largest message that is taken, in bytes; by default the documented 35 MB of Exchange Online. */
  readonly maxMessageBytes?: number;
  /** How long after the last change the page saves a draft. */
  readonly autosaveMilliseconds?: number;
}

/** A user's mail, for tests. */
export interface TestMailbox {
  /** Puts a message into the Inbox, unchanged up to what the store does to every message; returns its id. */
  readonly deliver: (mime: Buffer | string) => string;
  readonly inbox: () => readonly StoredMessage[];
  readonly sent: () => readonly StoredMessage[];
  readonly drafts: () => readonly StoredMessage[];
  readonly deleted: () => readonly StoredMessage[];
  /** The MIME that GetItem gives for this id. */
  readonly raw: (id: string) => Buffer;
}

/** A request as it came, for tests that search all traffic. */
export interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

/** Everything that the server keeps of somebody's mail, for tests that search all of it. */
export interface KeptMailbox {
  readonly email: string;
  readonly items: readonly (StoredMessage & {
    readonly folder: string;
    readonly files: readonly { readonly name: string; readonly content: Buffer }[];
  })[];
}

export interface OutlookWeb {
  /** Without a slash at the end. */
  readonly url: string;
  readonly mailboxes: () => readonly KeptMailbox[];
  readonly mailbox: (email: string) => TestMailbox;
  readonly outbound: readonly OutboundMessage[];
  readonly requests: readonly RecordedRequest[];
  readonly faults: Faults;
  /** All sessions end, as after a password change. */
  readonly endSessions: () => void;
  readonly close: () => Promise<void>;
}

interface Parts {
  readonly sessions: Sessions;
  readonly office: PostOffice;
  readonly faults: Faults;
  readonly maxMessageBytes: number;
  readonly autosaveMilliseconds: number;
}

async function showPage(response: ServerResponse, name: string): Promise<void> {
  send(response, (await appFile(name)) ?? { status: 404 });
}

function signIn(response: ServerResponse, body: Buffer, { sessions }: Parts): void {
  const form = new URLSearchParams(body.toString("utf8"));
  const set = sessions.signIn(form.get("username") ?? "", form.get("password") ?? "");
  if (set === null) redirect(response, "/owa/auth/logon.aspx?reason=2");
  else redirect(response, "/mail/", { "Set-Cookie": set });
}

/** Tells the page that its mailbox changed; the page's own channel, of which nothing is documented. */
function pushChanges(request: IncomingMessage, response: ServerResponse, { sessions, office }: Parts): void {
  const session = sessions.of(request);
  if (session === null) {
    send(response, { status: 440 });
    return;
  }
  const ended = new AbortController();
  response.on("close", () => {
    ended.abort();
  });
  response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
  response.write(": open\n\n");
  for (const email of [session.user.email, ...(session.user.shared ?? [])]) {
    office.mailbox(email)?.watch(() => response.write(`data: ${email}\n\n`), ended.signal);
  }
}

function fileAttachment(request: IncomingMessage, response: ServerResponse, url: URL, parts: Parts): void {
  const session = parts.sessions.forService(request, url.searchParams.get("X-OWA-CANARY") ?? "");
  if (session === 401 || session === 440) {
    send(response, { status: session });
    return;
  }
  const id = url.searchParams.get("id") ?? "";
  const file = [session.user.email, ...(session.user.shared ?? [])]
    .flatMap((email) => parts.office.mailbox(email)?.files() ?? [])
    .find((candidate) => candidate.id === id)?.file;
  if (file === undefined) send(response, { status: 404 });
  else {
    const name = encodeURIComponent(file.name);
    const headers = { "Content-Disposition": `attachment; filename*=UTF-8''${name}` };
    send(response, { type: "application/octet-stream", headers, body: file.content });
  }
}

async function route(request: IncomingMessage, response: ServerResponse, body: Buffer, parts: Parts): Promise<void> {
  const url = new URL(request.url ?? "/", "http://stand-in");
  const { pathname, searchParams } = url;
  const post = request.method === "POST";
  if (pathname === "/" || pathname === "/owa/") redirect(response, "/mail/");
  else if (pathname === "/mail" || pathname.startsWith("/mail/")) {
    if (parts.sessions.of(request) === null) redirect(response, "/owa/auth/logon.aspx");
    else await showPage(response, "mail.html");
  } else if (pathname === "/owa/auth/logon.aspx") await showPage(response, "logon.html");
  else if (pathname === "/owa/auth.owa" && post) signIn(response, body, parts);
  else if (pathname === "/owa/logoff.owa") {
    redirect(response, "/owa/auth/logon.aspx", { "Set-Cookie": parts.sessions.signOut(request) });
  } else if (/^\/owa(\/0)?\/service\.svc$/.test(pathname) && post) {
    await serviceRequest(request, response, searchParams.get("action") ?? "", body, parts);
  } else if (pathname === "/owa/service.svc/s/GetFileAttachment") fileAttachment(request, response, url, parts);
  else if (pathname === "/owa/sessiondata.ashx") {
    const session = parts.sessions.forService(request);
    if (session === 401 || session === 440) send(response, { status: session });
    else send(response, { type: "application/json", body: JSON.stringify(startUp(session.user, parts)) });
  } else if (pathname === "/app/changes") pushChanges(request, response, parts);
  else send(response, (pathname.startsWith("/app/") ? await appFile(pathname.slice(5)) : null) ?? { status: 404 });
}

function testMailbox(office: PostOffice, email: string): TestMailbox {
  const store = office.mailbox(email);
  if (store === undefined) throw new Error(`nobody here has the address ${email}`);
  return {
    deliver: (given) => {
      const mime = Buffer.from(given);
      const envelope = { ...envelopeOf(mime, "localhost"), bcc: [] };
      return store.add({ folder: "inbox", envelope, content: storeContent(mime) }).id;
    },
    inbox: () => store.list("inbox").map(storedMessage),
    sent: () => store.list("sentitems").map(storedMessage),
    drafts: () => store.list("drafts").map(storedMessage),
    deleted: () => store.list("deleteditems").map(storedMessage),
    raw: (id) => {
      const item = store.get(id);
      if (item === undefined) throw new Error(`no message ${id}`);
      return mimeOf(item);
    },
  };
}

function keptMailbox(office: PostOffice, email: string): KeptMailbox {
  const items = FOLDERS.flatMap((folder) => office.mailbox(email)?.list(folder) ?? []);
  return {
    email,
    items: items.map((item) => ({ ...storedMessage(item), folder: item.folder, files: item.content.files })),
  };
}

const listening = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(port, host, done);
  });

/** Starts the stand-in for Outlook on the web, with empty mailboxes. README.md says what it is built from. */
export async function startOutlookWeb(options: StartOptions): Promise<OutlookWeb> {
  const users = options.users.map((user) => ({ ...user, email: user.email.toLowerCase() }));
  const parts: Parts = {
    sessions: createSessions(users),
    office: createPostOffice(users),
    faults: createFaults(),
    maxMessageBytes: options.maxMessageBytes ?? 35 * 1024 * 1024,
    autosaveMilliseconds: options.autosaveMilliseconds ?? 3000,
  };
  const requests: RecordedRequest[] = [];
  const server = createServer((request, response) => {
    readBody(request)
      .then((body) => {
        requests.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers, body });
        return route(request, response, body, parts);
      })
      .catch((error: unknown) => {
        if (!response.headersSent) send(response, { status: 500, body: String(error) });
      });
  });
  await listening(server, options.port ?? 0, options.host ?? "localhost");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${options.host ?? "localhost"}:${port}`,
    mailbox: (email) => testMailbox(parts.office, email),
    mailboxes: () => users.map(({ email }) => keptMailbox(parts.office, email)),
    outbound: parts.office.outbound,
    requests,
    faults: parts.faults,
    endSessions: parts.sessions.endAll,
    close: () =>
      new Promise((done) => {
        server.close(() => {
          done();
        });
        server.closeAllConnections();
      }),
  };
}
