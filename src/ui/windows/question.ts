/** What the confirm window is opened for, from its fragment. The page reads the matter itself: nobody hands it one. */
export interface Question {
  readonly kind: "replacement";
  readonly address: string;
}

/** `#/replacement/<address>`; `null` where it is none. */
export function parseQuestion(hash: string): Question | null {
  const [, kind, address] = /^#\/(\w+)\/([^/]+)$/.exec(hash) ?? [];
  if (kind !== "replacement" || address === undefined) return null;
  try {
    return { kind, address: decodeURIComponent(address) };
  } catch {
    return null;
  }
}
