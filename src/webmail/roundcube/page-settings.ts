/** What Roundcube's server says to its own page (`rcmail.env`), as far as it is used. All of it is the page's word. */
export interface PageSettings {
  /** Of the session; every request repeats it. */
  readonly token: string;
  /** Whose session it is: a random name that the server keeps for each person; `null` where it does not say. */
  readonly user: string | null;
  /** Such as `preview`, `show` and `compose`; empty for the list. */
  readonly action: string;
  /** Before which a request's own parameters stand, such as `/?_task=mail`. */
  readonly address: string;
  /** The folder that the page stands in. */
  readonly folder: string;
  /** The folder for drafts; `null` where the server has none. */
  readonly drafts: string | null;
  /** What the server takes as one file, bytes. */
  readonly maxFileSize: number | null;
  /** The addresses to send from, by the value of the form's choice. */
  readonly identities: ReadonlyMap<string, string>;
  /** The message that the form answers, with angle brackets. */
  readonly answered: string | null;
  /** Names the form; empty where the page has none. */
  readonly composeId: string;
  /** What the form was begun from, so that only the server's draft says which message; `null` for a new message. */
  readonly mode: "reply" | "forward" | "draft" | "edit" | null;
}

type Json = Readonly<Record<string, unknown>>;

/** The calls that begin a page, each on a line of its own and with JSON in it. */
const SET_ENV = /^rcmail\.set_env\((\{.*\})\);$/gm;

function readEnv(document: Document): Json {
  const env: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const { textContent } of document.querySelectorAll("script:not([src])")) {
    for (const [, json = ""] of textContent.matchAll(SET_ENV)) {
      try {
        Object.assign(env, JSON.parse(json));
      } catch {
        // Not what Roundcube writes: nothing is known by it.
      }
    }
  }
  return env;
}

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

function readIdentities(value: unknown): ReadonlyMap<string, string> {
  const entries = typeof value === "object" && value !== null ? Object.entries(value as Json) : [];
  return new Map(
    entries.flatMap(([id, identity]) => {
      const address = text((identity as { email?: unknown } | null)?.email);
      return address === null ? [] : [[id, address] as const];
    }),
  );
}

/** "Edit as new" stands for whatever else a form may be begun from. */
function readMode(value: unknown): PageSettings["mode"] {
  if (text(value) === null) return null;
  return value === "reply" || value === "forward" || value === "draft" ? value : "edit";
}

/** `null` where the page is none of Roundcube's mail. */
export function readPageSettings(document: Document): PageSettings | null {
  const env = readEnv(document);
  const [token, address] = [text(env["request_token"]), text(env["comm_path"])];
  if (token === null || address === null || env["task"] !== "mail") return null;
  const size = env["max_filesize"];
  return {
    token,
    user: text(env["user_id"]),
    address,
    action: text(env["action"]) ?? "",
    folder: text(env["mailbox"]) ?? "INBOX",
    drafts: text(env["drafts_mailbox"]),
    maxFileSize: typeof size === "number" ? size : null,
    identities: readIdentities(env["identities"]),
    answered: text(env["reply_msgid"]),
    composeId: text(env["compose_id"]) ?? "",
    mode: readMode(env["compose_mode"]),
  };
}
