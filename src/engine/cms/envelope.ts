import { ContentType } from "../asn1/oids.ts";
import { type AuthEnvelopedData, readAuthEnvelopedData } from "./auth-enveloped-data.ts";
import { readContentInfo } from "./content-info.ts";
import { type EnvelopedData, readEnvelopedData } from "./enveloped-data.ts";

/** What encrypts a content to recipients: the two types differ in how the content is enciphered. */
export type Envelope = EnvelopedData | AuthEnvelopedData;

/**
 * Reads a ContentInfo that holds an envelope; `null` for other content types.
 *
 * @throws {SmimeError} `malformed.cms`, `limit.exceeded`
 */
export function readEnvelope(octets: Uint8Array): Envelope | null {
  const { contentType, content } = readContentInfo(octets);
  if (contentType === ContentType.envelopedData) return readEnvelopedData(content);
  return contentType === ContentType.authEnvelopedData ? readAuthEnvelopedData(content) : null;
}
