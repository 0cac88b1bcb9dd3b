import { readPageSettings, type PageSettings } from "./page-settings.ts";

/** The session of the page, or the one in which the same person has signed in since, in another tab. */
export interface Session {
  /** Goes with every request. */
  token(): string;
  /** Takes over the session that there is now; `false` where it is the same, somebody else's, or none. */
  renew(): Promise<boolean>;
}

/** Longer than a server takes for its list. Milliseconds. */
const TIMEOUT_MS = 30_000;

export function sessionOf({ token, user, address }: PageSettings, fetch: typeof globalThis.fetch): Session {
  let now = token;
  return {
    token: () => now,
    async renew() {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const html = await fetch
        .call(globalThis, address, { credentials: "same-origin", redirect: "manual", signal })
        .then((answer) => answer.text())
        .catch(() => "");
      // Only read: nothing of that page is run or loaded.
      const page = readPageSettings(new DOMParser().parseFromString(html, "text/html"));
      // What was written as one person is not sent as another.
      if (user === null || page?.user !== user || page.token === now) return false;
      now = page.token;
      return true;
    },
  };
}
