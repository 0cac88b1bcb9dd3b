import { signal } from "@preact/signals";
import type { AnchorView, OwnIdentityView } from "../../messages/page-answers.ts";
import { ask, openFile } from "../background-client.ts";
import type { Failure } from "../../messages/answers.ts";
import { receiveMessage, type MessageState } from "../message/received-message.ts";
import type { FilePair } from "./file-pairs.ts";

export interface OpenedFile {
  readonly id: number;
  readonly files: FilePair<File>;
  readonly state: MessageState;
}

/** The state of the page, in one place. Everything else is drawn from it. */
export const openedFiles = signal<readonly OpenedFile[]>([]);
export const identities = signal<readonly OwnIdentityView[]>([]);
/** The issuers that a person or the organisation has added. */
export const anchors = signal<readonly AnchorView[]>([]);

/** The person's setting: messages show their words at first. */
export const isTextOnly = signal(false);

let lastId = 0;
/** The newest opening of each file; answers to older ones are late and dropped. */
const current = new Map<number, symbol>();

function setState(id: number, state: MessageState): void {
  openedFiles.value = openedFiles.value.map((file) => (file.id === id ? { ...file, state } : file));
}

const filesOf = ({ message, detached }: FilePair<File>): Parameters<typeof openFile>[0] =>
  detached ? { message, detachedContent: detached } : { message };

function begin({ id, files }: OpenedFile): void {
  const turn = Symbol();
  current.set(id, turn);
  if (files.message.size === 0) {
    setState(id, { kind: "failed", failure: { code: "malformed.mime", context: { size: 0 } } });
    return;
  }
  const receive = receiveMessage((state) => {
    setState(id, state);
  });
  openFile(filesOf(files), (event) => {
    if (current.get(id) === turn) receive(event);
  });
}

/**
 * Opens a file with a password, once: it is not kept for the next time.
 *
 * @returns why the password does not open it; `null` where what came of it is shown
 */
export function openWithPassword(id: number, password: string): Promise<Failure | null> {
  const file = openedFiles.value.find((one) => one.id === id);
  if (file === undefined) return Promise.resolve(null);
  const turn = Symbol();
  current.set(id, turn);
  return new Promise((done) => {
    const receive = receiveMessage((state) => {
      const isRefused = state.kind === "failed" && state.failure.code.startsWith("password.");
      if (!isRefused) setState(id, state);
      done(isRefused ? state.failure : null);
    });
    openFile({ ...filesOf(file.files), password }, (event) => {
      if (current.get(id) === turn) receive(event);
      else done(null);
    });
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

export const showAnchors = (list: readonly AnchorView[]): void => {
  anchors.value = list.filter(({ origin }) => origin !== "built-in");
};

/** What the session knows already, from another tab or from before the page was loaded again. */
export async function loadSession(): Promise<void> {
  // A policy may be long in coming: what a person does meanwhile must not be undone by an older answer.
  void ask({ name: "getSettings" }).then((chosen) => {
    if (chosen.ok) isTextOnly.value = chosen.value.settings.ShowTextOnly.value;
  });
  const [own, trusted] = await Promise.all([ask({ name: "listIdentities" }), ask({ name: "listAnchors" })]);
  if (own.ok) identities.value = own.value;
  if (trusted.ok) showAnchors(trusted.value);
}
