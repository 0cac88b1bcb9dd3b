import type { Asn1Reader } from "../asn1/reader.ts";
import { SmimeError } from "../errors.ts";
import { MAX_POLICIES } from "../limits.ts";
import type { Certificate } from "./certificate.ts";
import { ExtensionId, readExtension } from "./extension.ts";

/** To each issuerDomainPolicy the subjectDomainPolicies that the issuer takes for equivalent. */
export type PolicyMappings = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * `PolicyMappings ::= SEQUENCE SIZE (1..MAX) OF SEQUENCE { issuerDomainPolicy, subjectDomainPolicy }` (RFC 5280 section
 * 4.2.1.5); `null` where the certificate has none.
 *
 * @throws {SmimeError} `malformed.certificate`
 */
export function policyMappings(certificate: Certificate): PolicyMappings | null {
  return readExtension(certificate, ExtensionId.policyMappings, readMappings);
}

function readMappings(reader: Asn1Reader): PolicyMappings {
  const list = reader.sequence();
  const mappings = new Map<string, Set<string>>();
  for (let count = 0; !list.atEnd; count++) {
    if (count >= MAX_POLICIES) throw new SmimeError("limit.exceeded", { limit: "policy-mappings" });
    const fields = list.sequence();
    const issuerDomainPolicy = fields.oid();
    const subjectDomainPolicy = fields.oid();
    fields.end();
    const equivalent = mappings.get(issuerDomainPolicy);
    if (equivalent) equivalent.add(subjectDomainPolicy);
    else mappings.set(issuerDomainPolicy, new Set([subjectDomainPolicy]));
  }
  if (mappings.size === 0) throw new SmimeError("malformed.asn1", { reason: "no-policy-mapping" });
  return mappings;
}
