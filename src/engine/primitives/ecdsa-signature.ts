import { readWhole } from "../asn1/reader.ts";
import { encode, sequence, unsignedInteger } from "../asn1/writer.ts";
import { concatBytes } from "../bytes/concat.ts";
import { SmimeError } from "../errors.ts";

/**
 * `ECDSA-Sig-Value ::= SEQUENCE { r INTEGER, s INTEGER }` (RFC 5753 section 7.2) in strict DER, as WebCrypto's
 * r and s of `size` octets each. `null` where it is anything else.
 */
export function ecdsaToRaw(der: Uint8Array, size: number): Uint8Array | null {
  try {
    const fields = readWhole(der);
    const r = padded(fields.integer(), size);
    const s = padded(fields.integer(), size);
    fields.end();
    return r && s && concatBytes(r, s);
  } catch (error) {
    if (error instanceof SmimeError) return null;
    throw error;
  }
}

function padded(integer: Uint8Array, size: number): Uint8Array | null {
  if (integer[0]! >= 0x80) return null;
  const magnitude = integer[0] === 0 ? integer.subarray(1) : integer;
  if (magnitude.length > size) return null;
  const octets = new Uint8Array(size);
  octets.set(magnitude, size - magnitude.length);
  return octets;
}

/** WebCrypto's r and s, side by side, as ECDSA-Sig-Value. */
export function ecdsaToDer(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2;
  return encode(sequence(unsignedInteger(raw.subarray(0, half)), unsignedInteger(raw.subarray(half))));
}
