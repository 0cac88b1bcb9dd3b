import { equalBytes } from "../bytes/equal.ts";
import type { Certificate } from "../x509/certificate.ts";
import { sameName } from "../x509/name.ts";

/**
 * The issuers' certificates from the leaf upwards, without the root: whoever trusts the root has it (RFC 8551 section
 * 2.3), and whoever does not gains nothing by it.
 */
export function chainWithoutRoot(leaf: Certificate, pool: readonly Certificate[]): Certificate[] {
  const chain: Certificate[] = [];
  let current = leaf;
  while (!sameName(current.issuer, current.subject)) {
    const { issuer } = current;
    const next = pool.find((candidate) => sameName(candidate.subject, issuer) && !isAmong(candidate, [leaf, ...chain]));
    if (!next || sameName(next.issuer, next.subject)) break;
    chain.push(next);
    current = next;
  }
  return chain;
}

function isAmong(certificate: Certificate, others: readonly Certificate[]): boolean {
  return others.some((other) => equalBytes(other.der, certificate.der));
}
