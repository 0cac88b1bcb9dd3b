import { SmimeError } from "../../errors.ts";
import { basicConstraints } from "../basic-constraints.ts";
import { certificatePolicies, hasKnownQualifiersOnly } from "../certificate-policies.ts";
import type { Certificate } from "../certificate.ts";
import { distributionPoints } from "../distribution-points.ts";
import { extendedKeyUsage } from "../extended-key-usage.ts";
import { ExtensionId } from "../extension.ts";
import { readAuthorityKeyIdentifier, readSubjectKeyIdentifier } from "../key-identifiers.ts";
import { keyUsage } from "../key-usage.ts";
import { nameConstraints } from "../name-constraints.ts";
import type { CandidatePath } from "../path-building.ts";
import { inhibitAnyPolicy, policyConstraints } from "../policy-constraints.ts";
import { policyMappings } from "../policy-mappings.ts";
import { subjectAltName } from "../subject-alt-name.ts";
import { firstBreaking, type Violation } from "./violation.ts";

/**
 * What may be critical: the extensions that the checks of this folder and revocation process. The others of RFC 5280
 * are there to find things by; all of them are of those that an issuer must not mark critical, but issuerAltName.
 */
const PROCESSED_EXTENSIONS: ReadonlySet<string> = new Set([
  ExtensionId.keyUsage,
  ExtensionId.subjectAltName,
  ExtensionId.basicConstraints,
  ExtensionId.nameConstraints,
  ExtensionId.cRLDistributionPoints,
  ExtensionId.certificatePolicies,
  ExtensionId.policyMappings,
  ExtensionId.policyConstraints,
  ExtensionId.extKeyUsage,
  ExtensionId.inhibitAnyPolicy,
]);

/** RFC 5280 sections 6.1.4 (o) and 6.1.5 (f): every critical extension is one that is processed, to its last value. */
export function checkCriticalExtensions({ certificates }: CandidatePath): Violation | null {
  return firstBreaking(certificates, "unknown-critical-extension", hasUnknownCriticalExtension);
}

export function hasUnknownCriticalExtension(certificate: Certificate): boolean {
  const critical = [...certificate.extensions.values()].filter((extension) => extension.critical);
  if (critical.some(({ oid }) => !PROCESSED_EXTENSIONS.has(oid))) return true;
  const policies = critical.some(({ oid }) => oid === ExtensionId.certificatePolicies)
    ? certificatePolicies(certificate)
    : null;
  return policies !== null && !hasKnownQualifiersOnly(policies);
}

/** RFC 5280 section 4.2: every extension that is processed can be read, so that the other checks may rely on it. */
export function checkExtensionSyntax({ certificates }: CandidatePath): Violation | null {
  return firstBreaking(certificates, "malformed-extension", (certificate) => !areReadable(certificate));
}

/** RFC 5280 section 4.2.1.10: nameConstraints stand in the certificate of a CA only. */
export function checkNameConstraintsPlace({ certificates }: CandidatePath): Violation | null {
  return firstBreaking(
    certificates,
    "malformed-extension",
    (certificate) => nameConstraints(certificate) !== null && basicConstraints(certificate)?.cA !== true,
  );
}

/** RFC 5280 sections 4.1.2.6 and 4.2.1.6: who has no subject is named by a subjectAltName that is critical. */
export function checkEmptySubject({ certificates: [leaf] }: CandidatePath): Violation | null {
  const isNamed = leaf.subject.rdns.length > 0 || leaf.extensions.get(ExtensionId.subjectAltName)?.critical === true;
  return isNamed ? null : { reason: "malformed-extension", certificate: leaf };
}

function areReadable(certificate: Certificate): boolean {
  const readers = [
    readSubjectKeyIdentifier,
    readAuthorityKeyIdentifier,
    keyUsage,
    subjectAltName,
    basicConstraints,
    nameConstraints,
    extendedKeyUsage,
    certificatePolicies,
    policyMappings,
    policyConstraints,
    inhibitAnyPolicy,
    distributionPoints,
  ];
  try {
    for (const read of readers) read(certificate);
    return true;
  } catch (error) {
    if (error instanceof SmimeError) return false;
    throw error;
  }
}
