import { latin1Bytes } from "../bytes/text.ts";
import { SmimeError } from "../errors.ts";
import { parseAddresses } from "./address.ts";
import { canonicalLineEnds } from "./canonical.ts";
import { decodeEncodedWords } from "./encoded-word.ts";
import type { HeaderField } from "./header-field.ts";
import { foldField, writeAddresses, writeParameterized, writeUnstructured } from "./header-writer.ts";
import { parseParameters } from "./parameters.ts";
import { transportProblem } from "./transport-safety.ts";

const ADDRESS_FIELDS = /^(?:resent-)?(?:from|sender|reply-to|to|cc|bcc)$/u;
const ASCII = /^[\t\x20-\x7e]*$/u;

function rewriteAddresses(field: HeaderField): string | null {
  const list = parseAddresses(field.value);
  if (list.malformed || list.groups.length > 0) return null;
  return writeAddresses(
    field.name,
    list.mailboxes.map(({ name, address }) => ({ name, address: address ?? "" })),
  );
}

function rewrite(field: HeaderField): string | null {
  const name = field.name.toLowerCase();
  if (name === "") return null;
  if (name === "content-type" || name === "content-disposition") {
    const { value, parameters } = parseParameters(field.value);
    return writeParameterized(field.name, value, parameters);
  }
  if (ASCII.test(field.value)) return foldField(field.name, field.value.split(/[ \t]+/u));
  if (ADDRESS_FIELDS.test(name)) return rewriteAddresses(field);
  return writeUnstructured(field.name, decodeEncodedWords(field.value));
}

/**
 * The field in a form that transport leaves alone: as it is, with CRLF, where that is fit; else folded and encoded
 * anew with the same meaning. `null` where that is impossible: no field, addresses that are not ASCII or not readable.
 */
export function safeField(field: HeaderField): Uint8Array | null {
  const raw = canonicalLineEnds(field.raw);
  if (field.name !== "" && raw.at(-1) === 0x0a && transportProblem(raw) === null) return raw;
  try {
    const text = rewrite(field);
    if (text === null) return null;
    const bytes = latin1Bytes(text);
    return transportProblem(bytes) === null ? bytes : null;
  } catch (error) {
    if (error instanceof SmimeError && error.code === "malformed.address") return null;
    throw error;
  }
}
