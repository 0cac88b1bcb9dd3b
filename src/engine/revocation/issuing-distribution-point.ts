import type { Asn1Reader } from "../asn1/reader.ts";
import { contextPrimitive } from "../asn1/tag.ts";
import { SmimeError } from "../errors.ts";
import { type DistributionPointName, readDistributionPointName } from "../x509/distribution-points.ts";
import { type ReasonFlags, readReasonFlags } from "../x509/reason-flags.ts";

/**
 * `IssuingDistributionPoint ::= SEQUENCE { distributionPoint [0] OPTIONAL, onlyContainsUserCerts [1] DEFAULT FALSE,
 * onlyContainsCACerts [2] DEFAULT FALSE, onlySomeReasons [3] OPTIONAL, indirectCRL [4] DEFAULT FALSE,
 * onlyContainsAttributeCerts [5] DEFAULT FALSE }` (RFC 5280 section 5.2.5)
 */
export interface IssuingDistributionPoint {
  /** The encoding, by which the scopes of two CRLs are compared. */
  readonly der: Uint8Array;
  readonly name: DistributionPointName | null;
  readonly onlyContains: "user-certificates" | "ca-certificates" | "attribute-certificates" | null;
  /** `null` for all reasons. */
  readonly onlySomeReasons: ReasonFlags | null;
  readonly indirectCrl: boolean;
}

/** @throws {SmimeError} `malformed.asn1`, also where more than one kind of certificate is the only one */
export function readIssuingDistributionPoint(reader: Asn1Reader): IssuingDistributionPoint {
  const tlv = reader.any();
  const fields = reader.inside(tlv);
  const name = fields.optionalExplicit(0);
  const userCertificates = readFlag(fields, 1);
  const caCertificates = readFlag(fields, 2);
  const reasonsTag = contextPrimitive(3);
  const onlySomeReasons = fields.nextTag === reasonsTag ? readReasonFlags(fields, reasonsTag) : null;
  const indirectCrl = readFlag(fields, 4);
  const attributeCertificates = readFlag(fields, 5);
  fields.end();
  if (Number(userCertificates) + Number(caCertificates) + Number(attributeCertificates) > 1) {
    throw new SmimeError("malformed.asn1", { reason: "contradicting-scope" });
  }
  return {
    der: tlv.bytes,
    name: name && readDistributionPointName(name),
    onlyContains: userCertificates
      ? "user-certificates"
      : caCertificates
        ? "ca-certificates"
        : attributeCertificates
          ? "attribute-certificates"
          : null,
    onlySomeReasons,
    indirectCrl,
  };
}

function readFlag(fields: Asn1Reader, number: number): boolean {
  const tag = contextPrimitive(number);
  return fields.nextTag === tag && fields.boolean(tag);
}
