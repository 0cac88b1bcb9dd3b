import { concatBytes } from "../bytes/concat.ts";
import type { Pieces } from "../bytes/pieces.ts";
import { latin1Bytes, latin1Text, utf8Bytes } from "../bytes/text.ts";
import { foldField, writeRaw } from "../mime/header-writer.ts";
import type { HeaderPolicy } from "./header-policy.ts";
import { type DisplayedField, withLegacyDisplay } from "./legacy-display.ts";
import { type SourceField, type SourceMessage, sourceEntity } from "./source-message.ts";

/** What is to be signed or encrypted. */
export interface Payload {
  /** An entity, cut where lines end; its body last. */
  readonly payload: Pieces;
  /** Whether every transport is known to leave the body as it is. */
  readonly isBodyFit: boolean;
}

/** How the header of an encrypted message is protected. */
export interface HeaderOptions {
  /** What of each field stays outside, where servers see it. */
  readonly headerPolicy: HeaderPolicy;
  /**
   * Whether hidden fields also stand in the text, for programs that know nothing of protected ones (RFC 9788 section
   * 5.2.1). `"omit"` by default: whoever can decrypt mostly reads them, and text that is not the author's is in the way.
   */
  readonly legacyDisplay?: "write" | "omit";
}

/** What a message is about to get; only encryption can hide anything. */
export type HeaderProtectionOptions =
  { readonly protection: "signed" } | ({ readonly protection: "encrypted" } & HeaderOptions);

export interface ProtectedPayload extends Payload {
  /** The fields that stay outside, with CRLF. */
  readonly outerFields: Uint8Array;
}

/** Not written at all: blind recipients belong into the transport's envelope, where the others cannot see them. */
const BLIND = /^(?:resent-)?bcc$/i;

/** Written by servers on the way; RFC 9788 section 2.1 protects what the sending program generates. */
const NOT_PROTECTED = /^(?:received|return-path|delivered-to|dkim-signature|arc-.*|authentication-results|hp-outer)$/i;

/** Fields that a reader is shown (RFC 9788 section 1.8: User-Facing Header Fields). */
const USER_FACING = /^(?:resent-)?(?:from|sender|to|cc|date|subject|reply-to|followup-to|keywords|comments)$/i;

/**
 * Copies the message's header fields into the entity that is protected (RFC 9788 section 5.2): with `hp="clear"` under
 * a signature, with `hp="cipher"` and an HP-Outer field for each one outside under encryption. An entity without a
 * message's fields is left as it is.
 */
export function protectHeader(source: SourceMessage, options: HeaderProtectionOptions): ProtectedPayload {
  const { isBodyFit } = source;
  const fields = source.fields.filter(({ name }) => !BLIND.test(name));
  const copied = fields.filter(({ name }) => !NOT_PROTECTED.test(name));
  const lines = copied.map(({ line }) => line);
  if (copied.length === 0) {
    return { outerFields: joined(fields), payload: sourceEntity(source, [], new Map()), isBodyFit };
  }
  if (options.protection === "signed") {
    return { outerFields: joined(fields), payload: sourceEntity(source, lines, new Map([["hp", "clear"]])), isBodyFit };
  }
  const { headerPolicy } = options;
  const outside = (field: SourceField): readonly SourceField[] => outsideField(field, headerPolicy);
  const shown =
    options.legacyDisplay === "write" ? withLegacyDisplay(source, hiddenFields(copied, headerPolicy)) : source;
  const hpOuter = copied.flatMap(outside).map(hpOuterLine);
  return {
    outerFields: joined(fields.flatMap(outside)),
    payload: sourceEntity(shown, [...lines, ...hpOuter], new Map([["hp", "cipher"]])),
    isBodyFit: shown.isBodyFit,
  };
}

/** What of a field the policy leaves outside: the field itself where it changes nothing, so that its folding stays. */
function outsideField(field: SourceField, policy: HeaderPolicy): readonly SourceField[] {
  const text = policy(field.name, field.text);
  if (text === null) return [];
  if (text === field.text) return [field];
  const line = foldField(field.name, latin1Text(utf8Bytes(text)).split(" "));
  return [{ name: field.name, text, value: line.slice(field.name.length + 1, -2), line: latin1Bytes(line) }];
}

/** What a reader should see and servers do not (RFC 9788 section 5.2 step 2: `ldlist`). */
function hiddenFields(fields: readonly SourceField[], policy: HeaderPolicy): DisplayedField[] {
  return fields
    .filter(({ name, text }) => USER_FACING.test(name) && policy(name, text) !== text)
    .map(({ name, text }) => ({ name, text }));
}

/** `HP-Outer: name: value` tells the reader what was outside when it was sent (RFC 9788 section 2.2). */
function hpOuterLine({ name, value }: SourceField): Uint8Array {
  return latin1Bytes(writeRaw("HP-Outer", `${name}: ${value.trimStart()}`));
}

function joined(fields: readonly SourceField[]): Uint8Array {
  return concatBytes(...fields.map(({ line }) => line));
}
