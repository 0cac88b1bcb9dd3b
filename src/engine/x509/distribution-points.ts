import type { Asn1Reader } from "../asn1/reader.ts";
import { contextConstructed, contextPrimitive } from "../asn1/tag.ts";
import { SmimeError } from "../errors.ts";
import type { Certificate } from "./certificate.ts";
import { ExtensionId, readExtension } from "./extension.ts";
import { type GeneralName, readGeneralNames } from "./general-name.ts";
import { type Name, nameBelow, type Rdn, readRdn } from "./name.ts";
import { type ReasonFlags, readReasonFlags } from "./reason-flags.ts";

/** `DistributionPointName ::= CHOICE { fullName [0] GeneralNames, nameRelativeToCRLIssuer [1] RDN }` */
export type DistributionPointName =
  { readonly kind: "full"; readonly names: readonly GeneralName[] } | { readonly kind: "relative"; readonly rdn: Rdn };

/** `DistributionPoint ::= SEQUENCE { distributionPoint [0] OPTIONAL, reasons [1] OPTIONAL, cRLIssuer [2] OPTIONAL }` */
export interface DistributionPoint {
  readonly name: DistributionPointName | null;
  /** `null` for all reasons. */
  readonly reasons: ReasonFlags | null;
  /** Who issues the CRL where it is not the certificate's issuer. */
  readonly crlIssuer: readonly GeneralName[] | null;
}

/** Some CAs name a handful. */
const MAX_DISTRIBUTION_POINTS = 256;

/**
 * `CRLDistributionPoints ::= SEQUENCE SIZE (1..MAX) OF DistributionPoint` (RFC 5280 section 4.2.1.13); empty where the
 * certificate has none.
 *
 * @throws {SmimeError} `malformed.certificate`
 */
export function distributionPoints(certificate: Certificate): readonly DistributionPoint[] {
  return readExtension(certificate, ExtensionId.cRLDistributionPoints, readDistributionPoints) ?? [];
}

function readDistributionPoints(reader: Asn1Reader): readonly DistributionPoint[] {
  const list = reader.sequence();
  const points: DistributionPoint[] = [];
  while (!list.atEnd && points.length < MAX_DISTRIBUTION_POINTS) points.push(readDistributionPoint(list.sequence()));
  list.end();
  if (points.length === 0) throw new SmimeError("malformed.asn1", { reason: "no-distribution-point" });
  return points;
}

function readDistributionPoint(fields: Asn1Reader): DistributionPoint {
  const name = fields.optionalExplicit(0);
  const reasonsTag = contextPrimitive(1);
  const reasons = fields.nextTag === reasonsTag ? readReasonFlags(fields, reasonsTag) : null;
  const crlIssuer = fields.optionalSequence(contextConstructed(2));
  fields.end();
  // RFC 5280 section 4.2.1.13: a point of reasons alone points nowhere.
  if (!name && !crlIssuer) throw new SmimeError("malformed.asn1", { reason: "empty-distribution-point" });
  return {
    name: name && readDistributionPointName(name),
    reasons,
    crlIssuer: crlIssuer && readGeneralNames(crlIssuer),
  };
}

/** Reads a DistributionPointName, given the reader inside the tag around it. */
export function readDistributionPointName(reader: Asn1Reader): DistributionPointName {
  const full = reader.optionalSequence(contextConstructed(0));
  const name: DistributionPointName = full
    ? { kind: "full", names: readGeneralNames(full) }
    : { kind: "relative", rdn: readRdn(reader.sequence(contextConstructed(1))) };
  reader.end();
  return name;
}

/** The full names of a distribution point; a relative one stands below the name of the CRL's issuer. */
export function fullNames(name: DistributionPointName, crlIssuer: Name): readonly GeneralName[] {
  if (name.kind === "full") return name.names;
  return [{ kind: "directoryName", value: nameBelow(crlIssuer, name.rdn) }];
}
