import { irregularOctets } from "./irregular-octets.ts";

const LF = 0x0a;
const CR = 0x0d;

/** How many octets the canonical form has more: one for each CR or LF that stands alone. */
function lonely(bytes: Uint8Array): number {
  const nextIrregular = irregularOctets(bytes);
  let count = 0;
  for (let i = nextIrregular(0); i < bytes.length; i = nextIrregular(i + 1)) {
    if (bytes[i] === CR && bytes[i + 1] === LF) i++;
    else if (bytes[i] === CR || bytes[i] === LF) count++;
  }
  return count;
}

/**
 * Text with canonical line ends (RFC 8551 section 3.1.1): each CR or LF that stands alone becomes CRLF. Where there is
 * none it is the same view. For content of binary transfer encoding only when the caller knows it to be text.
 */
export function canonicalLineEnds(bytes: Uint8Array): Uint8Array {
  const added = lonely(bytes);
  if (added === 0) return bytes;
  const canonical = new Uint8Array(bytes.length + added);
  let out = 0;
  for (let i = 0; i < bytes.length; i++) {
    const octet = bytes[i]!;
    if (octet !== CR && octet !== LF) {
      canonical[out++] = octet;
      continue;
    }
    if (octet === CR && bytes[i + 1] === LF) i++;
    canonical[out++] = CR;
    canonical[out++] = LF;
  }
  return canonical;
}
