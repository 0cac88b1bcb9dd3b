import { SmimeError } from "../../errors.ts";
import { basicConstraints } from "../basic-constraints.ts";
import type { Certificate } from "../certificate.ts";
import { extendedKeyUsage } from "../extended-key-usage.ts";
import { ExtensionId } from "../extension.ts";
import { readAuthorityKeyIdentifier, readSubjectKeyIdentifier } from "../key-identifiers.ts";
import { keyUsage } from "../key-usage.ts";
import { nameConstraints } from "../name-constraints.ts";
import type { CandidatePath } from "../path-building.ts";
import { subjectAltName } from "../subject-alt-name.ts";
import { firstBreaking, type Violation } from "./violation.ts";

/**
 * What may be critical. The policy extensions are processed with any-policy as the user's initial set and no explicit
 * policy demanded (RFC 5280 section 6.1.1 (c) and (e)); CRL distribution points only say where to look.
 */
const KNOWN_EXTENSIONS: ReadonlySet<string> = new Set(Object.values(ExtensionId));

/** RFC 5280 sections 6.1.4 (o) and 6.1.5 (f): every critical extension is one that is processed. */
export function checkCriticalExtensions({ certificates }: CandidatePath): Violation | null {
  return firstBreaking(certificates, "unknown-critical-extension", ({ extensions }) =>
    [...extensions.values()].some(({ critical, oid }) => critical && !KNOWN_EXTENSIONS.has(oid)),
  );
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

function areReadable(certificate: Certificate): boolean {
  const readers = [
    readSubjectKeyIdentifier,
    readAuthorityKeyIdentifier,
    keyUsage,
    subjectAltName,
    basicConstraints,
    nameConstraints,
    extendedKeyUsage,
  ];
  try {
    for (const read of readers) read(certificate);
    return true;
  } catch (error) {
    if (error instanceof SmimeError) return false;
    throw error;
  }
}
