import { decodeBase64 } from "../bytes/base64.ts";
import type { Entity } from "./entity.ts";
import { decodeText } from "./charset.ts";
import { decodeQuotedPrintable } from "./quoted-printable.ts";

/** Decodes a body (RFC 2045 section 6). 7bit, 8bit, binary and unknown encodings give the same view back. */
export function decodeTransferEncoding(body: Uint8Array, transferEncoding: string): Uint8Array {
  if (transferEncoding === "base64") return decodeBase64(body);
  if (transferEncoding === "quoted-printable") return decodeQuotedPrintable(body);
  return body;
}

/** The decoded content of a leaf. */
export function decodeTransfer(entity: Entity): Uint8Array {
  return decodeTransferEncoding(entity.body, entity.transferEncoding);
}

/** The text of a text leaf by its transfer encoding and charset; line ends as they are. */
export function leafText(entity: Entity): string {
  return decodeText(decodeTransfer(entity), entity.contentType.parameters.get("charset") ?? null);
}
