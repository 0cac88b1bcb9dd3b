/** What the confirm window is opened for, from its fragment. The page reads the matter itself: nobody hands it one. */
export type Question =
  | { readonly kind: "replacement"; readonly address: string }
  /** `question`: under which the background keeps what a frame wants to be asked. */
  | { readonly kind: "encryptOff" | "person" | "password"; readonly question: string };

const ASKED_BY_VIEW = ["encryptOff", "person", "password"] as const;

/** `#/replacement/<address>`, or `#/<kind>/<question>` of what a frame asks; `null` where it is none. */
export function parseQuestion(hash: string): Question | null {
  const [, kind, matter] = /^#\/(\w+)\/([^/]+)$/.exec(hash) ?? [];
  if (matter === undefined) return null;
  const asked = ASKED_BY_VIEW.find((name) => name === kind);
  if (asked !== undefined) return /^[0-9a-f]{32}$/.test(matter) ? { kind: asked, question: matter } : null;
  if (kind !== "replacement") return null;
  try {
    return { kind, address: decodeURIComponent(matter) };
  } catch {
    return null;
  }
}
