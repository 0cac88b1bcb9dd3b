// RFC 3492 section 5: the parameters of Punycode.
const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const INITIAL_BIAS = 72;
const INITIAL_N = 128;

const MAX_CODE_POINT = 0x10ffff;

/** RFC 3492 section 6.1. */
function adapt(delta: number, count: number, isFirst: boolean): number {
  let rest = isFirst ? Math.floor(delta / DAMP) : delta >> 1;
  rest += Math.floor(rest / count);
  let k = 0;
  for (; rest > ((BASE - T_MIN) * T_MAX) >> 1; k += BASE) rest = Math.floor(rest / (BASE - T_MIN));
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW));
}

const digitOf = (letter: string): number => {
  const digit = parseInt(letter, BASE);
  // In Punycode, letters come before digits.
  return /[a-z]/i.test(letter) ? digit - 10 : digit + 26;
};

/**
 * A label of a domain without its `xn--` in the letters that a person sees (RFC 3492 section 6.2); `null` where it is
 * none. Browsers tell only the other direction.
 */
export function decodePunycode(label: string): string | null {
  if (!/^[a-z0-9-]{1,63}$/i.test(label)) return null;
  const delimiter = label.lastIndexOf("-");
  const output = Array.from(label.slice(0, Math.max(delimiter, 0)), (letter) => letter.codePointAt(0) ?? 0);
  let n = INITIAL_N;
  let bias = INITIAL_BIAS;
  let i = 0;
  let position = delimiter + 1;
  while (position < label.length) {
    const before = i;
    let weight = 1;
    for (let k = BASE; ; k += BASE) {
      const letter = label[position++];
      if (letter === undefined || letter === "-") return null;
      const digit = digitOf(letter);
      i += digit * weight;
      const threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX);
      if (digit < threshold) break;
      weight *= BASE - threshold;
      if (!Number.isSafeInteger(i) || !Number.isSafeInteger(weight)) return null;
    }
    const count = output.length + 1;
    bias = adapt(i - before, count, before === 0);
    n += Math.floor(i / count);
    i %= count;
    if (n > MAX_CODE_POINT) return null;
    output.splice(i++, 0, n);
  }
  return String.fromCodePoint(...output);
}
