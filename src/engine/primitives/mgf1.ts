import { digestSync } from "./hash-function.ts";
import { DIGEST_SIZE, type DigestName } from "./digest.ts";
import { concatBytes } from "../bytes/concat.ts";

/** MGF1 (RFC 8017 appendix B.2.1). */
export function mgf1(digest: DigestName, seed: Uint8Array, length: number): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let counter = 0; counter * DIGEST_SIZE[digest] < length; counter++) {
    const octets = Uint8Array.of(counter >>> 24, counter >>> 16, counter >>> 8, counter);
    blocks.push(digestSync(digest, concatBytes(seed, octets)));
  }
  return concatBytes(...blocks).subarray(0, length);
}
