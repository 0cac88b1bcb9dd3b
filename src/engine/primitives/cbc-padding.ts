/**
 * Number of octets of PKCS#7 padding at the end of decrypted blocks (RFC 5652 section 6.3); 0 where it is broken.
 * All octets that could be padding are looked at whatever they say.
 */
export function paddingLength(plaintext: Uint8Array, blockSize: number): number {
  if (plaintext.length === 0 || plaintext.length % blockSize !== 0) return 0;
  const count = plaintext[plaintext.length - 1]!;
  let broken = Number(count === 0) | Number(count > blockSize);
  for (let i = 1; i <= blockSize; i++) {
    const inPadding = (i - 1 - count) >> 31;
    broken |= inPadding & (plaintext[plaintext.length - i]! ^ count);
  }
  return broken === 0 ? count : 0;
}
