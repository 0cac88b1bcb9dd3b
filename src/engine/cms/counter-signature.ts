import { Attribute as AttributeType } from "../asn1/oids.ts";
import { Asn1Reader } from "../asn1/reader.ts";
import { SmimeError } from "../errors.ts";
import { MAX_COUNTER_SIGNATURES } from "../limits.ts";
import { readingCms } from "./content-info.ts";
import { type SignerInfo, readSignerInfo } from "./signer-info.ts";

/**
 * The countersignatures of a SignerInfo (RFC 5652 section 11.4): SignerInfos over its signature, in an attribute that
 * nobody signs. What cannot be read is left out: it could have been left out by anybody.
 */
export function counterSignatures({ unsignedAttrs }: SignerInfo): SignerInfo[] {
  const values = unsignedAttrs
    .filter(({ type }) => type === AttributeType.counterSignature)
    .flatMap((attribute) => attribute.values);
  const readable: SignerInfo[] = [];
  for (const { bytes } of values.slice(0, MAX_COUNTER_SIGNATURES)) {
    try {
      readable.push(readingCms(() => readSignerInfo(new Asn1Reader(bytes, "ber"))));
    } catch (error) {
      if (!(error instanceof SmimeError)) throw error;
    }
  }
  return readable;
}
