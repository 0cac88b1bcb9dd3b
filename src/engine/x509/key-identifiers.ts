import type { Asn1Reader } from "../asn1/reader.ts";
import { contextConstructed, contextPrimitive } from "../asn1/tag.ts";
import { SmimeError } from "../errors.ts";
import type { Certificate } from "./certificate.ts";
import { ExtensionId, readExtension } from "./extension.ts";

/**
 * The key identifier by which CMS and issued certificates name this certificate's key (RFC 5280 section 4.2.1.2);
 * `null` where it has none, or none that can be read: it is a hint for finding, and path validation names the defect.
 */
export function subjectKeyIdentifier(certificate: Certificate): Uint8Array | null {
  return orNull(() => readSubjectKeyIdentifier(certificate));
}

/** As `subjectKeyIdentifier`, throwing `malformed.certificate` where it cannot be read. */
export function readSubjectKeyIdentifier(certificate: Certificate): Uint8Array | null {
  return readExtension(certificate, ExtensionId.subjectKeyIdentifier, (value) => value.octetString());
}

/** The keyIdentifier of authorityKeyIdentifier (RFC 5280 section 4.2.1.1); `null` as above. */
export function authorityKeyIdentifier(certificate: Certificate): Uint8Array | null {
  return orNull(() => readAuthorityKeyIdentifier(certificate));
}

/** As `authorityKeyIdentifier`, throwing `malformed.certificate` where it cannot be read. */
export function readAuthorityKeyIdentifier(certificate: Certificate): Uint8Array | null {
  return readExtension(certificate, ExtensionId.authorityKeyIdentifier, readKeyIdentifierField);
}

/** `SEQUENCE { keyIdentifier [0] OPTIONAL, authorityCertIssuer [1] OPTIONAL, authorityCertSerialNumber [2] OPTIONAL }` */
function readKeyIdentifierField(reader: Asn1Reader): Uint8Array | null {
  const fields = reader.sequence();
  const keyIdentifier = fields.optional(contextPrimitive(0));
  fields.optional(contextConstructed(1));
  fields.optional(contextPrimitive(2));
  fields.end();
  return keyIdentifier?.content ?? null;
}

function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof SmimeError) return null;
    throw error;
  }
}
