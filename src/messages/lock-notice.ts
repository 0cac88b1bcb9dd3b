/** What the background tells all pages and frames of ours when a person has locked the keys. It says nothing else. */
export const LOCK_NOTICE = Object.freeze({ kind: "locked" });

/** What a browser says of who sent it. */
interface Sender {
  readonly id?: string | undefined;
  /** Of pages and content scripts, which have a tab; the background has none. */
  readonly tab?: unknown;
}

/** Whether it is that notice, and by the background: a content script has no say in what our frames show. */
export function isLockNotice(message: unknown, sender: Sender, extensionId: string): boolean {
  if (sender.id !== extensionId || sender.tab !== undefined) return false;
  return typeof message === "object" && message !== null && "kind" in message && message.kind === LOCK_NOTICE.kind;
}
