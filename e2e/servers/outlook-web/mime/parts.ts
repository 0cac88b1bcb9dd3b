import { decodeCharset, decodeQuotedPrintable, field, splitEntity, structured, type Entity } from "./fields.ts";

export interface Leaf {
  readonly contentType: string;
  readonly charset: string | undefined;
  readonly fileName: string | undefined;
  readonly contentId: string | undefined;
  readonly isAttachment: boolean;
  readonly content: Buffer;
}

/** Deeper than any mail program nests; a message beyond it is shown without what lies below. */
const MAX_DEPTH = 20;
const MAX_PARTS = 1000;

export const contentType = ({ fields }: Entity): ReturnType<typeof structured> =>
  structured(field(fields, "Content-Type") ?? "text/plain");

export function decodeTransfer({ fields, body }: Entity): Buffer {
  const encoding = field(fields, "Content-Transfer-Encoding")?.toLowerCase();
  if (encoding === "base64") return Buffer.from(body.toString("latin1"), "base64");
  if (encoding === "quoted-printable") return decodeQuotedPrintable(body.toString("latin1"));
  return body;
}

/** The bytes between the delimiter lines; a delimiter's line end before it belongs to the delimiter. */
export function bodyParts(body: Buffer, boundary: string): Buffer[] {
  const text = `\n${body.toString("latin1")}`;
  const delimiter = `\n--${boundary}`;
  const parts: Buffer[] = [];
  let from = -1;
  for (let at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, at + delimiter.length)) {
    const rest = text.slice(at + delimiter.length, at + delimiter.length + 200);
    const line = /^(--)?[ \t]*(\r?\n|$)/.exec(rest);
    if (line === null) continue;
    if (from >= 0) parts.push(Buffer.from(text.slice(from, at).replace(/\r$/, ""), "latin1"));
    if (line[1] !== undefined || parts.length >= MAX_PARTS) return parts;
    from = at + delimiter.length + line[0].length;
    if (text[from - 1] === "\n") at = from - 1 - delimiter.length;
  }
  if (from >= 0) parts.push(Buffer.from(text.slice(from), "latin1"));
  return parts;
}

/** What is shown or saved of an entity, in order; of alternatives the last that this server can show. */
export function leaves(entity: Entity, depth = 0): Leaf[] {
  const { value, parameters } = contentType(entity);
  const boundary = parameters.get("boundary");
  if (value.startsWith("multipart/") && boundary !== undefined && depth < MAX_DEPTH) {
    const parts = bodyParts(entity.body, boundary).map((part) => leaves(splitEntity(part), depth + 1));
    if (value !== "multipart/alternative") return parts.flat();
    const shown = parts.filter((part) => part.every((leaf) => !leaf.isAttachment || leaf.contentId !== undefined));
    return shown.findLast((part) => part.some((leaf) => leaf.contentType.startsWith("text/"))) ?? parts.flat();
  }
  const disposition = structured(field(entity.fields, "Content-Disposition") ?? "");
  const fileName = disposition.parameters.get("filename") ?? parameters.get("name");
  const isText = value === "text/plain" || value === "text/html";
  return [
    {
      contentType: value,
      charset: parameters.get("charset"),
      fileName,
      contentId: field(entity.fields, "Content-ID")?.replace(/^<|>$/g, ""),
      isAttachment: disposition.value === "attachment" || fileName !== undefined || !isText,
      content: decodeTransfer(entity),
    },
  ];
}

export interface Body {
  readonly type: "HTML" | "Text";
  readonly value: string;
}

export function bodyOf(parts: readonly Leaf[]): Body | null {
  const leaf = parts.find(({ isAttachment }) => !isAttachment);
  if (leaf === undefined) return null;
  const value = decodeCharset(leaf.content, leaf.charset);
  return { type: leaf.contentType === "text/html" ? "HTML" : "Text", value };
}
