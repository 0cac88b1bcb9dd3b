import { ContentType } from "../asn1/oids.ts";
import type { Der } from "../asn1/writer.ts";
import type { Pieces } from "../bytes/pieces.ts";
import { type SignOptions, signContent } from "../cms/sign.ts";
import { SmimeError } from "../errors.ts";
import { DIGEST_SIZE, type DigestName } from "../primitives/digest.ts";
import type { CurveName } from "../primitives/named-curve.ts";
import { matchesPublicKey } from "../primitives/private-key.ts";
import { parsePublicKey } from "../primitives/public-key.ts";
import type { SignatureScheme } from "../primitives/signature.ts";
import { isForMail } from "../x509/extended-key-usage.ts";
import { keyUsage } from "../x509/key-usage.ts";
import { smimeCapabilities, smimeEncryptionKeyPreference } from "./capabilities.ts";
import type { SecurityLabel } from "../claims.ts";
import { chainWithoutRoot } from "./chain.ts";
import { receiptRequest, type RequestFields } from "./ess/receipt-request.ts";
import { securityLabel } from "./ess/security-label.ts";
import type { Identity } from "./identity.ts";
import type { ExpectedSigned } from "./self-check.ts";
import { type EntityPieces, multipartSigned, pkcs7Mime } from "./smime-entity.ts";

export interface SigningOptions {
  readonly identity: Identity;
  /** Clear: readable by every program; opaque: what servers cannot change by accident. */
  readonly form: "clear" | "opaque";
  /** By default what suits the key. */
  readonly digest?: DigestName;
  /** For RSA keys; PKCS#1 v1.5 is what every program reads. */
  readonly rsaScheme?: "rsa-pkcs1" | "rsa-pss";
  readonly signingTime: Date;
  /** Asks for signed receipts (RFC 2634 section 2.7). */
  readonly receiptRequest?: Omit<RequestFields, "contentIdentifier"> | null;
  readonly securityLabel?: SecurityLabel;
}

/** What was signed, and what is needed to read it back. */
export interface SignedEntity extends ExpectedSigned {
  readonly entity: EntityPieces;
}

/**
 * Signs an entity as it stands, and gives the signed entity.
 *
 * @throws {SmimeError} `sign.key-mismatch`, `sign.unusable-certificate`
 */
export async function signEntity(payload: Pieces, options: SigningOptions): Promise<SignedEntity> {
  const { identity, receiptRequest: request, securityLabel: label } = options;
  const signed = await signCms(payload, options, {
    contentType: ContentType.data,
    attributes: [
      smimeCapabilities(),
      smimeEncryptionKeyPreference(identity.certificate),
      ...(request ? [receiptRequest({ ...request, contentIdentifier: newContentIdentifier() })] : []),
      ...(label ? [securityLabel(label)] : []),
    ],
  });
  const { der, ...expected } = signed;
  const isClear = options.form === "clear";
  const entity = isClear ? multipartSigned(payload, der, signed.digest) : pkcs7Mime("signed-data", der);
  return { entity, ...expected };
}

/** Octets that no other message has: a receipt for this one is for no other (RFC 2634 section 2.7). */
function newContentIdentifier(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(32));
}

/**
 * Signs octets and gives the CMS object.
 *
 * @throws {SmimeError} as `signEntity`
 */
export async function signCms(
  payload: Pieces,
  options: SigningOptions,
  { contentType, attributes }: Required<Pick<SignOptions, "contentType" | "attributes">>,
): Promise<ExpectedSigned & { readonly der: Der }> {
  const { identity, form } = options;
  const { certificate, key } = identity;
  if (!matchesPublicKey(key, certificate.spki)) throw new SmimeError("sign.key-mismatch");
  checkSigningUsage(identity);
  const scheme = chooseScheme(identity, options);
  const { der, messageDigest } = await signContent(payload, {
    certificate,
    key,
    chain: chainWithoutRoot(certificate, identity.chain),
    scheme,
    signingTime: options.signingTime,
    form: form === "clear" ? "detached" : "attached",
    contentType,
    attributes,
  });
  return { der, payload, digest: scheme.digest, messageDigest };
}

/** RFC 8550 sections 4.4.2 and 4.4.4: digitalSignature or nonRepudiation, and mail, where the extensions are present. */
function checkSigningUsage({ certificate }: Identity): void {
  if (!isForMail(certificate)) throw new SmimeError("sign.unusable-certificate", { reason: "extended-key-usage" });
  const usages = keyUsage(certificate);
  if (usages && !usages.has("digitalSignature") && !usages.has("nonRepudiation")) {
    throw new SmimeError("sign.unusable-certificate", { reason: "key-usage" });
  }
}

/**
 * RFC 8551 section 2.2. A key under id-RSASSA-PSS signs with PSS, asked for or not, and within what its parameters allow
 * (RFC 4055 section 1.2). A PSS salt is as long as the digest, since gpgsm refuses others (RFC 4056 section 3).
 */
function chooseScheme({ certificate, key }: Identity, { digest, rsaScheme }: SigningOptions): SignatureScheme {
  switch (key.curve) {
    case null:
      break;
    // RFC 8419 section 3 fixes the digest.
    case "Ed25519":
      return { kind: "ed25519", digest: "sha-512" };
    case "Ed448":
      return { kind: "ed448", digest: "shake256" };
    case "X25519":
    case "X448":
      throw new SmimeError("sign.unusable-certificate", { reason: "key-type" });
    default:
      return { kind: "ecdsa", digest: digest ?? CURVE_DIGESTS[key.curve] };
  }
  const publicKey = parsePublicKey(certificate.spki);
  const restriction = publicKey?.type === "rsa" ? publicKey.pssRestriction : null;
  const isPssOnly = publicKey?.type === "rsa" && publicKey.use === "pss";
  const chosen = digest ?? restriction?.digest ?? "sha-256";
  if (rsaScheme !== "rsa-pss" && !isPssOnly) return { kind: "rsa-pkcs1", digest: chosen };
  return { kind: "rsa-pss", digest: chosen, saltLength: Math.max(DIGEST_SIZE[chosen], restriction?.saltLength ?? 0) };
}

/** As strong as the curve (RFC 5753 section 8). */
const CURVE_DIGESTS: Readonly<Record<CurveName, DigestName>> = {
  "P-256": "sha-256",
  "P-384": "sha-384",
  "P-521": "sha-512",
  brainpoolP256r1: "sha-256",
  brainpoolP384r1: "sha-384",
  brainpoolP512r1: "sha-512",
  secp256k1: "sha-256",
};
