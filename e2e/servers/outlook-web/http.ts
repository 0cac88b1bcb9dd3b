import type { IncomingMessage, ServerResponse } from "node:http";

/** More than any message here: 35 MB of MIME as base64 in JSON. */
const MAX_REQUEST_BYTES = 64 * 1024 * 1024;

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > MAX_REQUEST_BYTES) throw new RangeError("the request is too large");
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

export function cookies(request: IncomingMessage): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const pair of (request.headers.cookie ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (at > 0) found.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim());
  }
  return found;
}

export const header = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
};

/** Nothing inline, nothing from elsewhere, no frames: as strict as a mail page may be. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types outlook",
].join("; ");

export interface Reply {
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
}

export function send(
  response: ServerResponse,
  { status = 200, type = "text/plain", headers = {}, body = "" }: Reply,
): void {
  response.writeHead(status, {
    "Content-Type": /^text\/|json$/.test(type) ? `${type}; charset=utf-8` : type,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    ...headers,
  });
  response.end(body);
}

export const redirect = (response: ServerResponse, location: string, headers: Reply["headers"] = {}): void => {
  send(response, { status: 302, headers: { ...headers, Location: location } });
};
