import { Attribute as AttributeType, Cipher } from "../asn1/oids.ts";
import { Asn1Reader } from "../asn1/reader.ts";
import { contextConstructed, contextPrimitive } from "../asn1/tag.ts";
import { type Der, constructed, encoded, integer, oid, sequence } from "../asn1/writer.ts";
import { type Attribute, attribute, singleValue, whereReadable } from "../cms/attribute.ts";
import { type CertificateIdentifier, identifies, readIssuerAndSerialNumber } from "../cms/certificate-identifier.ts";
import type { Capability } from "../claims.ts";
import type { Certificate } from "../x509/certificate.ts";

/**
 * What we can read, the preferred first (RFC 8551 section 2.5.2). AES-GCM is not among them: the same person reads
 * the same mail in Outlook or Thunderbird, which cannot, and a setting may say otherwise later.
 */
const CAPABILITIES = [Cipher.aes256Cbc, Cipher.aes192Cbc, Cipher.aes128Cbc] as const;

/** What our signatures say that we read: whatever reads mail for the same person is expected to. */
export const ADVERTISED: readonly Capability[] = CAPABILITIES.map((oid) => ({ oid, parameters: null }));

/** `SMIMECapabilities ::= SEQUENCE OF SMIMECapability`, each `SEQUENCE { capabilityID OBJECT IDENTIFIER, … }` */
export function smimeCapabilities(): Der {
  return attribute(
    AttributeType.smimeCapabilities,
    sequence(...CAPABILITIES.map((capability) => sequence(oid(capability)))),
  );
}

/**
 * `SMIMEEncryptionKeyPreference ::= CHOICE { issuerAndSerialNumber [0] IssuerAndSerialNumber, … }` (RFC 8551 section
 * 2.5.3): which certificate answers are to be encrypted to.
 */
export function smimeEncryptionKeyPreference({ issuer, serialNumber }: Certificate): Der {
  const preference = constructed(contextConstructed(0), encoded(issuer.der), integer(serialNumber));
  return attribute(AttributeType.smimeEncryptionKeyPreference, preference);
}

/** Capabilities in one list; the longest met, Outlook's, has a dozen. */
const MAX_CAPABILITIES = 64;

/**
 * What the signer's programs can read, the preferred first (RFC 8551 section 2.5.2). `null` where nothing is said, or
 * nothing that can be read.
 */
export function readCapabilities(attributes: readonly Attribute[]): readonly Capability[] | null {
  const found = singleValue(attributes, AttributeType.smimeCapabilities);
  return found.status === "present" ? whereReadable(() => readCapabilityList(found.value.bytes)) : null;
}

/** The same out of a certificate, whose issuer says it (RFC 4262): for whom has not written yet. */
export function certificateCapabilities({ extensions }: Certificate): readonly Capability[] | null {
  const extension = extensions.get(AttributeType.smimeCapabilities);
  return extension ? whereReadable(() => readCapabilityList(extension.value)) : null;
}

function readCapabilityList(encoding: Uint8Array): readonly Capability[] {
  const outer = new Asn1Reader(encoding, "ber");
  const list = outer.sequence();
  outer.end();
  return list.rest(MAX_CAPABILITIES).map((tlv) => {
    const fields = list.inside(tlv);
    const capability = { oid: fields.oid(), parameters: fields.atEnd ? null : fields.any().bytes.slice() };
    fields.end();
    return capability;
  });
}

/** What Outlook writes beside the attribute of RFC 8551, and some of its versions instead: IssuerAndSerialNumber. */
const MICROSOFT_ENCRYPTION_KEY_PREFERENCE = "1.3.6.1.4.1.311.16.4";

/**
 * The certificate that answers are to be encrypted to (RFC 8551 section 2.5.3), out of those that came with the
 * message: people with cards have one to sign and another to encrypt. `null` where none is named that is there.
 */
export function preferredEncryptionCertificate(
  attributes: readonly Attribute[],
  certificates: readonly Certificate[],
): Certificate | null {
  for (const type of [AttributeType.smimeEncryptionKeyPreference, MICROSOFT_ENCRYPTION_KEY_PREFERENCE]) {
    const found = singleValue(attributes, type);
    if (found.status !== "present") continue;
    const identifier = whereReadable(() => readKeyPreference(found.value.bytes));
    const certificate = identifier && certificates.find((candidate) => identifies(identifier, candidate));
    if (certificate) return certificate;
  }
  return null;
}

/**
 * `SMIMEEncryptionKeyPreference ::= CHOICE { issuerAndSerialNumber [0] IssuerAndSerialNumber, receipentKeyId [1]
 * RecipientKeyIdentifier, subjectAltKeyIdentifier [2] SubjectKeyIdentifier }`, tagged IMPLICIT; Microsoft's has no tag
 */
function readKeyPreference(encoding: Uint8Array): CertificateIdentifier {
  const [tag] = encoding;
  const value = new Asn1Reader(encoding, "ber");
  switch (tag) {
    case contextConstructed(0):
      return readIssuerAndSerialNumber(value, tag);
    case contextConstructed(1):
      return { kind: "subject-key-identifier", keyIdentifier: value.sequence(tag).octetString() };
    case contextPrimitive(2):
      return { kind: "subject-key-identifier", keyIdentifier: value.octetString(tag) };
    default:
      return readIssuerAndSerialNumber(value);
  }
}
