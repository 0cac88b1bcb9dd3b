/** Large enough that messages are few, small enough that a copy is nothing: measured best between 1 and 4 MiB. Bytes. */
const PIECE_SIZE = 1024 * 1024;

/** Content in pieces of their own, as it passes between contexts. Nothing of an empty one. */
export function* pieces(content: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < content.length; start += PIECE_SIZE) yield content.slice(start, start + PIECE_SIZE);
}
