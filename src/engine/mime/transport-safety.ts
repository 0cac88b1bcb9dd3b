import { irregularOctets } from "./irregular-octets.ts";

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;

/** What mail systems on the way would change, and so break a signature over it. */
export type TransportProblem =
  "eight-bit" | "nul" | "bare-line-end" | "long-line" | "from-line" | "trailing-blank" | "lone-dot";

/** Octets in a line without its CRLF: RFC 5322 section 2.1.1 allows 998, and some servers count the CRLF in. */
const MAX_LINE = 996;

const FROM = [0x46, 0x72, 0x6f, 0x6d, SPACE] as const;

/** mbox writers put `>` before `From ` at a line's start, and some of them before `>From ` too (RFC 4155). */
function isFromLine(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end && bytes[at] === 0x3e) at++;
  return end - at >= FROM.length && FROM.every((octet, i) => bytes[at + i] === octet);
}

function lineProblem(bytes: Uint8Array, start: number, end: number): TransportProblem | null {
  if (end - start > MAX_LINE) return "long-line";
  if (end === start) return null;
  const last = bytes[end - 1];
  if (last === SPACE || last === TAB) return "trailing-blank";
  const first = bytes[start];
  if (first === 0x2e && end - start === 1) return "lone-dot";
  return (first === 0x46 || first === 0x3e) && isFromLine(bytes, start, end) ? "from-line" : null;
}

/**
 * The first thing in the bytes that SMTP, mbox storage or a webmail's import may alter; `null` for canonical 7-bit
 * text in CRLF lines that all of them pass on (RFC 8551 section 3.1.2, RFC 2049 section 3).
 */
export function transportProblem(bytes: Uint8Array): TransportProblem | null {
  const nextIrregular = irregularOctets(bytes);
  let start = 0;
  for (let i = nextIrregular(0); i < bytes.length; i = nextIrregular(i + 1)) {
    const octet = bytes[i]!;
    if (octet > 0x7f) return "eight-bit";
    if (octet === 0) return "nul";
    if (octet === LF) return "bare-line-end";
    if (octet !== CR) continue;
    if (bytes[i + 1] !== LF) return "bare-line-end";
    const problem = lineProblem(bytes, start, i);
    if (problem !== null) return problem;
    start = ++i + 1;
  }
  return lineProblem(bytes, start, bytes.length);
}
