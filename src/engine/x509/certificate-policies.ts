import type { Asn1Reader } from "../asn1/reader.ts";
import type { Tlv } from "../asn1/tlv.ts";
import { SmimeError } from "../errors.ts";
import { MAX_POLICIES } from "../limits.ts";
import type { Certificate } from "./certificate.ts";
import { ExtensionId, readExtension } from "./extension.ts";

/** anyPolicy (RFC 5280 section 4.2.1.4) */
export const ANY_POLICY = "2.5.29.32.0";

/** id-qt-cps and id-qt-unotice: the qualifiers that RFC 5280 section 4.2.1.4 defines. */
const KNOWN_QUALIFIERS: ReadonlySet<string> = new Set(["1.3.6.1.5.5.7.2.1", "1.3.6.1.5.5.7.2.2"]);

/** `PolicyQualifierInfo ::= SEQUENCE { policyQualifierId OBJECT IDENTIFIER, qualifier ANY }` */
export interface PolicyQualifier {
  readonly id: string;
  readonly value: Tlv;
}

/** The qualifiers of each policy, by the policy's OID in dotted form. */
export type CertificatePolicies = ReadonlyMap<string, readonly PolicyQualifier[]>;

/**
 * `CertificatePolicies ::= SEQUENCE SIZE (1..MAX) OF PolicyInformation { policyIdentifier, policyQualifiers OPTIONAL }`
 * (RFC 5280 section 4.2.1.4); `null` where the certificate has none. A policy that stands twice is an error there.
 *
 * @throws {SmimeError} `malformed.certificate`
 */
export function certificatePolicies(certificate: Certificate): CertificatePolicies | null {
  return readExtension(certificate, ExtensionId.certificatePolicies, readPolicies);
}

/** Whether a reader can interpret all qualifiers, as it has to where the extension is critical (section 4.2.1.4). */
export function hasKnownQualifiersOnly(policies: CertificatePolicies): boolean {
  return [...policies.values()].every((qualifiers) => qualifiers.every(({ id }) => KNOWN_QUALIFIERS.has(id)));
}

function readPolicies(reader: Asn1Reader): CertificatePolicies {
  const list = reader.sequence();
  const policies = new Map<string, readonly PolicyQualifier[]>();
  while (!list.atEnd) {
    if (policies.size >= MAX_POLICIES) throw new SmimeError("limit.exceeded", { limit: "policies" });
    const fields = list.sequence();
    const policy = fields.oid();
    const qualifiers = fields.atEnd ? [] : readQualifiers(fields.sequence());
    fields.end();
    if (policies.has(policy)) throw new SmimeError("malformed.asn1", { reason: "repeated-policy", policy });
    policies.set(policy, qualifiers);
  }
  if (policies.size === 0) throw new SmimeError("malformed.asn1", { reason: "no-policy" });
  return policies;
}

/** `SEQUENCE SIZE (1..MAX) OF PolicyQualifierInfo`, given the reader inside it. */
function readQualifiers(list: Asn1Reader): readonly PolicyQualifier[] {
  const qualifiers: PolicyQualifier[] = [];
  while (!list.atEnd && qualifiers.length < MAX_POLICIES) {
    const fields = list.sequence();
    qualifiers.push({ id: fields.oid(), value: fields.any() });
    fields.end();
  }
  list.end();
  if (qualifiers.length === 0) throw new SmimeError("malformed.asn1", { reason: "no-policy-qualifier" });
  return qualifiers;
}
