import { decodeEncodedWords } from "./encoded-word.ts";
import { harmlessText } from "./harmless-text.ts";
import { parseParameters } from "./parameters.ts";

/** Content-Type (RFC 2045 section 5.1). */
export interface ContentType {
  /** type "/" subtype, lower case. */
  readonly type: string;
  /** Lower-case names, decoded values. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** Content-Disposition (RFC 2183). */
export interface Disposition {
  /** Lower case; empty where there is no such field. */
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** Decoded, in one harmless line without path separators; from Content-Type's `name` where `filename` is missing. */
  readonly filename: string | null;
}

const TYPE = /^[!#$%&'*+.^_`{|}~0-9a-z-]+\/[!#$%&'*+.^_`{|}~0-9a-z-]+$/u;

/** Missing, or of a form that cannot be read: the default of RFC 2045 section 5.2, or of multipart/digest. */
export function parseContentType(value: string | null, defaultType: string): ContentType {
  if (value === null) return { type: defaultType, parameters: new Map() };
  const { value: type, parameters } = parseParameters(value);
  if (TYPE.test(type)) return { type, parameters };
  return { type: defaultType, parameters };
}

/** File names come as RFC 2231 asks, and as encoded-words, which it forbids and most programs write. */
function readFilename(value: string | undefined): string | null {
  if (value === undefined) return null;
  const name = harmlessText(decodeEncodedWords(value)).replace(/[/\\]/gu, "_");
  return name === "" ? null : name;
}

export function parseDisposition(value: string | null, contentType: ContentType): Disposition {
  const { value: type, parameters } = parseParameters(value ?? "");
  const filename = readFilename(parameters.get("filename")) ?? readFilename(contentType.parameters.get("name"));
  return { type, parameters, filename };
}
