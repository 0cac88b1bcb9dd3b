import { latin1Bytes } from "../bytes/text.ts";
import { concatBytes } from "../bytes/concat.ts";
import type { Pieces } from "../bytes/pieces.ts";
import { writeRaw } from "../mime/header-writer.ts";
import { type SourceField, type SourceMessage, sourceEntity } from "./source-message.ts";

/** What is to be signed or encrypted. */
export interface Payload {
  /** An entity, cut where lines end; its body last. */
  readonly payload: Pieces;
  /** Whether every transport is known to leave the body as it is. */
  readonly isBodyFit: boolean;
}

/** What a message is about to get. */
export type Protection = "signed" | "encrypted";

export interface HeaderProtectionOptions {
  readonly protection: Protection;
  /**
   * Whether servers see `[...]` in place of Subject, and neither Keywords nor Comments: RFC 9788's policy hcp_baseline;
   * else hcp_no_confidentiality.
   */
  readonly hidesSubject: boolean;
}

export interface ProtectedPayload extends Payload {
  /** The fields that stay outside, with CRLF. */
  readonly outerFields: Uint8Array;
}

/** What servers are shown in place of a hidden Subject (RFC 9788 section 3.2.1). */
const OBSCURED_SUBJECT = "[...]";

/** Not written at all: blind recipients belong into the transport's envelope, where the others cannot see them. */
const BLIND = /^(?:resent-)?bcc$/i;

/** Written by servers on the way; RFC 9788 section 2.1 protects what the sending program generates. */
const NOT_PROTECTED = /^(?:received|return-path|delivered-to|dkim-signature|arc-.*|authentication-results|hp-outer)$/i;

/**
 * Copies the message's header fields into the entity that is protected (RFC 9788 section 5.2): with `hp="clear"` under
 * a signature, with `hp="cipher"` and an HP-Outer field for each one outside under encryption. An entity without a
 * message's fields is left as it is.
 */
export function protectHeader(source: SourceMessage, options: HeaderProtectionOptions): ProtectedPayload {
  const { isBodyFit } = source;
  const fields = source.fields.filter(({ name }) => !BLIND.test(name));
  const copied = fields.filter(({ name }) => !NOT_PROTECTED.test(name));
  if (copied.length === 0) {
    return { outerFields: joined(fields), payload: sourceEntity(source, [], new Map()), isBodyFit };
  }
  const isEncrypted = options.protection === "encrypted";
  const obscure = isEncrypted && options.hidesSubject ? baseline : (field: SourceField) => [field];
  const hpOuter = isEncrypted ? copied.flatMap(obscure).map(hpOuterLine) : [];
  const lines = [...copied.map(({ line }) => line), ...hpOuter];
  return {
    outerFields: joined(fields.flatMap(obscure)),
    payload: sourceEntity(source, lines, new Map([["hp", isEncrypted ? "cipher" : "clear"]])),
    isBodyFit,
  };
}

/** hcp_baseline: what of an informational field (RFC 5322 section 3.6.5) stays outside; the others as they are. */
function baseline(field: SourceField): readonly SourceField[] {
  const name = field.name.toLowerCase();
  if (name === "keywords" || name === "comments") return [];
  if (name !== "subject") return [field];
  const line = latin1Bytes(writeRaw(field.name, OBSCURED_SUBJECT));
  return [{ name: field.name, value: OBSCURED_SUBJECT, line }];
}

/** `HP-Outer: name: value` tells the reader what was outside when it was sent (RFC 9788 section 2.2). */
function hpOuterLine({ name, value }: SourceField): Uint8Array {
  return latin1Bytes(writeRaw("HP-Outer", `${name}: ${value.trimStart()}`));
}

function joined(fields: readonly SourceField[]): Uint8Array {
  return concatBytes(...fields.map(({ line }) => line));
}
