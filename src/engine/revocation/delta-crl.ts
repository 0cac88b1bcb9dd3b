import { equalBytes } from "../bytes/equal.ts";
import type { CertificateList } from "./certificate-list.ts";

/**
 * RFC 5280 sections 5.2.4 and 6.3.3 (c): the delta CRL continues this complete one, being of the same issuer and scope
 * and starting no later than it ends. That the same key signed both, which stands for (c)(3), is checked where its
 * signature is.
 */
export function continuesList(delta: CertificateList, complete: CertificateList): boolean {
  const { baseCrlNumber, crlNumber } = delta;
  if (baseCrlNumber === null || crlNumber === null || complete.crlNumber === null) return false;
  return (
    equalBytes(delta.issuer.der, complete.issuer.der) &&
    hasSameScope(delta, complete) &&
    baseCrlNumber <= complete.crlNumber &&
    complete.crlNumber < crlNumber
  );
}

function hasSameScope(
  { issuingDistributionPoint: a }: CertificateList,
  { issuingDistributionPoint: b }: CertificateList,
): boolean {
  return a === null || b === null ? a === b : equalBytes(a.der, b.der);
}
