import type { Json, JsonObject } from "./json.ts";
import { PASSWORD } from "./sessions.ts";

/** A client for tests: what an extension's script in the page sends, without a page. */
export interface Client {
  readonly headers: Readonly<Record<string, string>>;
  readonly post: (action: string, body: string | null, headers?: Readonly<Record<string, string>>) => Promise<Response>;
  /** The first response message. */
  readonly call: (action: string, body: JsonObject, headers?: Readonly<Record<string, string>>) => Promise<JsonObject>;
}

export const request = (action: string, body: JsonObject): JsonObject => ({
  __type: `${action}JsonRequest:#Exchange`,
  Header: { __type: "JsonRequestHeaders:#Exchange", RequestServerVersion: "Exchange2013" },
  Body: { __type: `${action}Request:#Exchange`, ...body },
});

export const itemIds = (...ids: string[]): Json => ids.map((Id) => ({ __type: "ItemId:#Exchange", Id }));

export const mimeShape: JsonObject = {
  __type: "ItemResponseShape:#Exchange",
  BaseShape: "IdOnly",
  IncludeMimeContent: true,
  AdditionalProperties: ["item:Size", "item:ItemClass"].map((FieldURI) => ({
    __type: "PropertyUri:#Exchange",
    FieldURI,
  })),
};

export const mimeMessage = (mime: string | Buffer, more: JsonObject = {}): JsonObject => ({
  __type: "Message:#Exchange",
  MimeContent: { CharacterSet: "UTF-8", Value: Buffer.from(mime).toString("base64") },
  ...more,
});

export async function signIn(url: string, username: string): Promise<Client> {
  const answer = await fetch(`${url}/owa/auth.owa`, {
    method: "POST",
    body: new URLSearchParams({ username, password: PASSWORD }),
    redirect: "manual",
  });
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");
  const canary = cookies.find((cookie) => cookie.startsWith("X-OWA-CANARY="))?.slice("X-OWA-CANARY=".length) ?? "";
  const headers = {
    Cookie: cookies.join("; "),
    "X-OWA-CANARY": canary,
    "Content-Type": "application/json; charset=utf-8",
  };
  const post: Client["post"] = (action, body, more = {}) =>
    fetch(`${url}/owa/service.svc?action=${action}&app=Mail`, {
      method: "POST",
      headers: { ...headers, Action: action, ...more },
      body,
    });
  return {
    headers,
    post,
    call: async (action, body, more) => {
      const response = await post(action, JSON.stringify(request(action, body)), more);
      const json = (await response.json()) as { Body: { ResponseMessages?: { Items: JsonObject[] } } };
      const [first] = json.Body.ResponseMessages?.Items ?? [];
      if (first === undefined) throw new Error(`${action}: ${response.status} ${JSON.stringify(json)}`);
      return first;
    },
  };
}
