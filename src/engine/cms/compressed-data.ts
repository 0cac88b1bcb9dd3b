import { readAlgorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { Compression } from "../asn1/oids.ts";
import type { Asn1Reader } from "../asn1/reader.ts";
import { SmimeError } from "../errors.ts";
import { MAX_COMPRESSION_RATIO, MAX_MESSAGE_SIZE, MIN_DECOMPRESSED_LIMIT } from "../limits.ts";
import { inflate } from "../primitives/inflate.ts";
import { readingCms } from "./content-info.ts";
import { type EncapsulatedContent, readEncapsulatedContent } from "./encapsulated-content.ts";

/** What was compressed, decompressed. */
export interface CompressedContent extends EncapsulatedContent {
  /** Octets of the outermost compressed content. */
  readonly compressedSize: number;
}

/**
 * Reads and decompresses
 * ```
 * CompressedData ::= SEQUENCE {
 *   version CMSVersion,
 *   compressionAlgorithm CompressionAlgorithmIdentifier,
 *   encapContentInfo EncapsulatedContentInfo }
 * ```
 * (RFC 3274 section 1.1)
 *
 * @param around octets of the outermost compressed content that this one stands in, `null` for the outermost: what is
 *   compressed twice becomes more than a million times as large, and counts as one (attack 58)
 * @throws {SmimeError} `malformed.cms`, `unsupported.algorithm`, `limit.exceeded` for more than the message may have,
 *   or than an honest one becomes (attack 58)
 */
export async function readCompressedData(content: Asn1Reader, around: number | null): Promise<CompressedContent> {
  const { algorithm, encapsulated } = readingCms(() => {
    const fields = content.sequence();
    content.end();
    fields.smallInteger();
    const compression = readAlgorithmIdentifier(fields);
    const info = readEncapsulatedContent(fields);
    fields.end();
    return { algorithm: compression.oid, encapsulated: info };
  });
  if (algorithm !== Compression.zlib) throw new SmimeError("unsupported.algorithm", { oid: algorithm });
  const { contentType, bytes } = encapsulated;
  const compressedSize = around ?? bytes.length;
  const byRatio = Math.max(MIN_DECOMPRESSED_LIMIT, MAX_COMPRESSION_RATIO * compressedSize);
  return { contentType, bytes: await inflate(bytes, Math.min(MAX_MESSAGE_SIZE, byRatio)), compressedSize };
}
