/** Where the page is, as its address says: /mail/[MAILBOX/]FOLDER[/id/ITEM] and /mail/[MAILBOX/]compose[/ITEM]. */
export interface Place {
  /** The address of a shared mailbox; null is the user's own. */
  readonly shared: string | null;
  readonly folder: string;
  readonly itemId: string | null;
  readonly isComposing: boolean;
}

export const FOLDERS: readonly (readonly [name: string, label: string])[] = [
  ["inbox", "Inbox"],
  ["drafts", "Drafts"],
  ["sentitems", "Sent Items"],
  ["deleteditems", "Deleted Items"],
];

export function readPlace(path: string): Place {
  const words = path.split("/").slice(2).map(decodeURIComponent);
  const shared = words[0]?.includes("@") === true ? (words.shift() ?? null) : null;
  const [folder = "", second, third] = words;
  if (folder === "compose") return { shared, folder: "inbox", itemId: second ?? null, isComposing: true };
  const known = FOLDERS.some(([name]) => name === folder) ? folder : "inbox";
  return { shared, folder: known, itemId: second === "id" ? (third ?? null) : null, isComposing: false };
}

export function writePlace({ shared, folder, itemId, isComposing }: Place): string {
  const words = [
    ...(shared === null ? [] : [shared]),
    ...(isComposing ? ["compose"] : [folder]),
    ...(itemId === null ? [] : isComposing ? [itemId] : ["id", itemId]),
  ];
  return `/mail/${words.map(encodeURIComponent).join("/")}`;
}
