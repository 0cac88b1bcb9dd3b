import { randomUUID } from "node:crypto";
import type { Body } from "./parts.ts";
import { encodeWords } from "./fields.ts";

export interface WrittenAttachment {
  readonly name: string;
  readonly contentType: string;
  readonly content: Buffer;
}

const lines = (bytes: Buffer): string => (bytes.toString("base64").match(/.{1,76}/g) ?? []).join("\r\n");

const leaf = (type: string, content: Buffer, ...more: string[]): string =>
  [`Content-Type: ${type}`, "Content-Transfer-Encoding: base64", ...more, "", lines(content), ""].join("\r\n");

const quoted = (text: string): string => `"${encodeWords(text).replace(/["\\]/g, "\\$&")}"`;

/** The MIME entity that the server makes of a message that was composed by fields. */
export function writeEntity(body: Body | null, attachments: readonly WrittenAttachment[]): Buffer {
  const type = body?.type === "HTML" ? "text/html; charset=utf-8" : "text/plain; charset=utf-8";
  const text = leaf(type, Buffer.from(body?.value ?? ""));
  if (attachments.length === 0) return Buffer.from(text);
  const boundary = `_${randomUUID()}_`;
  const parts = attachments.map(({ name, contentType, content }) =>
    leaf(`${contentType}; name=${quoted(name)}`, content, `Content-Disposition: attachment; filename=${quoted(name)}`),
  );
  const delimited = [text, ...parts].map((part) => `--${boundary}\r\n${part}\r\n`).join("");
  return Buffer.from(
    `Content-Type: multipart/mixed;\r\n boundary="${boundary}"\r\n\r\n${delimited}--${boundary}--\r\n`,
  );
}

/** The `application/pkcs7-mime` entity around CMS bytes, written anew as a message leaves the store. */
export const writePkcs7 = (contentTypeField: string, cms: Buffer): Buffer =>
  Buffer.from(leaf(contentTypeField, cms, 'Content-Disposition: attachment; filename="smime.p7m"'));
