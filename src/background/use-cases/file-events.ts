import type { FrameEvent } from "../../messages/frame-requests.ts";
import type { FormFile } from "../../messages/secure-form.ts";

/** Large enough that messages are few, small enough that a copy is nothing. Bytes. */
const PIECE_SIZE = 1024 * 1024;

/** A file on its way to the frame: plaintext goes in pieces, and never as a Blob, which a browser may write to the disk. */
export function* fileEvents(file: FormFile, content: Uint8Array): Generator<FrameEvent> {
  yield { kind: "file", event: { step: "begin", file } };
  for (let start = 0; start < content.length; start += PIECE_SIZE) {
    const bytes = content.slice(start, start + PIECE_SIZE);
    yield { kind: "file", event: { step: "piece", file: file.id, bytes } };
  }
  yield { kind: "file", event: { step: "end", file: file.id } };
}
