const EQUALS = 0x3d;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;

const DIGITS = Uint8Array.from("0123456789ABCDEF", (digit) => digit.charCodeAt(0));

/** Value of each hexadecimal digit's octet, of either case; 255 for others. */
const HEX = new Uint8Array(256).fill(255);
for (const [value, digit] of DIGITS.entries()) {
  HEX[digit] = value;
  if (value > 9) HEX[digit | 0x20] = value;
}

/**
 * Decodes quoted-printable (RFC 2045 section 6.7) as its notes advise readers: blanks at the end of a line go, a `=`
 * that begins no escape stands for itself. Line ends stay as they are. Linear; never throws.
 */
export function decodeQuotedPrintable(text: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  let out = 0;
  /** Where the blanks before the reading position began in the output; what follows an escape is no trailing blank. */
  let kept = 0;
  for (let i = 0; i < text.length; i++) {
    const octet = text[i]!;
    if (octet === EQUALS) {
      const high = HEX[text[i + 1] ?? 0]!;
      const low = HEX[text[i + 2] ?? 0]!;
      if (high < 16 && low < 16) {
        bytes[out++] = (high << 4) | low;
        i += 2;
        kept = out;
        continue;
      }
      let end = i + 1;
      while (end < text.length && (text[end] === SPACE || text[end] === TAB)) end++;
      if (end === text.length || text[end] === LF || (text[end] === CR && text[end + 1] === LF)) {
        i = end < text.length && text[end] === CR ? end + 1 : end;
        kept = out;
        continue;
      }
    } else if (octet === LF || (octet === CR && text[i + 1] === LF)) {
      out = kept;
      bytes[out++] = octet;
      if (octet === CR) {
        bytes[out++] = LF;
        i++;
      }
      kept = out;
      continue;
    }
    bytes[out++] = octet;
    if (octet !== SPACE && octet !== TAB) kept = out;
  }
  return bytes.subarray(0, kept);
}

/** Room in a line before the soft line break's `=` (RFC 2045 section 6.7 rule 5: 76 characters with it). */
const LINE_LENGTH = 75;

const FROM = Uint8Array.from("From ", (character) => character.charCodeAt(0));

/**
 * Whether a line that begins here means something to mail systems: `From ` and `>` to mbox (RFC 4155), a dot to SMTP
 * (RFC 5321 section 4.5.2), `--` to multiparts, also where a soft line break has made the line.
 */
function beginsSpecialLine(bytes: Uint8Array, at: number): boolean {
  const octet = bytes[at];
  if (octet === 0x2e || octet === 0x3e) return true;
  if (octet === 0x2d) return bytes[at + 1] === 0x2d;
  return octet === FROM[0] && FROM.every((expected, i) => bytes[at + i] === expected);
}

/**
 * Encodes as quoted-printable, so that mbox storage, SMTP and gateways leave it alone (RFC 2045 section 6.7, RFC 2049
 * section 3): no line begins `From ` or is a lone dot, none ends in a blank. CRLF pairs are line breaks; other CR and
 * LF octets are escaped, so any bytes survive.
 */
export function encodeQuotedPrintable(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = new Uint8Array(bytes.length * 3 + Math.ceil((bytes.length * 3) / (LINE_LENGTH - 3)) * 3 + 3);
  let out = 0;
  let column = 0;
  for (let i = 0; i < bytes.length; i++) {
    const octet = bytes[i]!;
    if (octet === CR && bytes[i + 1] === LF) {
      text[out++] = CR;
      text[out++] = LF;
      i++;
      column = 0;
      continue;
    }
    const lineEnds = i + 1 === bytes.length || (bytes[i + 1] === CR && bytes[i + 2] === LF);
    let literal =
      (octet > SPACE && octet < 0x7f && octet !== EQUALS) || ((octet === SPACE || octet === TAB) && !lineEnds);
    let width = literal ? 1 : 3;
    if (column + width > LINE_LENGTH) {
      text[out++] = EQUALS;
      text[out++] = CR;
      text[out++] = LF;
      column = 0;
    }
    if (column === 0 && literal && beginsSpecialLine(bytes, i)) literal = false;
    width = literal ? 1 : 3;
    if (literal) text[out++] = octet;
    else {
      text[out++] = EQUALS;
      text[out++] = DIGITS[octet >> 4]!;
      text[out++] = DIGITS[octet & 15]!;
    }
    column += width;
  }
  return text.subarray(0, out);
}

/** Whether base64 is shorter for these bytes: mostly not ASCII. */
export function prefersBase64(bytes: Uint8Array): boolean {
  let escaped = 0;
  for (const octet of bytes) if (octet > 0x7e) escaped++;
  return escaped * 4 > bytes.length;
}
