import { constants, createCipheriv, createPublicKey, publicEncrypt, randomBytes } from "node:crypto";
import { algorithmIdentifier } from "../engine/asn1/algorithm-identifier.ts";
import { Cipher, ContentType, PublicKey } from "../engine/asn1/oids.ts";
import {
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
} from "../engine/asn1/writer.ts";
import { contextConstructed } from "../engine/asn1/tag.ts";
import type { TestCertificate } from "./certificate-builder.ts";
import { keyIdentifier } from "./extension-values.ts";

/** How an envelope is to be, and how it is to be wrong. What is left out is as it should be. */
export interface EnvelopeRecipe {
  readonly content: Uint8Array;
  /** With an RSA key. */
  readonly recipient: TestCertificate;
  readonly cipher?: "aes-256-cbc" | "aes-256-gcm";
  /** By default what belongs to the cipher. */
  readonly type?: "enveloped-data" | "authenveloped-data";
  readonly contentType?: string;
  readonly rid?: "issuer-serial" | "key-identifier";
  /** The RSA block before encryption, or the encrypted key as it is. */
  readonly encryptedKey?: Uint8Array;
  /** GCM: octets of the tag that is sent, and what the parameters say. */
  readonly tagLength?: number;
  readonly statedTagLength?: number | "default";
  /** Authenticated attributes, under which tag, and whether they are fed to the cipher. */
  readonly authAttrs?: { readonly attributes: readonly Der[]; readonly tag: 1 | 2; readonly areFed: boolean };
  /** Changes the ciphertext, or the tag of GCM, after encryption. */
  readonly alter?: (octets: Uint8Array) => Uint8Array;
  readonly alterTag?: (octets: Uint8Array) => Uint8Array;
  /** How often the RecipientInfo stands in the structure. */
  readonly copies?: number;
}

const same = (octets: Uint8Array): Uint8Array => octets;

/** A ContentInfo with EnvelopedData or AuthEnvelopedData, encrypted by node's OpenSSL. */
export function envelope(recipe: EnvelopeRecipe): Uint8Array {
  const { content, cipher = "aes-256-cbc", alter = same, alterTag = same } = recipe;
  const isGcm = cipher === "aes-256-gcm";
  const isAuthEnveloped = (recipe.type ?? (isGcm ? "authenveloped-data" : "enveloped-data")) === "authenveloped-data";
  const key = randomBytes(32);
  const iv = randomBytes(isGcm ? 12 : 16);
  const attributes = recipe.authAttrs && encode(setOf(recipe.authAttrs.attributes));
  const { ciphertext, tag: gcmTag } = isGcm ? gcm(key, iv, content, recipe, attributes) : cbc(key, iv, content);
  const altered = alter(ciphertext);
  const mac = alterTag(gcmTag);
  const info = sequence(
    oid(recipe.contentType ?? ContentType.data),
    algorithmIdentifier(
      isGcm ? Cipher.aes256Gcm : Cipher.aes256Cbc,
      isGcm ? gcmParameters(iv, recipe) : octetString(iv),
    ),
    implicitPrimitive(0, isGcm && !isAuthEnveloped ? Uint8Array.of(...altered, ...mac) : altered),
  );
  const recipientInfo = keyTrans(recipe, key);
  const tag = contextConstructed(recipe.authAttrs?.tag === 2 ? 2 : 1);
  const fields = [
    smallInteger(0),
    setOf(Array.from({ length: recipe.copies ?? 1 }, () => recipientInfo)),
    info,
    attributes ? encoded(Uint8Array.of(tag, ...attributes.subarray(1))) : null,
    isAuthEnveloped ? octetString(mac) : null,
  ];
  const type = isAuthEnveloped ? ContentType.authEnvelopedData : ContentType.envelopedData;
  return encode(sequence(oid(type), explicit(0, sequence(...fields))));
}

interface Ciphertext {
  readonly ciphertext: Uint8Array;
  readonly tag: Uint8Array;
}

function cbc(key: Uint8Array, iv: Uint8Array, content: Uint8Array): Ciphertext {
  const cipher = createCipheriv("aes-256-cbc", key, iv);
  return { ciphertext: Buffer.concat([cipher.update(content), cipher.final()]), tag: new Uint8Array(0) };
}

function gcm(
  key: Uint8Array,
  iv: Uint8Array,
  content: Uint8Array,
  { tagLength = 16, authAttrs }: EnvelopeRecipe,
  attributes: Uint8Array | undefined,
): Ciphertext {
  const cipher = createCipheriv("aes-256-gcm", key, iv, { authTagLength: tagLength });
  if (attributes && authAttrs?.areFed) cipher.setAAD(attributes);
  const ciphertext = Buffer.concat([cipher.update(content), cipher.final()]);
  return { ciphertext, tag: new Uint8Array(cipher.getAuthTag()) };
}

function gcmParameters(iv: Uint8Array, { tagLength = 16, statedTagLength = tagLength }: EnvelopeRecipe): Der {
  return sequence(octetString(iv), statedTagLength === "default" ? null : smallInteger(statedTagLength));
}

function keyTrans({ recipient, rid, encryptedKey }: EnvelopeRecipe, key: Uint8Array): Der {
  const { certificate } = recipient;
  const byKey = rid === "key-identifier";
  return sequence(
    smallInteger(byKey ? 2 : 0),
    byKey
      ? implicitPrimitive(0, keyIdentifier(certificate.spki))
      : sequence(encoded(certificate.issuer.der), integer(certificate.serialNumber)),
    algorithmIdentifier(PublicKey.rsaEncryption, "null"),
    octetString(encryptedKey ?? encryptRsa(recipient, key)),
  );
}

/** RSA PKCS#1 v1.5 of a key, or RSA of a block as it is. */
export function encryptRsa(
  recipient: TestCertificate,
  octets: Uint8Array,
  padding: "pkcs1" | "none" = "pkcs1",
): Uint8Array {
  const chosen = padding === "pkcs1" ? constants.RSA_PKCS1_PADDING : constants.RSA_NO_PADDING;
  return new Uint8Array(publicEncrypt({ key: createPublicKey(recipient.privateKey), padding: chosen }, octets));
}
