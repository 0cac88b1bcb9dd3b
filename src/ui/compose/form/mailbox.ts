import { signal } from "@preact/signals";
import type { FolderMessage } from "../../../messages/secure-form.ts";
import { ask } from "../compose-state.ts";

export type Folder = "inbox" | "sentitems" | "drafts";

/** What stands in a folder of the webmail; `items` `null`: it could not be had, `"asked"`: on its way. */
export interface FolderView {
  readonly folder: Folder;
  readonly items: readonly FolderMessage[] | "asked" | null;
}
export const folderView = signal<FolderView | null>(null);

export function lookInto(folder: Folder): void {
  folderView.value = { folder, items: "asked" };
  ask({ name: "listMessages", folder });
}

export function heardMessages(folder: string, items: readonly FolderMessage[] | null): void {
  const now = folderView.value;
  if (now?.folder === folder) folderView.value = { ...now, items };
}
