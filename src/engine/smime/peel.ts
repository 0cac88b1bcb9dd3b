import { ContentType } from "../asn1/oids.ts";
import { Asn1Reader } from "../asn1/reader.ts";
import { equalBytes } from "../bytes/equal.ts";
import { readAuthEnvelopedData } from "../cms/auth-enveloped-data.ts";
import { readCompressedData } from "../cms/compressed-data.ts";
import { type ContentInfo, readContentInfo } from "../cms/content-info.ts";
import { decryptEnvelope } from "../cms/decrypt.ts";
import { readDigestedData } from "../cms/digested-data.ts";
import type { EncapsulatedContent } from "../cms/encapsulated-content.ts";
import { type EnvelopedData, readEnvelopedData } from "../cms/enveloped-data.ts";
import type { AuthEnvelopedData } from "../cms/auth-enveloped-data.ts";
import type { KeyEncryptionKey } from "../cms/recipients/key-encryption-key.ts";
import { SmimeError } from "../errors.ts";
import { MAX_SMIME_LAYERS } from "../limits.ts";
import type { Entity } from "../mime/entity.ts";
import { parseEntity } from "../mime/parse.ts";
import type { CiphertextUse } from "../primitives/content-cipher.ts";
import type { Certificate } from "../x509/certificate.ts";
import { Ess } from "./ess/oids.ts";
import { type Receipt, readReceipt } from "./ess/receipt.ts";
import type { Identity } from "./identity.ts";
import type { PeeledLayer, SignatureLayer, WrappingLayer } from "./layer.ts";
import { claimsCms, cmsOctets, multipartSignedParts } from "./smime-part.ts";
import { verifyAttached, verifyMultipartSigned } from "./verify-layer.ts";

export interface PeelOptions {
  readonly identities: readonly Identity[];
  /** Certificates known from elsewhere, for signers that send none. */
  readonly intermediates: readonly Certificate[];
  readonly passwords: readonly string[];
  readonly keyEncryptionKeys: readonly KeyEncryptionKey[];
  /** The content that a bare signature stands beside. */
  readonly detachedContent: Uint8Array | null;
}

/** What is left when all layers at the root are taken off. */
export interface Peeled {
  /** Outermost first. */
  readonly layers: readonly PeeledLayer[];
  /** The entity inside all of them; `null` where it could not be reached, or there is none. */
  readonly content: Entity | null;
  /** What they hold in place of an entity: a receipt for another message. */
  readonly receipt?: Receipt;
}

/**
 * Takes off the S/MIME layers at the root of an entity. Only what is the root, or directly inside a layer that is,
 * belongs to the message (RFC 9787 section 4.4); S/MIME parts elsewhere are left as they stand.
 *
 * @throws {SmimeError} `malformed.cms`, `unsupported.content-type`, `limit.exceeded`
 */
export async function peelEntity(entity: Entity, options: PeelOptions): Promise<Peeled> {
  return continuePeeling(entity, [], options);
}

/** Takes off the layers of a bare CMS object. */
export async function peelCms(octets: Uint8Array, options: PeelOptions): Promise<Peeled> {
  return peelContentInfo(readContentInfo(octets), [], options);
}

async function continuePeeling(entity: Entity, layers: readonly PeeledLayer[], options: PeelOptions): Promise<Peeled> {
  const signedParts = multipartSignedParts(entity);
  const claim = claimsCms(entity);
  if (!signedParts && claim === "no") return { layers, content: entity };
  checkLayers(layers);
  if (signedParts) {
    const layer = await verifyMultipartSigned(signedParts.signed, cmsOctets(signedParts.signature), options);
    return continuePeeling(asCovered(signedParts.signed, layer), [...layers, layer], inside(options));
  }
  const octets = cmsOctets(entity);
  let info: ContentInfo;
  try {
    info = readContentInfo(octets);
  } catch (error) {
    // A file that only has the name of one is an attachment like others.
    if (claim === "maybe" && error instanceof SmimeError) return { layers, content: entity };
    throw error;
  }
  // Decoded from base64, these octets are nobody else's.
  const use = octets.buffer === entity.bytes.buffer ? "kept" : "given";
  return peelContentInfo(info, layers, options, use);
}

/**
 * The entity as it was verified, in its canonical form where only that fits. The other form may be read in another way:
 * a lone CR, which is no line end to a MIME reader, hides lines of a signed text in a header field say, and without its
 * CRs a signed file is another file.
 */
function asCovered(signed: Entity, { covered, signers }: SignatureLayer): Entity {
  const fits = signers.some(({ integrity }) => integrity.status === "valid");
  return fits && covered && covered !== signed.bytes ? numberedAs(signed.path, parseEntity(covered)) : signed;
}

/** The entity with the part numbers that it has at this place in its message. */
function numberedAs(path: string, root: Entity): Entity {
  const numbered = (entity: Entity): Entity => {
    const rest = entity.path.slice(root.path.length);
    const own = root.path === "" && rest !== "" ? `${path}.${rest}` : `${path}${rest}`;
    return { ...entity, path: own, children: entity.children.map(numbered) };
  };
  return numbered(root);
}

/** A detached content belongs to the outermost layer only. */
function inside(options: PeelOptions): PeelOptions {
  return { ...options, detachedContent: null };
}

async function peelContentInfo(
  info: ContentInfo,
  layers: readonly PeeledLayer[],
  options: PeelOptions,
  use: CiphertextUse = "kept",
): Promise<Peeled> {
  checkLayers(layers);
  switch (info.contentType) {
    case ContentType.signedData: {
      const { layer, inner } = await verifyAttached(info.content, options);
      return peelInner(layer, inner, layers, options);
    }
    case ContentType.envelopedData:
      return peelEnvelope(readEnvelopedData(info.content), layers, options, use);
    case ContentType.authEnvelopedData:
      return peelEnvelope(readAuthEnvelopedData(info.content), layers, options, use);
    case ContentType.compressedData:
      return peelCompressed(info.content, layers, options);
    case ContentType.digestedData:
      return peelWrapping("digested-data", await readDigestedData(info.content), null, layers, options);
    default:
      throw new SmimeError("unsupported.content-type", { oid: info.contentType });
  }
}

/**
 * What goes wrong behind a decryption has one outcome: which part of the plaintext was bad is what somebody who altered
 * the ciphertext wants to learn (attack 41).
 */
async function peelEnvelope(
  envelope: EnvelopedData | AuthEnvelopedData,
  layers: readonly PeeledLayer[],
  options: PeelOptions,
  use: CiphertextUse,
): Promise<Peeled> {
  const { identities: keys, intermediates: certificates, passwords, keyEncryptionKeys } = options;
  const outcome = await decryptEnvelope(envelope, { keys, certificates, passwords, keyEncryptionKeys }, use);
  const layer = { kind: "encryption", type: envelope.type, outcome } as const;
  if (outcome.status === "not-decrypted") return { layers: [...layers, layer], content: null };
  try {
    return await peelInner(layer, { contentType: outcome.contentType, bytes: outcome.content }, layers, options);
  } catch (error) {
    if (!(error instanceof SmimeError)) throw error;
    const { cipher, recipient, recipients } = outcome;
    const failed = { status: "not-decrypted", cipher, recipient, recipients, reason: "decrypt.failed" } as const;
    return { layers: [...layers, { ...layer, outcome: failed }], content: null };
  }
}

async function peelCompressed(
  content: Asn1Reader,
  layers: readonly PeeledLayer[],
  options: PeelOptions,
): Promise<Peeled> {
  const outermost = layers.find((layer): layer is WrappingLayer => layer.type === "compressed-data");
  const inner = await readCompressedData(content, outermost?.compressedSize ?? null);
  return peelWrapping("compressed-data", inner, inner.compressedSize, layers, options);
}

function peelWrapping(
  type: WrappingLayer["type"],
  inner: EncapsulatedContent,
  compressedSize: number | null,
  layers: readonly PeeledLayer[],
  options: PeelOptions,
): Promise<Peeled> {
  return peelInner({ kind: "wrapping", type, covered: inner.bytes, compressedSize }, inner, layers, options);
}

/** What can stand in a layer without a MIME header between (RFC 5652 section 4): the value itself, or a ContentInfo. */
const LAYER_TYPES: ReadonlySet<string> = new Set([
  ContentType.signedData,
  ContentType.envelopedData,
  ContentType.authEnvelopedData,
  ContentType.compressedData,
  ContentType.digestedData,
]);

/** What a layer holds: a MIME entity for id-data (RFC 8551 section 3.1), or a content type without a MIME header. */
async function peelInner(
  layer: PeeledLayer,
  inner: EncapsulatedContent | null,
  layers: readonly PeeledLayer[],
  options: PeelOptions,
): Promise<Peeled> {
  const all = [...layers, layer];
  if (!inner) return { layers: all, content: null };
  const { contentType } = inner;
  if (contentType === Ess.receipt && layer.kind === "signature") {
    return { layers: all, content: null, receipt: readReceipt(inner.bytes, layer.signers) };
  }
  if (contentType !== ContentType.data && !LAYER_TYPES.has(contentType)) {
    if (layer.kind !== "signature") throw new SmimeError("unsupported.content-type", { oid: contentType });
    return { layers: [...layers, { ...layer, foreignContent: contentType }], content: null };
  }
  // Some programs put CMS directly inside CMS, under id-data and without the MIME header between.
  if (startsLikeCms(inner.bytes)) return peelContentInfo(readContentInfo(inner.bytes), all, inside(options));
  if (contentType === ContentType.data) return continuePeeling(parseEntity(inner.bytes), all, inside(options));
  return peelContentInfo({ contentType, content: new Asn1Reader(inner.bytes, "ber") }, all, inside(options));
}

/** SEQUENCE, and an OBJECT IDENTIFIER in PKCS#7's arc: no MIME header begins like this. */
const PKCS7_ARC = Uint8Array.of(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01);
const LONGEST_HEADER = 12;

export function startsLikeCms(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x30) return false;
  for (let offset = 2; offset < LONGEST_HEADER; offset++) {
    if (bytes[offset] === 0x06 && equalBytes(bytes.subarray(offset + 2, offset + 2 + PKCS7_ARC.length), PKCS7_ARC)) {
      return true;
    }
  }
  return false;
}

function checkLayers(layers: readonly PeeledLayer[]): void {
  if (layers.length >= MAX_SMIME_LAYERS) throw new SmimeError("limit.exceeded", { limit: "smime-layers" });
}
