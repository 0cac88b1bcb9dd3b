import { ContentType } from "../asn1/oids.ts";
import type { Asn1Reader } from "../asn1/reader.ts";
import { readContentInfo } from "../cms/content-info.ts";
import type { EncapsulatedContent } from "../cms/encapsulated-content.ts";
import { NO_REVOCATION_INFO } from "../cms/revocation-info.ts";
import { type SignedData, readSignedData } from "../cms/signed-data.ts";
import { type VerifiedSigner, signedContent, verifySigner } from "../cms/verify-signer.ts";
import { SmimeError } from "../errors.ts";
import { canonicalLineEnds } from "../mime/canonical.ts";
import type { Entity } from "../mime/entity.ts";
import type { InvalidReason } from "../verdicts.ts";
import type { Certificate } from "../x509/certificate.ts";
import type { SignatureLayer } from "./layer.ts";

interface Options {
  readonly intermediates: readonly Certificate[];
  readonly detachedContent: Uint8Array | null;
}

/**
 * Verifies a multipart/signed (RFC 8551 section 3.5.3). A signature part that cannot be read makes the layer
 * malformed, and the text stays readable; one that carries a content of its own makes every signer invalid, since
 * nobody can tell which of the two texts was meant (attack 1).
 */
export async function verifyMultipartSigned(
  signed: Entity,
  signature: Uint8Array,
  options: Options,
): Promise<SignatureLayer> {
  const data = readSignature(signature);
  if (!data) return { ...EMPTY_LAYER, covered: signed.bytes, isMalformed: true };
  const { covered, signers } = await verifyText(data, signed.bytes, options.intermediates);
  const { certificates, revocationInfo } = data;
  return { ...EMPTY_LAYER, covered, certificates, revocationInfo, signers: signers.map(judgeContent(data)) };
}

/** What is wrong with all signers of a text that stands beside their SignedData. */
function judgeContent(data: SignedData): (signer: VerifiedSigner) => VerifiedSigner {
  if (data.eContent !== null) return invalidFor("two-contents");
  // RFC 8551 section 3.5.3.2 has id-data here: what was signed as something else, a time stamp say, is no text.
  if (data.eContentType !== ContentType.data) return invalidFor("content-type-mismatch");
  return (signer) => signer;
}

function invalidFor(reason: InvalidReason): (signer: VerifiedSigner) => VerifiedSigner {
  return (signer) => ({ ...signer, integrity: { status: "invalid", reason } });
}

const EMPTY_LAYER: SignatureLayer = {
  kind: "signature",
  type: "multipart-signed",
  covered: null,
  signers: [],
  certificates: [],
  revocationInfo: NO_REVOCATION_INFO,
  isMalformed: false,
};

function readSignature(octets: Uint8Array): SignedData | null {
  try {
    const info = readContentInfo(octets);
    return info.contentType === ContentType.signedData ? readSignedData(info.content) : null;
  } catch (error) {
    if (error instanceof SmimeError) return null;
    throw error;
  }
}

/**
 * Verifies the signers over the text as it stands, and where a line end in it is not CRLF also over its canonical
 * form, which is what was signed before a file or a server changed the line ends (RFC 8551 section 3.1.1).
 */
async function verifyText(
  data: SignedData,
  text: Uint8Array,
  intermediates: readonly Certificate[],
): Promise<{ covered: Uint8Array; signers: VerifiedSigner[] }> {
  const exact = await verifySigners(data, text, intermediates);
  if (exact.some(({ integrity }) => integrity.status === "valid")) return { covered: text, signers: exact };
  const canonical = canonicalLineEnds(text);
  if (canonical === text) return { covered: text, signers: exact };
  const signers = await verifySigners(data, canonical, intermediates);
  const fits = signers.some(({ integrity }) => integrity.status === "valid");
  return { covered: canonical, signers: fits ? signers : exact };
}

async function verifySigners(
  data: SignedData,
  bytes: Uint8Array | null,
  intermediates: readonly Certificate[],
): Promise<VerifiedSigner[]> {
  const content = bytes && signedContent(data.eContentType, bytes);
  const certificates = [...data.certificates, ...intermediates];
  return Promise.all(data.signerInfos.map((signerInfo) => verifySigner(signerInfo, content, certificates)));
}

/**
 * Verifies a SignedData that carries its content, or stands beside `detachedContent`; with neither, nothing is known of
 * its signers but who they claim to be.
 *
 * @throws {SmimeError} `malformed.cms`
 */
export async function verifyAttached(
  content: Asn1Reader,
  options: Options,
): Promise<{ layer: SignatureLayer; inner: EncapsulatedContent | null }> {
  const data = readSignedData(content);
  const { certificates, revocationInfo } = data;
  const base = { ...EMPTY_LAYER, type: "signed-data", certificates, revocationInfo } as const;
  if (data.eContent) {
    const signers = await verifySigners(data, data.eContent, options.intermediates);
    const inner = { contentType: data.eContentType, bytes: data.eContent };
    // Asked about another content, the answer must not be about this one (attack 1).
    const judged = options.detachedContent ? signers.map(invalidFor("two-contents")) : signers;
    return { layer: { ...base, covered: data.eContent, signers: judged }, inner };
  }
  if (!options.detachedContent) {
    return { layer: { ...base, signers: await verifySigners(data, null, options.intermediates) }, inner: null };
  }
  const { covered, signers } = await verifyText(data, options.detachedContent, options.intermediates);
  return { layer: { ...base, covered, signers }, inner: { contentType: data.eContentType, bytes: covered } };
}
