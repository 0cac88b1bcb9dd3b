import { joinBytes } from "../bytes/concat.ts";
import { SmimeError } from "../errors.ts";

/** Octets that are put in at once: what one piece becomes is made before it can be counted, 1032 times as much at most. */
const PIECE = 16_384;

/**
 * Decompresses ZLIB (RFC 1950) by the platform's own DecompressionStream, which a worker, a page and Node have, and
 * which gives its output in pieces: it is stopped at the first that goes beyond `maxSize`.
 *
 * @throws {SmimeError} `limit.exceeded`, `malformed.cms` for what is broken or cut off
 */
export async function inflate(compressed: Uint8Array, maxSize: number): Promise<Uint8Array> {
  const { readable, writable } = new DecompressionStream("deflate");
  const writer = writable.getWriter();
  const reader = readable.getReader();
  const feeding = feed(writer, compressed);
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { value } = await reader.read();
      if (value === undefined) break;
      size += value.length;
      if (size > maxSize) throw new SmimeError("limit.exceeded", { limit: "decompressed-size", value: maxSize });
      pieces.push(value);
    }
  } catch (error) {
    await reader.cancel().catch(ignore);
    throw error instanceof SmimeError ? error : new SmimeError("malformed.cms", { reason: "compression" });
  } finally {
    await feeding;
  }
  return joinBytes(pieces);
}

/** Ends where the reader gave up: the reader says why. */
async function feed(writer: WritableStreamWriter, octets: Uint8Array): Promise<void> {
  writer.closed.catch(ignore);
  try {
    for (let offset = 0; offset < octets.length; offset += PIECE) {
      await writer.ready;
      await writer.write(octets.subarray(offset, offset + PIECE));
    }
    await writer.close();
  } catch {
    await writer.abort().catch(ignore);
  }
}

function ignore(): void {
  // A stream that is given up fails in all its parts.
}
