import { Asn1Reader } from "../asn1/reader.ts";
import { SmimeError } from "../errors.ts";
import type { Certificate } from "./certificate.ts";
import type { Extension } from "./extension-list.ts";

/** Certificate extensions (RFC 5280 sections 4.2.1 and 4.2.2). */
export const ExtensionId = {
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  issuerAltName: "2.5.29.18",
  basicConstraints: "2.5.29.19",
  nameConstraints: "2.5.29.30",
  cRLDistributionPoints: "2.5.29.31",
  certificatePolicies: "2.5.29.32",
  policyMappings: "2.5.29.33",
  authorityKeyIdentifier: "2.5.29.35",
  policyConstraints: "2.5.29.36",
  extKeyUsage: "2.5.29.37",
  freshestCRL: "2.5.29.46",
  inhibitAnyPolicy: "2.5.29.54",
  authorityInfoAccess: "1.3.6.1.5.5.7.1.1",
} as const;

/** What reading an extension gave. Hostile certificates bring large ones, and a search asks for them on every path. */
const outcomes = new WeakMap<Extension, { readonly value: unknown } | { readonly error: SmimeError }>();

/**
 * Reads the value of one extension, once for each certificate; `null` where the certificate does not have it. An OID
 * has one `read` only, in the file of its extension.
 *
 * @throws {SmimeError} `malformed.certificate` for a value of another type and for trailing data
 */
export function readExtension<T>(certificate: Certificate, oid: string, read: (value: Asn1Reader) => T): T | null {
  const extension = certificate.extensions.get(oid);
  if (!extension) return null;
  const outcome = outcomes.get(extension) ?? readOnce(extension, read);
  outcomes.set(extension, outcome);
  if ("error" in outcome) throw outcome.error;
  return outcome.value as T;
}

function readOnce(extension: Extension, read: (value: Asn1Reader) => unknown) {
  try {
    const reader = new Asn1Reader(extension.value);
    const value = read(reader);
    reader.end();
    return { value };
  } catch (error) {
    if (!(error instanceof SmimeError)) throw error;
    const context = { ...error.context, extension: extension.oid };
    return { error: new SmimeError("malformed.certificate", context, { cause: error }) };
  }
}
