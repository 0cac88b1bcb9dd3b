import type { FrameEvent } from "../../messages/frame-requests.ts";
import type { FormFile } from "../../messages/form-content.ts";
import { pieces } from "./pieces.ts";

/** A file on its way to the frame: plaintext goes in pieces, and never as a Blob, which a browser may write to the disk. */
export function* fileEvents(file: FormFile, content: Uint8Array): Generator<FrameEvent> {
  yield { kind: "file", event: { step: "begin", file } };
  for (const bytes of pieces(content)) yield { kind: "file", event: { step: "piece", file: file.id, bytes } };
  yield { kind: "file", event: { step: "end", file: file.id } };
}
