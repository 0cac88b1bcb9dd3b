import { concatBytes } from "../bytes/concat.ts";
import { digest, DIGEST_SIZE, type DigestName } from "./digest.ts";

/**
 * ANSI X9.63 key derivation (SEC 1 section 3.6.1) as RFC 5753 section 7.1.4 uses it.
 *
 * @param sharedSecret the x coordinate, as long as the field
 * @param length octets wanted
 * @param sharedInfo DER of ECC-CMS-SharedInfo (RFC 5753 section 7.2)
 */
export async function x963Kdf(
  name: DigestName,
  sharedSecret: Uint8Array,
  length: number,
  sharedInfo: Uint8Array,
): Promise<Uint8Array> {
  const blocks: Uint8Array[] = [];
  for (let counter = 1; blocks.length * DIGEST_SIZE[name] < length; counter++) {
    const encoded = Uint8Array.of(counter >>> 24, counter >>> 16, counter >>> 8, counter);
    blocks.push(await digest(name, concatBytes(sharedSecret, encoded, sharedInfo)));
  }
  return concatBytes(...blocks).subarray(0, length);
}
