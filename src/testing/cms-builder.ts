import { createHash } from "node:crypto";
import { algorithmIdentifier } from "../engine/asn1/algorithm-identifier.ts";
import { Attribute, ContentType, Digest, PublicKey } from "../engine/asn1/oids.ts";
import {
  constructed,
  type Der,
  encode,
  encoded,
  explicit,
  implicitPrimitive,
  integer,
  octetString,
  oid,
  sequence,
  setOf,
  smallInteger,
  time,
} from "../engine/asn1/writer.ts";
import type { TestCertificate } from "./certificate-builder.ts";
import { TEST_TIME } from "./certificate-builder.ts";
import { signatureAlgorithmOf, type SigningDigest, signTbs } from "./certificate-signature.ts";
import { keyIdentifier } from "./extension-values.ts";

const DIGESTS: Readonly<Record<SigningDigest, string>> = {
  md5: Digest.md5,
  "sha-1": Digest.sha1,
  "sha-256": Digest.sha256,
  "sha-384": Digest.sha384,
  "sha-512": Digest.sha512,
};

/** How a SignerInfo is to be, and above all how it is to be wrong. What is left out is as it should be. */
export interface SignerRecipe {
  readonly signer: TestCertificate;
  readonly digest?: SigningDigest;
  /** The certificate that sid names, where it is not the signer's. */
  readonly sidOf?: TestCertificate;
  readonly sid?: Der | "key-identifier";
  readonly digestAlgorithm?: Der;
  readonly signatureAlgorithm?: Der;
  /** The content that messageDigest is made of. */
  readonly digestOf?: Uint8Array;
  readonly contentType?: string;
  readonly signingTime?: Date;
  /** Signed attributes: added to the four usual ones, none at all, or exactly these. */
  readonly added?: readonly Der[];
  readonly attributes?: readonly Der[] | null;
  /** The signedAttrs as they are to stand in the structure, `[0]` and all, and signed under the tag of SET OF. */
  readonly rawAttributes?: Uint8Array;
  readonly signature?: Uint8Array;
}

export function digestOf(bytes: Uint8Array, digest: SigningDigest = "sha-256"): Uint8Array {
  return new Uint8Array(createHash(digest.replace("-", "")).update(bytes).digest());
}

export function attributeOf(type: string, ...values: readonly Der[]): Der {
  return sequence(oid(type), setOf(values));
}

/** contentType, messageDigest and signingTime, as a careful sender writes them. */
export function usualAttributes(content: Uint8Array, recipe: SignerRecipe): Der[] {
  const digest = recipe.digest ?? "sha-256";
  return [
    attributeOf(Attribute.contentType, oid(recipe.contentType ?? ContentType.data)),
    attributeOf(Attribute.messageDigest, octetString(digestOf(recipe.digestOf ?? content, digest))),
    attributeOf(Attribute.signingTime, time(recipe.signingTime ?? TEST_TIME)),
  ];
}

/** `[0] IMPLICIT SET OF` in DER, as it stands in a SignerInfo. */
export function signedAttrs(attributes: readonly Der[]): Uint8Array {
  return encode(setOf(attributes, 0xa0));
}

function digestAlgorithm(digest: string): Der {
  return algorithmIdentifier(digest, "absent");
}

/** Signed by node's OpenSSL, so that nothing of what is tested here takes part. */
export function signerInfo(content: Uint8Array, recipe: SignerRecipe): Der {
  const { signer, digest = "sha-256" } = recipe;
  const attributes = recipe.attributes ?? [...usualAttributes(content, recipe), ...(recipe.added ?? [])];
  const raw = recipe.rawAttributes ?? (recipe.attributes === null ? null : signedAttrs(attributes));
  const signed = raw ? Uint8Array.of(0x31, ...raw.subarray(1)) : content;
  const isEc = signer.privateKey.asymmetricKeyType === "ec";
  return sequence(
    smallInteger(recipe.sid === "key-identifier" ? 3 : 1),
    sidOf(recipe),
    recipe.digestAlgorithm ?? digestAlgorithm(DIGESTS[digest]),
    raw && encoded(raw),
    recipe.signatureAlgorithm ??
      (isEc ? signatureAlgorithmOf(signer.privateKey, digest) : algorithmIdentifier(PublicKey.rsaEncryption, "null")),
    octetString(recipe.signature ?? signTbs(signer.privateKey, digest, signed)),
  );
}

function sidOf({ sid, sidOf: named, signer }: SignerRecipe): Der {
  const { certificate } = named ?? signer;
  if (sid === "key-identifier") return implicitPrimitive(0, keyIdentifier(certificate.spki));
  return sid ?? sequence(encoded(certificate.issuer.der), integer(certificate.serialNumber));
}

export interface SignedDataRecipe {
  /** What the signers sign. */
  readonly content: Uint8Array;
  /** What stands in the structure: the content, another one, or none. */
  readonly eContent: "attached" | "detached" | Uint8Array;
  readonly eContentType?: string;
  readonly signers: readonly SignerRecipe[];
  /** By default those of the signers. */
  readonly certificates?: readonly TestCertificate[];
  /** RevocationInfoChoices in DER: CRLs as they are. */
  readonly revocationInfo?: readonly Uint8Array[];
  /** SignerInfos made elsewhere. */
  readonly signerInfos?: readonly Der[];
}

/** A ContentInfo with SignedData. */
export function signedData(recipe: SignedDataRecipe): Uint8Array {
  const { content, eContent, signers } = recipe;
  const certificates = recipe.certificates ?? signers.map(({ signer }) => signer);
  const inside = eContent === "attached" ? content : eContent === "detached" ? null : eContent;
  const infos = [...signers.map((signer) => signerInfo(content, signer)), ...(recipe.signerInfos ?? [])];
  const data = sequence(
    smallInteger(1),
    setOf([...new Set(signers.map(({ digest = "sha-256" }) => DIGESTS[digest]))].map(digestAlgorithm)),
    sequence(oid(recipe.eContentType ?? ContentType.data), inside && explicit(0, octetString(inside))),
    certificates.length === 0 ? null : constructed(0xa0, ...certificates.map(({ der }) => encoded(der))),
    recipe.revocationInfo === undefined ? null : constructed(0xa1, ...recipe.revocationInfo.map(encoded)),
    setOf(infos),
  );
  return encode(sequence(oid(ContentType.signedData), explicit(0, data)));
}
