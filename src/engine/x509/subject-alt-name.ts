import type { Certificate } from "./certificate.ts";
import { ExtensionId, readExtension } from "./extension.ts";
import { type GeneralName, readGeneralNames } from "./general-name.ts";

/**
 * `SubjectAltName ::= GeneralNames` (RFC 5280 section 4.2.1.6); empty where the certificate has none.
 *
 * @throws {SmimeError} `malformed.certificate`
 */
export function subjectAltName(certificate: Certificate): readonly GeneralName[] {
  return readExtension(certificate, ExtensionId.subjectAltName, (value) => readGeneralNames(value.sequence())) ?? [];
}
