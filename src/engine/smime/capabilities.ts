import { Attribute, Cipher } from "../asn1/oids.ts";
import { contextConstructed } from "../asn1/tag.ts";
import { type Der, constructed, encoded, integer, oid, sequence } from "../asn1/writer.ts";
import { attribute } from "../cms/attribute.ts";
import type { Certificate } from "../x509/certificate.ts";

/**
 * What we can read, the preferred first (RFC 8551 section 2.5.2). AES-GCM is not among them: the same person reads
 * the same mail in Outlook or Thunderbird, which cannot, and a setting may say otherwise later.
 */
const CAPABILITIES = [Cipher.aes256Cbc, Cipher.aes192Cbc, Cipher.aes128Cbc] as const;

/** `SMIMECapabilities ::= SEQUENCE OF SMIMECapability`, each `SEQUENCE { capabilityID OBJECT IDENTIFIER, … }` */
export function smimeCapabilities(): Der {
  return attribute(
    Attribute.smimeCapabilities,
    sequence(...CAPABILITIES.map((capability) => sequence(oid(capability)))),
  );
}

/**
 * `SMIMEEncryptionKeyPreference ::= CHOICE { issuerAndSerialNumber [0] IssuerAndSerialNumber, … }` (RFC 8551 section
 * 2.5.3): which certificate answers are to be encrypted to.
 */
export function smimeEncryptionKeyPreference({ issuer, serialNumber }: Certificate): Der {
  const preference = constructed(contextConstructed(0), encoded(issuer.der), integer(serialNumber));
  return attribute(Attribute.smimeEncryptionKeyPreference, preference);
}
