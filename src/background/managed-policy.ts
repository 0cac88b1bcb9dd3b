import type { GivenValues } from "../settings/resolve.ts";

/** How long the browser may take to say what an administrator has set. Milliseconds. */
const PATIENCE_MS = 2000;

/**
 * What an administrator has set; `null` where the browser does not say it in time. Chromium 156 leaves
 * `storage.managed.get()` without an answer in some sessions, and nobody's mail may wait for that: the last good policy
 * holds meanwhile. Once silent, it is not waited for again until it has answered.
 *
 * @param get rejects in Firefox where nothing is set
 */
export function managedPolicy(
  get: () => Promise<GivenValues>,
  patience: number = PATIENCE_MS,
): () => Promise<GivenValues | null> {
  let asked: Promise<GivenValues> | null = null;
  let isSilent = false;
  const ask = async (): Promise<GivenValues> => {
    const given = await get().catch(() => ({}));
    asked = null;
    isSilent = false;
    return given;
  };
  return () => {
    asked ??= ask();
    if (isSilent) return Promise.resolve(null);
    const late = new Promise<null>((resolve) => {
      setTimeout(() => {
        isSilent = asked !== null;
        resolve(null);
      }, patience);
    });
    return Promise.race([asked, late]);
  };
}
