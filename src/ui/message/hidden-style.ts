/** Smaller type cannot be read; of the units that mail uses. */
const LEAST_FONT: Readonly<Record<string, number>> = { px: 5, pt: 4, em: 0.35, rem: 0.35, "%": 35, "": 1 };
/** A box that is no larger than this shows nothing of what overflows it, CSS pixels. */
const LEAST_BOX = 4;
/** Whatever is moved so far is moved away, CSS pixels. */
const FAR = -100;
const LEAST_OPACITY = 0.2;
/** Seen on white paper: the sum of the three parts of the colour, of 765. */
const NEARLY_WHITE = 720;

function measure(value: string): { readonly amount: number; readonly unit: string } | null {
  const [, amount, unit = ""] = /^(-?[\d.]+)([a-z%]*)$/i.exec(value.trim()) ?? [];
  return amount === undefined ? null : { amount: Number(amount), unit: unit.toLowerCase() };
}

const pixels = (value: string): number | null => {
  const found = measure(value);
  return found !== null && (found.unit === "px" || found.amount === 0) ? found.amount : null;
};

const isUnder = (value: string, least: number): boolean => (pixels(value) ?? least) < least;

function isTiny(size: string): boolean {
  const found = measure(size);
  return found !== null && found.amount < (LEAST_FONT[found.unit] ?? 0);
}

/** Of a colour as mail programs write it; `null` for the others. */
function brightness(colour: string): number | null {
  const value = colour.trim().toLowerCase();
  if (value === "white") return 765;
  const [, short] = /^#([\da-f]{3})$/.exec(value) ?? [];
  const [, long] = /^#([\da-f]{6})$/.exec(value) ?? [];
  const digits = long ?? short?.replace(/./g, "$&$&");
  const parts =
    digits === undefined
      ? /^rgba?\(([^)]*)\)$/
          .exec(value)?.[1]
          ?.split(/[\s,/]+/)
          .map(Number)
      : [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16));
  if (parts === undefined) return null;
  const [red = 0, green = 0, blue = 0] = parts;
  return red + green + blue;
}

const isSeeThrough = (colour: string): boolean =>
  /^transparent$|^(rgb|hsl)a?\([^)]*[,/]\s*0?(\.0*)?%?\s*\)$/i.test(colour.trim());

/** Light words without a background of their own, on white paper. */
const isWhiteOnWhite = ({ color, backgroundColor, background }: CSSStyleDeclaration): boolean =>
  backgroundColor === "" && background === "" && (brightness(color) ?? 0) >= NEARLY_WHITE;

const clips = (style: CSSStyleDeclaration): boolean => /hidden|clip|scroll|auto/.test(style.overflow);

/** Whether a style keeps words from being seen in a message. */
export function hidesByStyle(style: CSSStyleDeclaration): boolean {
  return (
    style.display === "none" ||
    /^(hidden|collapse)$/.test(style.visibility) ||
    (style.opacity !== "" && Number.parseFloat(style.opacity) < LEAST_OPACITY) ||
    isTiny(style.fontSize) ||
    (clips(style) &&
      [style.height, style.maxHeight, style.width, style.maxWidth].some((size) => isUnder(size, LEAST_BOX))) ||
    [style.textIndent, style.marginLeft, style.marginTop].some((size) => isUnder(size, FAR)) ||
    /scale\w*\(\s*0|translate|matrix/i.test(style.transform) ||
    (style.clipPath !== "" && style.clipPath !== "none") ||
    !/^(auto)?$/.test(style.getPropertyValue("clip")) ||
    isSeeThrough(style.color) ||
    isWhiteOnWhite(style)
  );
}

/**
 * Whether an element's own style keeps its words from being seen in a message: what the sender hides there is not
 * quoted (attacks 29 and 30: hidden words that come back decrypted, or signed, with an answer).
 */
export const isHidden = (element: HTMLElement): boolean =>
  element.hasAttribute("hidden") || hidesByStyle(element.style);
