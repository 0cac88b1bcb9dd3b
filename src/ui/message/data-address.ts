/** A picture as its own address: nothing is loaded to show it (RFC 2397). */
export function dataAddress(type: string, bytes: Uint8Array): string {
  let text = "";
  for (let start = 0; start < bytes.length; start += 32_768) {
    text += String.fromCharCode(...bytes.subarray(start, start + 32_768));
  }
  return `data:${type};base64,${btoa(text)}`;
}
