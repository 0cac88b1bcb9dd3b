import { concatBytes } from "../bytes/concat.ts";
import type { Pieces } from "../bytes/pieces.ts";
import { latin1Bytes, latin1Text } from "../bytes/text.ts";
import { canonicalLineEnds } from "../mime/canonical.ts";
import type { ContentType } from "../mime/content-type.ts";
import type { HeaderField } from "../mime/header-field.ts";
import { writeParameterized } from "../mime/header-writer.ts";
import { fieldBytes, splitFields } from "../mime/message-fields.ts";
import { parseMessageHead } from "../mime/parse.ts";
import { transportProblem } from "../mime/transport-safety.ts";

/** A message before it is protected: what stays outside, and the entity that is protected. */
export interface SourceMessage {
  /** All fields but those of the MIME structure, with CRLF. */
  readonly fields: readonly SourceField[];
  /** Fields of the entity: Content-Type and the other Content-* ones, with CRLF. */
  readonly contentFields: readonly SourceField[];
  /** With CRLF line ends. */
  readonly body: Uint8Array;
  readonly contentType: ContentType;
  /** Whether every transport is known to leave the body as it is. */
  readonly isBodyFit: boolean;
}

export interface SourceField {
  readonly name: string;
  /** What follows the colon, one character an octet, folding kept. */
  readonly value: string;
  /** The same unfolded, without the blanks around, encoded-words as written. */
  readonly text: string;
  /** The whole field with its CRLF. */
  readonly line: Uint8Array;
}

/** Reads a complete message or a MIME entity that is to be protected; line ends become CRLF. */
export function readSourceMessage(input: Uint8Array): SourceMessage {
  const asGiven = parseMessageHead(input);
  const isBodyFit = transportProblem(asGiven.body) === null;
  // What every transport leaves as it is has canonical line ends: large bodies are not looked through again.
  const rest = isBodyFit ? input.subarray(0, input.length - asGiven.body.length) : input;
  const isCanonical = canonicalLineEnds(rest) === rest;
  const { head, body } = isCanonical ? asGiven : parseMessageHead(canonicalLineEnds(input));
  const { outer, content } = splitFields({ header: head.header.filter(({ name }) => name !== "") });
  return {
    fields: outer.map(sourceField),
    contentFields: content.map(sourceField),
    contentType: head.contentType,
    body,
    isBodyFit,
  };
}

function sourceField(field: HeaderField): SourceField {
  return { name: field.name, value: latin1Text(field.rawValue), text: field.value, line: fieldBytes(field) };
}

/** The entity with these fields in front of its own, and further parameters of Content-Type. */
export function sourceEntity(
  source: SourceMessage,
  fields: readonly Uint8Array[],
  parameters: ReadonlyMap<string, string>,
): Pieces {
  const contentFields = parameters.size > 0 ? withParameters(source, parameters) : source.contentFields;
  return [concatBytes(...fields, ...contentFields.map(({ line }) => line), CRLF), source.body];
}

const CRLF = Uint8Array.of(0x0d, 0x0a);

function withParameters(
  { contentFields, contentType }: SourceMessage,
  added: ReadonlyMap<string, string>,
): SourceField[] {
  const { type, parameters } = contentType;
  const line = latin1Bytes(writeParameterized("Content-Type", type, new Map([...parameters, ...added])));
  const others = contentFields.filter(({ name }) => name.toLowerCase() !== "content-type");
  return [{ name: "Content-Type", value: type, text: type, line }, ...others];
}
