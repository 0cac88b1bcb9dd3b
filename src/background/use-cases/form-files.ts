import { concatBytes } from "../../engine/bytes/concat.ts";
import type { FileDescription, MessageDescription } from "../../engine/mime/writer.ts";
import { MAX_FILE_SIZE } from "../../messages/bytes.ts";
import type { FormFile } from "../../messages/form-content.ts";

/**
 * The files of a form, in memory for as long as its frame is connected. The frame has them too and puts them again after
 * the worker's death, so that nothing is lost with this.
 */
export interface FormFiles {
  /** Takes the next piece; the whole content with the last one. `null` while more is to come, or where it is too much. */
  put(file: FormFile, bytes: Uint8Array, isLast: boolean): Uint8Array<ArrayBuffer> | null;
  /** A whole one. */
  add(file: FormFile, content: Uint8Array<ArrayBuffer>): void;
  drop(id: string): void;
  /** Ids of those that are not here as a whole. */
  missing(files: readonly FormFile[]): readonly string[];
  content(id: string): Uint8Array<ArrayBuffer>;
}

export function formFiles(): FormFiles {
  const whole = new Map<string, Uint8Array<ArrayBuffer>>();
  const coming = new Map<string, Uint8Array[]>();
  const sizeOf = (pieces: readonly Uint8Array[]): number => pieces.reduce((sum, { length }) => sum + length, 0);
  const total = (): number => sizeOf([...whole.values(), ...[...coming.values()].flat()]);
  return {
    put({ id }, bytes, isLast) {
      if (total() + bytes.length > MAX_FILE_SIZE) return null;
      whole.delete(id);
      const pieces = [...(coming.get(id) ?? []), bytes];
      coming.set(id, pieces);
      if (!isLast) return null;
      coming.delete(id);
      const content = concatBytes(...pieces);
      whole.set(id, content);
      return content;
    },
    add({ id }, content) {
      whole.set(id, content);
    },
    drop(id) {
      whole.delete(id);
      coming.delete(id);
    },
    missing: (files) => files.filter(({ id, size }) => whole.get(id)?.length !== size).map(({ id }) => id),
    content: (id) => whole.get(id) ?? new Uint8Array(0),
  };
}

/** As parts of a message. A message stays one, since base64 is not allowed to it (RFC 2046 section 5.2.1). */
export const fileParts = (
  files: readonly FormFile[],
  held: FormFiles,
): readonly (FileDescription | MessageDescription)[] =>
  files.map(({ id, name, type }) =>
    type === "message/rfc822"
      ? { kind: "message", content: held.content(id), filename: name }
      : { kind: "file", type, content: held.content(id), disposition: "attachment", filename: name },
  );
