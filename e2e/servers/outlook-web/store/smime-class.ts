import { field, splitEntity, structured } from "../mime/fields.ts";
import { bodyOf, contentType, decodeTransfer, leaves, type Body } from "../mime/parts.ts";
import { writePkcs7 } from "../mime/write.ts";

export type ItemClass = "IPM.Note" | "IPM.Note.SMIME" | "IPM.Note.SMIME.MultipartSigned";

export interface StoredFile {
  readonly name: string;
  readonly contentType: string;
  readonly content: Buffer;
  readonly isInline: boolean;
}

/** A message's content as the store keeps it. */
export interface StoredContent {
  readonly itemClass: ItemClass;
  readonly body: Body | null;
  readonly files: readonly StoredFile[];
  /** The entity for MIME out: `Content-…` fields and body. */
  readonly entity: () => Buffer;
}

const isPkcs7 = (type: string, fileName: string | undefined): boolean =>
  type === "application/pkcs7-mime" ||
  type === "application/x-pkcs7-mime" ||
  (type === "application/octet-stream" && fileName?.toLowerCase().endsWith(".p7m") === true);

/**
 * Takes a message's MIME in (outlook-web.md 2.3; MS-OXOSMIME): S/MIME becomes one opaque attachment with the class that
 * says so, all else is taken apart. A signed entity's bytes, from its Content-Type to its end, are kept as they are; of
 * an enveloped one the CMS bytes, the transfer encoding around them is written anew.
 */
export function storeContent(message: Buffer): StoredContent {
  const whole = splitEntity(message);
  const { value, parameters } = contentType(whole);
  const disposition = structured(field(whole.fields, "Content-Disposition") ?? "");
  const own = whole.fields.filter(({ name }) => /^content-/i.test(name)).map(({ raw }) => raw);
  const entity = Buffer.concat([Buffer.from(own.join(""), "latin1"), Buffer.from("\r\n"), whole.body]);
  if (value === "multipart/signed") {
    const file = { name: "smime.p7m", contentType: "multipart/signed", content: entity, isInline: false };
    return {
      itemClass: "IPM.Note.SMIME.MultipartSigned",
      body: bodyOf(leaves(whole)),
      files: [file],
      entity: () => entity,
    };
  }
  if (isPkcs7(value, disposition.parameters.get("filename") ?? parameters.get("name"))) {
    const cms = decodeTransfer(whole);
    const type = field(whole.fields, "Content-Type") ?? value;
    const file = { name: "smime.p7m", contentType: "application/pkcs7-mime", content: cms, isInline: false };
    return { itemClass: "IPM.Note.SMIME", body: null, files: [file], entity: () => writePkcs7(type, cms) };
  }
  const parts = leaves(whole);
  const files = parts
    .filter(({ isAttachment }) => isAttachment)
    .map((part, index) => ({
      name: part.fileName ?? (part.contentType === "message/rfc822" ? "message.eml" : `attachment-${index + 1}`),
      contentType: part.contentType,
      content: part.content,
      isInline: part.contentId !== undefined,
    }));
  return { itemClass: "IPM.Note", body: bodyOf(parts), files, entity: () => entity };
}
