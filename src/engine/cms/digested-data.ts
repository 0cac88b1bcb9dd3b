import { readAlgorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import type { Asn1Reader } from "../asn1/reader.ts";
import { equalBytes } from "../bytes/equal.ts";
import { SmimeError } from "../errors.ts";
import { digest, digestOfSignerInfo } from "../primitives/digest.ts";
import { readingCms } from "./content-info.ts";
import { type EncapsulatedContent, readEncapsulatedContent } from "./encapsulated-content.ts";

/**
 * Reads
 * ```
 * DigestedData ::= SEQUENCE {
 *   version CMSVersion,
 *   digestAlgorithm DigestAlgorithmIdentifier,
 *   encapContentInfo EncapsulatedContentInfo,
 *   digest Digest }
 * ```
 * (RFC 5652 section 7). The digest finds accidents; it says nothing of who made it.
 *
 * @throws {SmimeError} `malformed.cms` where it does not fit too, `unsupported.algorithm`
 */
export async function readDigestedData(content: Asn1Reader): Promise<EncapsulatedContent> {
  const { algorithm, encapsulated, expected } = readingCms(() => {
    const fields = content.sequence();
    content.end();
    fields.smallInteger();
    const digestAlgorithm = readAlgorithmIdentifier(fields);
    const info = readEncapsulatedContent(fields);
    const value = fields.octetString();
    fields.end();
    return { algorithm: digestAlgorithm, encapsulated: info, expected: value };
  });
  const name = digestOfSignerInfo(algorithm);
  if (!name) throw new SmimeError("unsupported.algorithm", { oid: algorithm.oid });
  if (!equalBytes(await digest(name, encapsulated.bytes), expected)) {
    throw new SmimeError("malformed.cms", { reason: "digest-mismatch" });
  }
  return encapsulated;
}
