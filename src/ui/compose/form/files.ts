import { computed, signal } from "@preact/signals";
import { MAX_FILE_SIZE } from "../../../messages/bytes.ts";
import type { FormFile } from "../../../messages/form-content.ts";
import type { FileEvent } from "../../../messages/secure-form.ts";
import { ask } from "../compose-state.ts";
import { randomName } from "./random-name.ts";

/** So much of a file goes in one message: little enough for a progress that is seen. Bytes. */
const PIECE_SIZE = 1024 * 1024;

/** `elsewhere`: it comes from the mailbox or a draft. `unreadable`: moved or changed since it was attached (H42). */
export type FileStatus = "elsewhere" | "moving" | "kept" | "unreadable";

export interface AttachedFile {
  readonly file: FormFile;
  readonly status: FileStatus;
  /** Bytes that the background has. */
  readonly done: number;
  /** It lies with the draft on this computer; otherwise it is lost with this form. */
  readonly isKept: boolean;
}

export const files = signal<readonly AttachedFile[]>([]);
/** Files that were too large to be attached, for the words about them. */
export const refused = signal<readonly string[]>([]);

/** Where the octets are: what was attached here, or has come from the background. */
const contents = new Map<string, Blob | Uint8Array>();
const arriving = new Map<string, Uint8Array[]>();
/** Files move one after another, so that the first is there soonest. */
let queue: Promise<void> = Promise.resolve();
let draft = "";

export const formFiles = (): FormFile[] => files.value.map(({ file }) => file);
export const areThere = computed(() => files.value.every(({ status }) => status === "kept"));
export const totalSize = computed(() => files.value.reduce((sum, { file }) => sum + file.size, 0));

const isIn = (id: string): boolean => files.value.some(({ file }) => file.id === id);

function change(id: string, news: Partial<AttachedFile>): void {
  files.value = files.value.map((one) => (one.file.id === id ? { ...one, ...news } : one));
}

async function readPiece(content: Blob | Uint8Array, start: number): Promise<Uint8Array> {
  const end = start + PIECE_SIZE;
  return content instanceof Blob
    ? new Uint8Array(await content.slice(start, end).arrayBuffer())
    : content.slice(start, end);
}

async function move(file: FormFile, target: string): Promise<void> {
  const content = contents.get(file.id);
  if (content === undefined) return;
  let start = 0;
  try {
    do {
      if (!isIn(file.id)) return;
      const bytes = await readPiece(content, start);
      start += bytes.length;
      // Shorter than it was: what would be sent is not what was attached.
      if (bytes.length === 0 && start < file.size) throw new Error("changed");
      ask({ name: "putFile", draft: target, file, bytes, isLast: start >= file.size });
      change(file.id, { done: start });
    } while (start < file.size);
  } catch {
    change(file.id, { status: "unreadable" });
  }
}

function enqueue(file: FormFile): void {
  change(file.id, { status: "moving", done: 0 });
  const target = draft;
  queue = queue.then(() => move(file, target));
}

const mediaType = (type: string): string =>
  /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(type) && type.length <= 200 ? type : "application/octet-stream";

/** @param id of the form's draft, under which the background keeps the files */
export function setDraft(id: string): void {
  draft = id;
}

export function attach(added: readonly File[]): void {
  const fitting = added.filter(({ size }) => size <= MAX_FILE_SIZE);
  refused.value = added.filter(({ size }) => size > MAX_FILE_SIZE).map(({ name }) => name);
  for (const content of fitting) {
    const { name, type, size } = content;
    const file: FormFile = { id: randomName(), name: name.slice(0, 2000), type: mediaType(type), size };
    contents.set(file.id, content);
    files.value = [...files.value, { file, status: "moving", done: 0, isKept: true }];
    enqueue(file);
  }
}

export function removeFile(id: string): void {
  const isKnown = isIn(id);
  files.value = files.value.filter(({ file }) => file.id !== id);
  contents.delete(id);
  arriving.delete(id);
  if (isKnown) ask({ name: "dropFile", draft, file: id });
}

/** The background has all of it. */
export function heardFilePut(id: string, isKept: boolean): void {
  change(id, { status: "kept", isKept });
}

/** The background has lost them: they go there once more. */
export function putAgain(ids: readonly string[]): void {
  for (const { file } of files.value) if (ids.includes(file.id)) enqueue(file);
}

/** The worker has died: what was on its way to it starts anew. */
export function moveAgain(): void {
  for (const { file, status } of files.value) if (status === "moving") enqueue(file);
}

/** A file that comes from the background: of the page's form, of the mailbox, or of a draft. */
export function heardFile(event: FileEvent, isKnownThere: boolean): void {
  switch (event.step) {
    case "begin":
      arriving.set(event.file.id, []);
      files.value = [
        ...files.value.filter(({ file }) => file.id !== event.file.id),
        { file: event.file, status: "elsewhere", done: 0, isKept: true },
      ];
      return;
    case "piece":
      arriving.get(event.file)?.push(event.bytes);
      return;
    case "end": {
      const pieces = arriving.get(event.file);
      arriving.delete(event.file);
      const attached = files.value.find(({ file }) => file.id === event.file);
      if (pieces === undefined || attached === undefined) return;
      const whole = new Uint8Array(pieces.reduce((size, { length }) => size + length, 0));
      pieces.reduce((offset, bytes) => (whole.set(bytes, offset), offset + bytes.length), 0);
      contents.set(event.file, whole);
      if (isKnownThere) change(event.file, { status: "kept", done: whole.length });
      else enqueue(attached.file);
      return;
    }
    case "failed":
      for (const id of arriving.keys()) change(id, { status: "unreadable" });
      arriving.clear();
  }
}

export function clearFiles(): void {
  files.value = [];
  refused.value = [];
  contents.clear();
  arriving.clear();
}
