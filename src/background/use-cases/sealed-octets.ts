import { SmimeError } from "../../engine/errors.ts";
import { decodeTransfer } from "../../engine/mime/transfer-encoding.ts";
import { writeEntity } from "../../engine/mime/writer.ts";
import { HEADER_POLICIES } from "../../engine/smime/header-policy.ts";
import type { Identity } from "../../engine/smime/identity.ts";
import { openMessage } from "../../engine/smime/open.ts";
import { encryptMessage } from "../../engine/smime/protect.ts";
import type { Certificate } from "../../engine/x509/certificate.ts";

/** AES-256-CBC, as in the messages that are sent. */
const ENCRYPTION = {
  cipher: "aes-256-cbc",
  keyTransport: { kind: "rsa-pkcs1" },
  headerPolicy: HEADER_POLICIES.none,
} as const;

/** Octets for oneself: an S/MIME message with an EnvelopedData (RFC 8551 section 3.3). No key is needed to write one. */
export async function seal(content: Uint8Array, reader: Certificate): Promise<Uint8Array<ArrayBuffer>> {
  const entity = writeEntity({
    kind: "file",
    type: "application/octet-stream",
    content,
    disposition: "attachment",
    filename: null,
  });
  return (await encryptMessage(entity, { ...ENCRYPTION, recipients: [reader] })).slice();
}

/** @throws {SmimeError} `decrypt.no-key`, `decrypt.failed` */
export async function unseal(sealed: Uint8Array, identities: readonly Identity[], at: Date): Promise<Uint8Array> {
  const { content, verdict, layers } = await openMessage(sealed, { identities, anchors: [], intermediates: [], at });
  const isKeyless = layers.some((layer) => "reasons" in layer && layer.reasons.includes("decrypt.no-key"));
  if (isKeyless) throw new SmimeError("decrypt.no-key");
  if (content === null || verdict.encryption === "none" || verdict.encryption === "cannot-decrypt") {
    throw new SmimeError("decrypt.failed");
  }
  return decodeTransfer(content);
}
