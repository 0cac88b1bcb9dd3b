import { decodeBase64 } from "../bytes/base64.ts";
import type { Entity } from "../mime/entity.ts";
import { decodeTransfer } from "../mime/transfer-encoding.ts";

/**
 * Media types and endings that S/MIME parts have (RFC 8551 section 3.9); `x-` forms are older, and octet-stream is
 * what gateways make of the rest. They only say where it is worth looking: what a part is, its OID decides.
 */
const CMS_TYPES: ReadonlySet<string> = new Set([
  "application/pkcs7-mime",
  "application/x-pkcs7-mime",
  "application/pkcs7-signature",
  "application/x-pkcs7-signature",
]);
const VAGUE_TYPES: ReadonlySet<string> = new Set(["application/octet-stream", "application/cms"]);
const CMS_ENDING = /\.p7[mscz]$/i;

/** Whether an entity says of itself that it is CMS. */
export function claimsCms({ contentType, disposition }: Entity): "surely" | "maybe" | "no" {
  if (CMS_TYPES.has(contentType.type)) return "surely";
  if (!VAGUE_TYPES.has(contentType.type)) return "no";
  // A gateway that lost the type may have lost the name too; a file of another name is what it says.
  const hint = contentType.parameters.has("smime-type") || CMS_ENDING.test(disposition.filename ?? "smime.p7m");
  return hint ? "maybe" : "no";
}

/** What base64 of a SEQUENCE begins with: six bits of its tag. */
const BASE64_OF_SEQUENCE = 0x4d;
const BLANK = /\s/;

/**
 * The octets of an S/MIME part. RFC 8551 section 3.1.3 has them in base64, and some programs write that and leave out
 * Content-Transfer-Encoding, or name another: no CMS object begins like base64, so that is what it is then.
 */
export function cmsOctets(entity: Entity): Uint8Array {
  const octets = decodeTransfer(entity);
  const start = octets.findIndex((octet) => !BLANK.test(String.fromCharCode(octet)));
  return octets[start] === BASE64_OF_SEQUENCE ? decodeBase64(octets) : octets;
}

/**
 * The two parts of a multipart/signed that holds an S/MIME signature (RFC 8551 section 3.5.3.2); `null` for anything
 * else, PGP/MIME among it. `protocol` is not asked: it is missing or wrong in the field, and the part says the same.
 */
export function multipartSignedParts(entity: Entity): { signed: Entity; signature: Entity } | null {
  if (entity.contentType.type !== "multipart/signed" || entity.children.length !== 2) return null;
  const [signed, signature] = entity.children;
  if (!signed || !signature || claimsCms(signature) === "no") return null;
  return { signed, signature };
}
