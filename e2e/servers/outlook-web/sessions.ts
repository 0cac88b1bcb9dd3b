import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { cookies, header } from "./http.ts";
import type { User } from "./post-office.ts";

/** Of every user; it protects nothing. */
export const PASSWORD = "practice";
export const CANARY = "X-OWA-CANARY";
const SESSION = "signet-session";

export interface Session {
  readonly user: User;
  readonly canary: string;
}

export interface Sessions {
  /** `Set-Cookie` values, or null where name or password is wrong. */
  readonly signIn: (name: string, password: string) => readonly string[] | null;
  readonly signOut: (request: IncomingMessage) => readonly string[];
  readonly of: (request: IncomingMessage) => Session | null;
  /** 401 without a session or with a wrong canary, 440 where the session has ended. */
  readonly forService: (request: IncomingMessage, canary?: string) => Session | 401 | 440;
  readonly endAll: () => void;
}

const gone = [`${SESSION}=; Path=/; Max-Age=0`, `${CANARY}=; Path=/; Max-Age=0`];

export function createSessions(users: readonly User[]): Sessions {
  const sessions = new Map<string, Session>();
  const of = (request: IncomingMessage): Session | null => sessions.get(cookies(request).get(SESSION) ?? "") ?? null;
  return {
    signIn: (name, password) => {
      const user = users.find(
        ({ email }) => email === name.toLowerCase() || email.split("@")[0] === name.toLowerCase(),
      );
      if (user === undefined || password !== PASSWORD) return null;
      const [id, canary] = [randomBytes(24).toString("base64url"), randomBytes(32).toString("base64url")];
      sessions.set(id, { user, canary });
      // Scripts read the canary and send it back in a header; the session they cannot read.
      return [`${SESSION}=${id}; Path=/; HttpOnly; SameSite=Lax`, `${CANARY}=${canary}; Path=/; SameSite=Lax`];
    },
    signOut: (request) => {
      sessions.delete(cookies(request).get(SESSION) ?? "");
      return gone;
    },
    of,
    forService: (request, canary = header(request, CANARY.toLowerCase())) => {
      if (!cookies(request).has(SESSION)) return 401;
      const session = of(request);
      if (session === null) return 440;
      return canary === session.canary ? session : 401;
    },
    endAll: () => {
      sessions.clear();
    },
  };
}
