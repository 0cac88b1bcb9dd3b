import { toHex } from "../engine/bytes/hex.ts";
import { SmimeError } from "../engine/errors.ts";
import { canonicalLineEnds } from "../engine/mime/canonical.ts";
import { decodeTransfer } from "../engine/mime/transfer-encoding.ts";
import { digest } from "../engine/primitives/digest.ts";
import type { ContentPart } from "../engine/smime/content-parts.ts";
import type { NestedPart } from "../engine/smime/nested-parts.ts";
import type { OpenedMessage } from "../engine/smime/open.ts";
import { fieldStatuses } from "../engine/smime/protected-header.ts";
import type { SecurityLabel, SignerClaims } from "../engine/claims.ts";
import type { CounterSignature, LayerVerdict, RevocationVerdict, SignerVerdict } from "../engine/verdicts.ts";
import { describeError } from "./failure.ts";

interface Fingerprint {
  /** In octets. */
  readonly size: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/** What `signet open` prints of a message: the names are the contract of cli.md. */
export async function describeOpened(opened: OpenedMessage): Promise<object> {
  const { content, verdict } = opened;
  return {
    layers: await Promise.all(opened.layers.map(describeLayer)),
    verdict: {
      signature: verdict.signature,
      encryption: verdict.encryption,
      sender: verdict.sender,
      reasons: verdict.reasons,
    },
    header: describeHeader(opened),
    content: content && { type: content.contentType.type, ...(await fingerprint(textForm(content.bytes))) },
    signedCore: opened.signedCore && (await describeSignedCore(opened.signedCore)),
    nested: await Promise.all(opened.nested.map(describeNested)),
    parts: await Promise.all(opened.parts.map(describePart)),
  };
}

/** The protected header fields (RFC 9788), each with what holds for it; `null` where none are protected. */
function describeHeader({ headerProtection, layers, verdict }: OpenedMessage): object | null {
  if (!headerProtection) return null;
  const { scheme, intent } = headerProtection;
  const isSigned = verdict.signature === "valid" || verdict.signature === "valid-revocation-unknown";
  const isEncrypted = layers.some((layer) => !("signers" in layer));
  return { scheme, intent, fields: fieldStatuses(headerProtection, { isSigned, isEncrypted }) };
}

async function describeLayer(layer: LayerVerdict): Promise<object> {
  const covers = layer.covered && (await fingerprint(textForm(layer.covered)));
  if ("signers" in layer) return { type: layer.type, covers, signers: layer.signers.map(describeSigner) };
  if (!("cipher" in layer)) return { type: layer.type, covers };
  const { type, cipher, recipient, recipients, reasons } = layer;
  return { type, cipher, recipient, covers, recipients, reasons };
}

function describeSigner(signer: SignerVerdict): object {
  const { subject, emails, issuer, serial, digest: digestName, signature, signingTime } = signer;
  return {
    subject,
    emails,
    issuer,
    serial,
    digest: digestName,
    signature,
    signingTime: signingTime && isoTime(signingTime),
    integrity: signer.integrity,
    path: withoutNull(signer.path),
    revocation: describeRevocation(signer.revocation),
    sender: withoutNull(signer.sender),
    weaknesses: signer.weaknesses,
    claims: describeClaims(signer.claims),
    counterSignatures: signer.counterSignatures.map(describeCounterSignature),
  };
}

function describeCounterSignature({ signingTime, ...counter }: CounterSignature): object {
  return { ...counter, signingTime: signingTime && isoTime(signingTime) };
}

function describeRevocation(revocation: RevocationVerdict): object {
  return revocation.status === "revoked" ? { ...revocation, at: isoTime(revocation.at) } : revocation;
}

/** What the signer says beside; octets in hexadecimal. */
function describeClaims({ capabilities, receiptRequest, securityLabel, ...claims }: SignerClaims): object {
  const label = (found: SecurityLabel): object => ({
    ...found,
    categories: found.categories.map(({ type, value }) => ({ type, value: toHex(value) })),
  });
  return {
    capabilities:
      capabilities?.map(({ oid, parameters }) => ({ oid, parameters: parameters && toHex(parameters) })) ?? null,
    receiptRequest: receiptRequest && {
      from: receiptRequest.from,
      to: receiptRequest.to,
      contentIdentifier: toHex(receiptRequest.message.contentIdentifier),
    },
    securityLabel: securityLabel && label(securityLabel),
    equivalentLabels: claims.equivalentLabels.map(label),
    mailingLists: claims.mailingLists.map(({ list, at, receipts }) => ({ list, at: isoTime(at), receipts })),
  };
}

async function describeSignedCore({ entity, surroundedBy, list, opened }: NonNullable<OpenedMessage["signedCore"]>) {
  return { path: entity.path, surroundedBy, list, ...(await describeOpened(opened)) };
}

function withoutNull(verdict: object): object {
  return Object.fromEntries(Object.entries(verdict).filter(([, value]) => value !== null));
}

function isoTime(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, "Z");
}

async function describeNested({ path, type, opened }: NestedPart): Promise<object> {
  if (opened === null) return { path, type };
  if (opened instanceof SmimeError) return { path, type, error: describeError(opened) };
  return { path, type, error: null, ...(await describeOpened(opened)) };
}

async function describePart({ entity, covered }: ContentPart): Promise<object> {
  const { path, contentType, disposition } = entity;
  const octets = decodeTransfer(entity);
  const isText = contentType.type.startsWith("text/") || contentType.type === "message/rfc822";
  return {
    path,
    type: contentType.type,
    name: disposition.filename,
    ...(await fingerprint(isText ? canonicalLineEnds(octets) : octets)),
    covered,
  };
}

/** Text in its canonical form, so that it is the same whatever line ends a file was saved with; else as it stands. */
function textForm(bytes: Uint8Array): Uint8Array {
  return bytes.includes(0) ? bytes : canonicalLineEnds(bytes);
}

async function fingerprint(bytes: Uint8Array): Promise<Fingerprint> {
  return { size: bytes.length, sha256: toHex(await digest("sha-256", bytes)) };
}
