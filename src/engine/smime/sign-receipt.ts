import type { Pieces } from "../bytes/pieces.ts";
import { octetString } from "../asn1/writer.ts";
import { latin1Bytes } from "../bytes/text.ts";
import { attribute } from "../cms/attribute.ts";
import type { AnsweredMessage } from "../claims.ts";
import { Ess } from "./ess/oids.ts";
import { encodeReceipt } from "./ess/receipt.ts";
import { checkSigned } from "./self-check.ts";
import { signCms, type SigningOptions } from "./sign-entity.ts";
import { joinEntity, pkcs7Mime } from "./smime-entity.ts";

const MIME_VERSION = latin1Bytes("MIME-Version: 1.0\r\n");

/**
 * The signed receipt for a message (RFC 2634 section 2.5). Only for a message whose signature was verified and whose
 * reader agreed; where it goes, `receiptRecipients` says.
 *
 * @param fields of the receipt's own header, with CRLF
 * @throws {SmimeError} as `signMessage`
 */
export async function signReceipt(
  fields: Pieces,
  message: AnsweredMessage,
  options: Omit<SigningOptions, "form">,
): Promise<Uint8Array> {
  const receipt = encodeReceipt(message);
  const { der, ...expected } = await signCms(
    [receipt],
    { ...options, form: "opaque" },
    { contentType: Ess.receipt, attributes: [attribute(Ess.msgSigDigest, octetString(message.signatureDigest))] },
  );
  const written = await joinEntity(...fields, MIME_VERSION, ...pkcs7Mime("signed-receipt", der));
  await checkSigned(written, expected);
  return written;
}
