import { basicConstraints } from "../x509/basic-constraints.ts";
import type { Certificate } from "../x509/certificate.ts";
import { type DistributionPoint, distributionPoints, fullNames } from "../x509/distribution-points.ts";
import { type GeneralName, sameGeneralName } from "../x509/general-name.ts";
import { type Name, sameName } from "../x509/name.ts";
import { ALL_REASONS, type ReasonFlags } from "../x509/reason-flags.ts";
import type { CertificateList } from "./certificate-list.ts";

/**
 * The distribution point of a certificate that names none, and the one by which lists are tried that none of its own
 * leads to (RFC 5280 section 6.3.3, last paragraph): the issuer's own name, all reasons. Where a certificate names its
 * points and a list names another, even one called as the issuer, the list is a partition that is not the certificate's:
 * there it is tried without a name, so that only lists without one are met.
 */
export function impliedDistributionPoint(certificate: Certificate): DistributionPoint {
  const isNamedElsewhere = distributionPoints(certificate).length > 0;
  const own: GeneralName = { kind: "directoryName", value: certificate.issuer };
  return { name: { kind: "full", names: isNamedElsewhere ? [] : [own] }, reasons: null, crlIssuer: null };
}

/** RFC 5280 section 6.3.3 (b)(1): the list is of the issuer that the distribution point names. */
export function isOfPointsIssuer(list: CertificateList, point: DistributionPoint, certificate: Certificate): boolean {
  if (!point.crlIssuer) return sameName(list.issuer, certificate.issuer);
  return point.crlIssuer.some((name) => name.kind === "directoryName" && sameName(name.value, list.issuer));
}

/** RFC 5280 section 6.3.3 (b)(1) and (2): the list's scope holds the certificate. */
export function isInScope(list: CertificateList, point: DistributionPoint, certificate: Certificate): boolean {
  return (
    checkIndirectCrl(list, point) &&
    checkDistributionPointName(list, point, certificate) &&
    checkKindOfCertificate(list, certificate)
  );
}

/** RFC 5280 section 6.3.3 (b)(1): only an indirect CRL speaks for other issuers. */
function checkIndirectCrl(
  { issuingDistributionPoint: scope }: CertificateList,
  { crlIssuer }: DistributionPoint,
): boolean {
  return crlIssuer === null || scope?.indirectCrl === true;
}

/** RFC 5280 section 6.3.3 (b)(2)(i): a name of the list's distribution point is one of the certificate's. */
function checkDistributionPointName(
  { issuer, issuingDistributionPoint: scope }: CertificateList,
  point: DistributionPoint,
  certificate: Certificate,
): boolean {
  if (!scope?.name) return true;
  const names = fullNames(scope.name, issuer);
  const wanted = pointNames(point, certificate);
  return names.some((name) => wanted.some((other) => sameGeneralName(name, other)));
}

function pointNames({ name, crlIssuer }: DistributionPoint, certificate: Certificate): readonly GeneralName[] {
  return name ? fullNames(name, crlIssuerName(crlIssuer) ?? certificate.issuer) : (crlIssuer ?? []);
}

function crlIssuerName(names: readonly GeneralName[] | null): Name | null {
  return names?.find((name) => name.kind === "directoryName")?.value ?? null;
}

/** RFC 5280 section 6.3.3 (b)(2)(ii) to (iv). */
function checkKindOfCertificate(
  { issuingDistributionPoint: scope }: CertificateList,
  certificate: Certificate,
): boolean {
  const isCa = basicConstraints(certificate)?.cA === true;
  switch (scope?.onlyContains) {
    case "user-certificates":
      return !isCa;
    case "ca-certificates":
      return isCa;
    case "attribute-certificates":
      return false;
    default:
      return true;
  }
}

/** RFC 5280 section 6.3.3 (d): interim_reasons_mask, the reasons for which this list speaks here. */
export function interimReasons(list: CertificateList, point: DistributionPoint): ReasonFlags {
  return (list.issuingDistributionPoint?.onlySomeReasons ?? ALL_REASONS) & (point.reasons ?? ALL_REASONS);
}
