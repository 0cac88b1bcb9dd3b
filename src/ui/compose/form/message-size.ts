import { computed, signal } from "@preact/signals";
import type { FormContent, FormFile } from "../../../messages/form-content.ts";
import { isSignOn, settings } from "../compose-state.ts";
import { files } from "./files.ts";

/** What the webmail's server takes as one message, bytes; `null` where nobody knows. */
export const sizeLimit = signal<number | null>(null);

/** Characters of the text in all its forms, with its pictures, when the draft was last kept. */
const textSize = signal(0);

/** Base64 in lines of 76 characters, each ended by CRLF (RFC 2045 section 6.8). */
const base64 = (size: number): number => Math.ceil(size / 3) * 4 + 2 * Math.ceil(size / 57);

/** An attached message stays as it is, since base64 is not allowed to it (RFC 2046 section 5.2.1). */
const asPart = ({ type, size }: FormFile): number => (type === "message/rfc822" ? size : base64(size));

export interface Protection {
  readonly signs: boolean;
  readonly form: "clear" | "opaque";
  readonly wrapsTwice: boolean;
}

/**
 * What a message will have at least once it is encrypted, bytes: each layer that is no clear signature makes base64 of
 * what it encloses. Header fields, certificates and signatures, some kilobytes, are not in it, so that nothing that the
 * server would take is held back.
 */
export function protectedSize(text: number, attached: readonly FormFile[], protection: Protection): number {
  const isOpaque = protection.signs && protection.form === "opaque";
  const written = attached.reduce((sum, file) => sum + asPart(file), text);
  const encrypted = base64(isOpaque ? base64(written) : written);
  return isOpaque && protection.wrapsTwice ? base64(encrypted) : encrypted;
}

export function heardText({ html, text }: Pick<FormContent, "html" | "text">): void {
  textSize.value = html.length + text.length;
}

const sizeOf = (attached: readonly FormFile[]): number =>
  protectedSize(textSize.value, attached, {
    signs: isSignOn.value,
    form: settings.value?.form ?? "clear",
    wrapsTwice: settings.value?.wrapsTwice ?? false,
  });

export const messageSize = computed(() => sizeOf(files.value.map(({ file }) => file)));

/** More than the server takes, and what to take out of it. */
export interface TooLarge {
  readonly size: number;
  readonly limit: number;
  /** Without these it fits; none where it does not fit without any file. */
  readonly out: readonly FormFile[];
  /** Without them, bytes. */
  readonly rest: number;
}

/** The smallest file without which it fits; where no single one is enough the largest ones, as few as can be. */
function filesOut(all: readonly FormFile[], limit: number): readonly FormFile[] {
  const bySize = [...all].sort((a, b) => asPart(a) - asPart(b));
  const fitsWithout = (out: readonly FormFile[]): boolean => sizeOf(all.filter((file) => !out.includes(file))) <= limit;
  const one = bySize.find((file) => fitsWithout([file]));
  if (one !== undefined) return [one];
  const out: FormFile[] = [];
  for (const file of bySize.reverse()) {
    out.push(file);
    if (fitsWithout(out)) return out;
  }
  return [];
}

/** `null` where the server takes it, or nobody knows what it takes. */
export const tooLarge = computed((): TooLarge | null => {
  const limit = sizeLimit.value;
  if (limit === null || messageSize.value <= limit) return null;
  const all = files.value.map(({ file }) => file);
  const out = filesOut(all, limit);
  const rest = sizeOf(all.filter((file) => !out.includes(file)));
  return { size: messageSize.value, limit, out, rest };
});
