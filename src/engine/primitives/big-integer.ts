import { fromHex, toHex } from "../bytes/hex.ts";

/** OS2IP (RFC 8017 section 4.2): octets, most significant first, as a non-negative integer. */
export function bytesToInteger(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${toHex(bytes)}`);
}

/** I2OSP (RFC 8017 section 4.1). The caller knows that the integer fits into `length` octets. */
export function integerToBytes(integer: bigint, length: number): Uint8Array<ArrayBuffer> {
  const digits = integer.toString(16).padStart(2 * length, "0");
  return fromHex(digits) ?? new Uint8Array(length);
}

/** Number of bits without leading zeros. */
export function bitLength(integer: bigint): number {
  return integer === 0n ? 0 : integer.toString(2).length;
}

/** base^exponent mod modulus, by squaring, for exponents that everybody knows: its steps are those of their bits. */
export function modPow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  const reduced = base % modulus;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus;
    if (bit === "1") result = (result * reduced) % modulus;
  }
  return result;
}

/**
 * The same for exponents that nobody else knows, by windows of four bits: for each, whatever they are, four squarings and
 * one multiplication with a power from a table. The arithmetic still takes a time that depends on its numbers: see
 * `rsa-private.ts`.
 */
export function modPowInWindows(base: bigint, exponent: bigint, modulus: bigint): bigint {
  const powers = [1n];
  for (let i = 1; i < 16; i++) powers.push((powers[i - 1]! * base) % modulus);
  let result = 1n;
  for (const digit of exponent.toString(16)) {
    for (let i = 0; i < 4; i++) result = (result * result) % modulus;
    result = (result * powers[parseInt(digit, 16)]!) % modulus;
  }
  return result;
}

/** The inverse of `value` modulo `modulus` by Euclid's algorithm; `null` where they have a common factor. */
export function modInverse(value: bigint, modulus: bigint): bigint | null {
  let [remainder, next] = [modulus, ((value % modulus) + modulus) % modulus];
  let [coefficient, nextCoefficient] = [0n, 1n];
  while (next !== 0n) {
    const quotient = remainder / next;
    [remainder, next] = [next, remainder - quotient * next];
    [coefficient, nextCoefficient] = [nextCoefficient, coefficient - quotient * nextCoefficient];
  }
  if (remainder !== 1n) return null;
  return coefficient < 0n ? coefficient + modulus : coefficient;
}
