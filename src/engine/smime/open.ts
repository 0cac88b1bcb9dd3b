import type { KeyEncryptionKey } from "../cms/recipients/key-encryption-key.ts";
import { SmimeError } from "../errors.ts";
import type { Entity } from "../mime/entity.ts";
import type { HeaderOwner } from "../mime/header-field.ts";
import { parseMessage } from "../mime/parse.ts";
import { isObsoleteCipher } from "../primitives/cipher-registry.ts";
import { withMessageEvidence } from "../revocation/message-evidence.ts";
import { NO_REVOCATION } from "../revocation/revocation-policy.ts";
import type { LayerVerdict, MessageVerdict } from "../verdicts.ts";
import type { Certificate } from "../x509/certificate.ts";
import { hasPemBlock, readBareBase64, readFileText, readPemBlocks } from "../x509/pem.ts";
import type { Receipt } from "./ess/receipt.ts";
import type { Identity } from "./identity.ts";
import { type SenderClaim, type TrustOptions, judgeSigner, signersBudget } from "./judge-signer.ts";
import type { PeeledLayer } from "./layer.ts";
import { type MessageHeader, isStructural, readMessageHeader } from "./message-header.ts";
import { type NestedPart, findNestedParts } from "./nested-parts.ts";
import { messageNotes } from "./notes.ts";
import { type ContentPart, contentParts } from "./content-parts.ts";
import { type SignedCore, signedCore } from "./partly-signed.ts";
import { type Peeled, type PeelOptions, peelCms, peelEntity, startsLikeCms } from "./peel.ts";
import { type ProtectedHeader, readProtectedHeader } from "./protected-header.ts";
import { messageVerdict } from "./verdict.ts";

export interface OpenOptions extends TrustOptions {
  readonly identities: readonly Identity[];
  readonly intermediates: readonly Certificate[];
  /** What the user gave for messages that are encrypted by a password, and keys shared with the sender before. */
  readonly passwords?: readonly string[];
  readonly keyEncryptionKeys?: readonly KeyEncryptionKey[];
  /** For a bare signature: the content that it stands beside. */
  readonly detachedContent?: Uint8Array;
  /** Also open S/MIME entities below the root, each on its own. */
  readonly nested?: boolean;
}

/** A message, opened and judged. */
export interface OpenedMessage {
  /** Outermost first. */
  readonly layers: readonly LayerVerdict[];
  readonly verdict: MessageVerdict;
  /** The innermost entity; `null` where it could not be reached. */
  readonly content: Entity | null;
  /** As the message shows it outside; what any server on the way may have written. */
  readonly outerHeader: MessageHeader;
  /** As it stands inside the layers (RFC 9788); `null` where none is protected. */
  readonly protectedHeader: MessageHeader | null;
  /** What the message is instead of having a text: a signed receipt (RFC 2634 section 2.8), not yet compared. */
  readonly receipt: Receipt | null;
  /** How it is protected, and all of its fields. */
  readonly headerProtection: ProtectedHeader | null;
  /** What is shown as the message: `content`, or the message that older programs wrap in it (RFC 9788 section 4.10). */
  readonly body: Entity | null;
  /** Leaf parts of `body`. */
  readonly parts: readonly ContentPart[];
  /** A signed part with other text around it, opened without any key; its verdict is that part's alone. */
  readonly signedCore: (SignedCore & { readonly opened: OpenedMessage }) | null;
  /** S/MIME entities that are not at the root: they say nothing about the message. */
  readonly nested: readonly NestedPart[];
}

const NO_HEADER: HeaderOwner = { header: [] };

/**
 * Opens a message file: takes off its S/MIME layers, decrypts and verifies, and gives its verdict. The input is a
 * message, a MIME entity, an mbox of one message, or a bare CMS object in DER, BER or PEM.
 *
 * @throws {SmimeError} where the file cannot be read; what is wrong with its signers or keys is in the verdict
 */
export async function openMessage(input: Uint8Array, options: OpenOptions): Promise<OpenedMessage> {
  const peelOptions = peelOptionsOf(options, options.detachedContent ?? null);
  const cms = bareCms(input);
  if (cms) return judge(await peelCms(cms, peelOptions), NO_HEADER, options);
  const message = parseMessage(input);
  const opened = await judge(await peelEntity(message, peelOptions), message, options);
  return opened.layers.length > 0 ? opened : withSignedCore(opened, message, options);
}

/** Looks for a signed part in a message that is no S/MIME itself; its signer is compared with the message's From. */
async function withSignedCore(opened: OpenedMessage, message: Entity, options: OpenOptions): Promise<OpenedMessage> {
  const core = signedCore(message, message);
  if (!core) return opened;
  const keyless = { ...options, identities: [], passwords: [], keyEncryptionKeys: [], nested: false };
  try {
    const part = await judge(await peelEntity(core.entity, peelOptionsOf(keyless, null)), message, keyless);
    const note = core.surroundedBy === "mailing-list" ? "mailing-list-text" : "partly-signed";
    const verdict = { ...opened.verdict, reasons: [...opened.verdict.reasons, note] };
    return { ...opened, verdict, signedCore: { ...core, opened: part } };
  } catch (error) {
    // A part that cannot be read is an attachment like others.
    if (error instanceof SmimeError) return opened;
    throw error;
  }
}

/** Opens an entity that stands inside a message, on its own: with its own header and nothing from around it. */
export async function openEntity(entity: Entity, options: OpenOptions): Promise<OpenedMessage> {
  return judge(await peelEntity(entity, peelOptionsOf(options, null)), entity, options);
}

function peelOptionsOf(options: OpenOptions, detachedContent: Uint8Array | null): PeelOptions {
  const { identities, intermediates, passwords = [], keyEncryptionKeys = [] } = options;
  return { identities, intermediates, passwords, keyEncryptionKeys, detachedContent };
}

/** The octets of a CMS object that stands alone; `null` for a message. */
function bareCms(input: Uint8Array): Uint8Array | null {
  if (startsLikeCms(input)) return input;
  // "-----BEGIN" cannot begin a header field, and armour in a body is text.
  const start = readFileText(input.subarray(0, 64));
  if (!hasPemBlock(start)) return bareBase64(input, start);
  // The label is CMS or PKCS7 (RFC 7468 sections 8 and 9), or what gpgsm writes; the octets tell.
  return readPemBlocks(input).find(({ der }) => startsLikeCms(der))?.der ?? null;
}

/** As mail programs save the body of an S/MIME part. A header field has a colon, which base64 has not. */
function bareBase64(input: Uint8Array, start: string): Uint8Array | null {
  if (!/^\s*MI[\w+/=\s]*$/.test(start)) return null;
  const octets = readBareBase64(readFileText(input));
  return octets && startsLikeCms(octets) ? octets : null;
}

async function judge(peeled: Peeled, outer: HeaderOwner, options: OpenOptions): Promise<OpenedMessage> {
  const outerHeader = readMessageHeader(outer);
  const protection = peeled.layers.length > 0 && peeled.content ? readProtectedHeader(peeled.content, outer) : null;
  const innerHeader = protection && readMessageHeader(protection);
  const claim = senderClaim(outerHeader, innerHeader, isBareEntity(outer));
  const layers = await Promise.all(peeled.layers.map((layer) => judgeLayer(layer, claim, options)));
  const { content } = peeled;
  const body = protection?.body ?? content;
  const notes = messageNotes(layers, { content, outer: outerHeader, inner: innerHeader, protection }, options.at);
  const verdict = messageVerdict(layers, { notes });
  return {
    layers,
    verdict,
    content,
    outerHeader,
    protectedHeader: innerHeader,
    receipt: peeled.receipt ?? null,
    headerProtection: protection,
    body,
    parts: body ? contentParts(body, layers, verdict, protection) : [],
    signedCore: null,
    nested: body ? await findNestedParts(body, options, openEntity) : [],
  };
}

/**
 * A bare entity has no From outside: then the protected one is all there is to compare. A message has to have one; what
 * a webmail shows in its place, Sender say, is not what was signed (attack 18).
 */
function senderClaim(outer: MessageHeader, inner: MessageHeader | null, isBare: boolean): SenderClaim {
  return {
    from: isBare && inner ? inner.fromAddresses : outer.fromAddresses,
    sender: outer.sender[0]?.address ?? null,
    protectedFrom: inner && inner.fromAddresses !== "missing" ? inner.fromAddresses : null,
  };
}

function isBareEntity({ header }: HeaderOwner): boolean {
  return header.every(isStructural);
}

async function judgeLayer(layer: PeeledLayer, claim: SenderClaim, options: TrustOptions): Promise<LayerVerdict> {
  if (layer.kind === "signature") {
    const { type, covered, isMalformed, certificates, foreignContent } = layer;
    const budget = signersBudget(layer.signers.length);
    const revocation = withMessageEvidence(options.revocation ?? NO_REVOCATION, layer);
    const judged = layer.signers.map((signer) =>
      judgeSigner(signer, certificates, claim, { ...options, revocation, budget }),
    );
    const verdict = { type, covered, isMalformed, signers: await Promise.all(judged) };
    if (judged.length === 0) return { ...verdict, certificates: certificates.map(({ der }) => der) };
    return foreignContent === undefined ? verdict : { ...verdict, foreignContent };
  }
  if (layer.kind === "wrapping") return { type: layer.type, covered: layer.covered };
  const { outcome, type } = layer;
  const { cipher, recipient, recipients } = outcome;
  if (outcome.status === "not-decrypted") {
    const reasons = [outcome.reason];
    return { type, cipher, recipient, recipients, covered: null, isAuthenticated: false, reasons };
  }
  const reasons = [
    ...(outcome.isNonStandard ? (["gcm-in-enveloped-data"] as const) : []),
    ...(isObsoleteCipher(cipher) ? (["obsolete-cipher"] as const) : []),
  ];
  const { isAuthenticated, content } = outcome;
  return { type, cipher, recipient, recipients, covered: content, isAuthenticated, reasons };
}
