import { base64LinesLength, base64LinesWriter, encodeBase64Lines } from "../bytes/base64.ts";
import { latin1Bytes } from "../bytes/text.ts";
import { type Der, encode } from "../asn1/writer.ts";
import type { Pieces } from "../bytes/pieces.ts";
import { writeParameterized } from "../mime/header-writer.ts";
import { randomBoundary } from "../mime/writer.ts";
import type { DigestName } from "../primitives/digest.ts";

/**
 * A written entity in pieces, CMS objects not encoded yet: a large one is joined and encoded once, behind the header
 * that it gets.
 */
export type EntityPieces = readonly (Uint8Array | CmsPiece)[];

interface CmsPiece {
  readonly cms: Der;
  /** What follows behind the pieces of `cms`, whose length counts it. */
  readonly encryptedContent: AsyncIterable<Uint8Array> | null;
}

/** Writes the pieces behind one another. */
export async function joinEntity(...pieces: EntityPieces): Promise<Uint8Array<ArrayBuffer>> {
  const sizes = pieces.map((piece) => ("cms" in piece ? base64LinesLength(piece.cms.length) : piece.length));
  const bytes = new Uint8Array(sizes.reduce((sum, size) => sum + size, 0));
  let offset = 0;
  for (const [index, piece] of pieces.entries()) {
    if ("cms" in piece) await writeCms(piece, bytes, offset);
    else bytes.set(piece, offset);
    offset += sizes[index] ?? 0;
  }
  return bytes;
}

async function writeCms({ cms, encryptedContent }: CmsPiece, target: Uint8Array, offset: number): Promise<void> {
  const writer = base64LinesWriter(target, offset);
  for (const piece of cms.pieces) writer.write(piece);
  if (encryptedContent) for await (const chunk of encryptedContent) writer.write(chunk);
  writer.end();
}

/** `smime-type` (RFC 8551 section 3.2.2). */
export type SmimeType = "signed-data" | "signed-receipt" | "enveloped-data" | "authEnveloped-data";

/** application/pkcs7-mime around a CMS object (RFC 8551 section 3.2). */
export function pkcs7Mime(
  smimeType: SmimeType,
  cms: Der,
  encryptedContent: AsyncIterable<Uint8Array> | null = null,
): EntityPieces {
  const header = cmsHeader("application/pkcs7-mime", [["smime-type", smimeType]], "smime.p7m");
  return [header, { cms, encryptedContent }];
}

/**
 * multipart/signed (RFC 8551 section 3.5.3): the entity byte for byte, and its signature. The line end before a
 * boundary belongs to the boundary (RFC 2046 section 5.1.1) and is not signed.
 */
export function multipartSigned(signed: Pieces, signature: Der, digest: DigestName): Pieces {
  const boundary = randomBoundary();
  const type = writeParameterized("Content-Type", "multipart/signed", [
    ["protocol", "application/pkcs7-signature"],
    ["micalg", digest],
    ["boundary", boundary],
  ]);
  return [
    latin1Bytes(`${type}\r\nThis is a signed message in S/MIME format.\r\n\r\n--${boundary}\r\n`),
    ...signed,
    latin1Bytes(`\r\n--${boundary}\r\n`),
    cmsHeader("application/pkcs7-signature", [], "smime.p7s"),
    encodeBase64Lines(encode(signature)),
    latin1Bytes(`\r\n--${boundary}--\r\n`),
  ];
}

function cmsHeader(type: string, parameters: readonly [string, string][], name: string): Uint8Array {
  const header =
    writeParameterized("Content-Type", type, [...parameters, ["name", name]]) +
    "Content-Transfer-Encoding: base64\r\n" +
    writeParameterized("Content-Disposition", "attachment", [["filename", name]]) +
    "\r\n";
  return latin1Bytes(header);
}
