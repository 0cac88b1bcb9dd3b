import { describe, expect, it } from "vitest";
import { chunksOf, contiguous, equalsPieces, piecesLength, standsAt } from "./pieces.ts";

const PIECES = [Uint8Array.of(1, 2), Uint8Array.of(), Uint8Array.of(3), Uint8Array.of(4, 5, 6, 7)];
const WHOLE = Uint8Array.of(1, 2, 3, 4, 5, 6, 7);

describe("pieces", () => {
  it("are cut into chunks of one size, the last one excepted", () => {
    for (let size = 1; size <= 8; size++) {
      const chunks = [...chunksOf(PIECES, size)];
      expect(contiguous(chunks)).toEqual(WHOLE);
      expect(chunks.slice(0, -1).every(({ length }) => length === size)).toBe(true);
      expect(chunks.at(-1)?.length).toBe(WHOLE.length % size || size);
    }
  });

  it("are one empty chunk where there is no octet", () => {
    expect([...chunksOf([], 4)]).toEqual([new Uint8Array(0)]);
  });

  it("are not copied where the octets lie in one", () => {
    expect(contiguous([WHOLE]).buffer).toBe(WHOLE.buffer);
    const [chunk] = chunksOf([WHOLE], 3);
    expect(chunk?.buffer).toBe(WHOLE.buffer);
  });

  it("are compared from any offset", () => {
    expect(piecesLength(PIECES)).toBe(7);
    for (let start = 0; start <= 7; start++) {
      for (let end = start; end <= 7; end++) {
        const part = WHOLE.slice(start, end);
        expect(standsAt(part, PIECES, start)).toBe(true);
        if (part.length === 0) continue;
        part[part.length - 1]! ^= 1;
        expect(standsAt(part, PIECES, start)).toBe(false);
      }
    }
    expect(standsAt(Uint8Array.of(7, 8), PIECES, 6)).toBe(false);
    expect(equalsPieces(WHOLE, PIECES)).toBe(true);
    expect(equalsPieces(WHOLE.subarray(1), PIECES)).toBe(false);
    expect(equalsPieces(WHOLE.subarray(0, 6), PIECES)).toBe(false);
  });
});
