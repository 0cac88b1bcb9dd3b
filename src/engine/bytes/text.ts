const utf8Encoder = new TextEncoder();
const utf8Decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function utf8Bytes(text: string): Uint8Array<ArrayBuffer> {
  return utf8Encoder.encode(text);
}

/** Strict UTF-8; `null` where the bytes are none. */
export function utf8Text(bytes: Uint8Array): string | null {
  try {
    return utf8Decoder.decode(bytes);
  } catch {
    return null;
  }
}

/** One character a byte (ISO 8859-1), as header fields are read before anything of them is decoded. */
export function latin1Text(bytes: Uint8Array): string {
  // String.fromCharCode takes its arguments from the stack, so long inputs go in pieces.
  let text = "";
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return text;
}

/** One byte a character; characters above U+00FF must not occur. */
export function latin1Bytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
}
