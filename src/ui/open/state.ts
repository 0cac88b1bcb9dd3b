import { signal } from "@preact/signals";
import type { CertificateSummary, Failure, IdentitySummary, MessageView } from "../../messages/answers.ts";
import { ask, openFile } from "../background-client.ts";
import type { FilePair } from "./file-pairs.ts";

/** What became of a file. Contents are the decoded parts by their path; they are whole once the state is `opened`. */
export type MessageState =
  | { readonly kind: "working" }
  | { readonly kind: "opened"; readonly view: MessageView; readonly contents: ReadonlyMap<string, Uint8Array> }
  | { readonly kind: "failed"; readonly failure: Failure };

export interface OpenedFile {
  readonly id: number;
  readonly files: FilePair<File>;
  readonly state: MessageState;
}

/** The state of the page, in one place. Everything else is drawn from it. */
export const openedFiles = signal<readonly OpenedFile[]>([]);
export const identities = signal<readonly IdentitySummary[]>([]);
export const anchors = signal<readonly CertificateSummary[]>([]);

let lastId = 0;
/** The newest opening of each file; answers to older ones are late and dropped. */
const current = new Map<number, symbol>();

function setState(id: number, state: MessageState): void {
  openedFiles.value = openedFiles.value.map((file) => (file.id === id ? { ...file, state } : file));
}

function join(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((size, { length }) => size + length, 0));
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}

function begin({ id, files }: OpenedFile): void {
  const turn = Symbol();
  current.set(id, turn);
  const pieces = new Map<string, Uint8Array[]>();
  let view: MessageView | null = null;
  const { message, detached } = files;
  if (message.size === 0) {
    setState(id, { kind: "failed", failure: { code: "malformed.mime", context: { size: 0 } } });
    return;
  }
  openFile(detached ? { message, detachedContent: detached } : { message }, (event) => {
    if (current.get(id) !== turn) return;
    if (event.kind === "opened") {
      ({ view } = event);
    } else if (event.kind === "piece") {
      const list = pieces.get(event.path) ?? [];
      list.push(event.bytes);
      pieces.set(event.path, list);
    } else if (event.kind === "done" && view !== null) {
      setState(id, { kind: "opened", view, contents: new Map([...pieces].map(([path, list]) => [path, join(list)])) });
    } else if (event.kind === "failed") {
      setState(id, { kind: "failed", failure: event.error });
    }
  });
}

/** Opens files in their order; the newest stand first on the page. */
export function openFiles(pairs: readonly FilePair<File>[]): void {
  const added = pairs.map((files): OpenedFile => ({ id: ++lastId, files, state: { kind: "working" } }));
  openedFiles.value = [...added, ...openedFiles.value];
  added.forEach(begin);
}

/** Opens again what is on the page: an identity or an issuer that came meanwhile may change every verdict. */
export function openAgain(ids: readonly number[] = openedFiles.value.map(({ id }) => id)): void {
  openedFiles.value.filter(({ id }) => ids.includes(id)).forEach(begin);
}

export function closeFile(id: number): void {
  current.delete(id);
  openedFiles.value = openedFiles.value.filter((file) => file.id !== id);
}

/** What the session knows already, from another tab or from before the page was loaded again. */
export async function loadSession(): Promise<void> {
  const [own, trusted] = await Promise.all([ask({ name: "listIdentities" }), ask({ name: "listAnchors" })]);
  if (own.ok) identities.value = own.value;
  if (trusted.ok) anchors.value = trusted.value;
}
