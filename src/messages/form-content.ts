import {
  array,
  boolean,
  integer,
  maxLength,
  maxValue,
  minValue,
  nullable,
  number,
  optional,
  pipe,
  regex,
  strictObject,
  string,
  type InferOutput,
} from "valibot";
import { MAX_FILE_SIZE } from "./bytes.ts";
import { parseWith } from "./parse.ts";

/** 128 random bits, made by the frame: names a draft, or a file of one. */
export const nameSchema = pipe(string(), regex(/^[0-9a-f]{32}$/));
export const line = pipe(string(), maxLength(2000));
export const addresses = pipe(array(line), maxLength(1000));

/** Of a media type, `type/subtype` only: parameters do not come along. */
const mediaType = pipe(string(), maxLength(200), regex(/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/));
/** Bytes. */
const size = pipe(number(), integer(), minValue(0), maxValue(MAX_FILE_SIZE));

export const file = strictObject({ id: nameSchema, name: line, type: mediaType, size });
export type FormFile = InferOutput<typeof file>;

/** Everything that stands in the secure form. What is sent, kept and shown is this and nothing else. */
export const formContent = strictObject({
  from: line,
  to: addresses,
  cc: addresses,
  bcc: addresses,
  subject: line,
  hidesSubject: boolean(),
  /**
   * What is answered hid its subject: so does the answer, also after it was kept as a draft (attack 61). Drafts of the
   * first version do not say it.
   */
  isSubjectSecret: optional(boolean(), false),
  /** It answers an encrypted message: what it quotes of it must not leave openly. */
  answersEncrypted: optional(boolean(), false),
  signs: boolean(),
  /** Of the editor, sanitised by the frame, and empty for a message in plain text; `text`: the same in words. */
  html: pipe(string(), maxLength(20_000_000)),
  text: pipe(string(), maxLength(20_000_000)),
  files: pipe(array(file), maxLength(500)),
  /** Message-IDs with angle brackets, of the message that this answers and those before it. */
  inReplyTo: nullable(line),
  references: nullable(pipe(string(), maxLength(20_000))),
});
export type FormContent = InferOutput<typeof formContent>;

export const parseFormContent = (value: unknown): FormContent | null => parseWith(formContent, value);

/** Nothing of a person's stands in it: such a form is not kept, and no draft of it is offered. */
export function isBlank({ to, cc, bcc, subject, html, text, files }: FormContent): boolean {
  const isEmpty = [subject, text].every((words) => words.trim() === "") && !/<img\b/i.test(html);
  return isEmpty && [to, cc, bcc, files].every(({ length }) => length === 0);
}
