import { createServer, request as ask, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Fault, Faults } from "./faults.ts";
import type { Running } from "./processes.ts";

/** A request as it came, for tests that look at traffic. */
export interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  readonly body: Buffer;
}

export interface Proxy extends Running {
  readonly port: number;
  readonly requests: readonly RecordedRequest[];
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

interface Answer {
  readonly response: IncomingMessage;
  readonly body: Buffer;
}

function forward(port: number, { method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
  return new Promise((done, fail) => {
    const options = { host: "127.0.0.1", port, method, path: url, headers, agent: false };
    const forwarded = ask(options, (response) => {
      bodyOf(response).then((content) => {
        done({ response, body: content });
      }, fail);
    });
    forwarded.on("error", fail);
    forwarded.end(body);
  });
}

/** Changes a request to what Roundcube would get if this had happened before it. */
function changedBy(fault: Fault["kind"] | null, request: IncomingMessage): IncomingMessage {
  const { headers } = request;
  // Without its cookies a request has no session any more, as when it has ended on the server.
  if (fault === "expired") delete headers.cookie;
  if (fault === "other-token") headers["x-roundcube-request"] = "another";
  if (fault === "no-folder") request.url = request.url?.replace("_mbox=Drafts", "_mbox=Gone") ?? "";
  return request;
}

/** As every web server in front of Roundcube says it, and PHP's own does not: without it each page loads all anew. */
const isStatic = ({ method, url = "" }: IncomingMessage): boolean =>
  method === "GET" && /\.(?:css|gif|ico|js|png|svg|woff2?)(?:\?|$)/.test(url);

/** How long a slow answer takes: longer than a browser needs to end an extension's worker. Milliseconds. */
const SLOW_MS = 2000;

/** Stands in front of Roundcube, records what passes and makes the faults of a bad line. */
export async function startProxy(php: number, faults: Faults, listen: number): Promise<Proxy> {
  const requests: RecordedRequest[] = [];
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    requests.push({ method: request.method ?? "", url: request.url ?? "", body });
    const fault = faults.take(request.url ?? "");
    if (fault === "cut") {
      response.destroy();
      return;
    }
    if (fault === "too-large") {
      response.writeHead(413, { connection: "close" }).end();
      return;
    }
    const answer = await forward(php, changedBy(fault, request), body);
    if (fault === "slow") await new Promise((done) => setTimeout(done, SLOW_MS));
    if (fault === "lost") {
      response.destroy();
      return;
    }
    const headers = { ...answer.response.headers, ...(isStatic(request) ? { "cache-control": "max-age=3600" } : {}) };
    // Chromium repeats a request by itself when a connection that it uses again ends before the answer: none is.
    response.writeHead(answer.response.statusCode ?? 500, { ...headers, connection: "close" });
    response.end(answer.body);
  };
  const server = createServer((request, response) => {
    serve(request, response).catch(() => {
      response.destroy();
    });
  });
  await new Promise<void>((done, fail) => {
    server.once("error", fail);
    server.listen(listen, "127.0.0.1", done);
  });
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    stop: () =>
      new Promise((done) => {
        server.close(() => {
          done();
        });
        server.closeAllConnections();
      }),
  };
}
