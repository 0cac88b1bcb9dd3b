import type { Asn1Reader } from "../asn1/reader.ts";
import { Tag, contextPrimitive } from "../asn1/tag.ts";
import { SmimeError } from "../errors.ts";
import type { Certificate } from "./certificate.ts";
import { ExtensionId, readExtension } from "./extension.ts";

/** How many further certificates may follow before something holds; `null` where it is not asked for. */
type SkipCerts = number | null;

/** `PolicyConstraints ::= SEQUENCE { requireExplicitPolicy [0] OPTIONAL, inhibitPolicyMapping [1] OPTIONAL }` */
export interface PolicyConstraints {
  readonly requireExplicitPolicy: SkipCerts;
  readonly inhibitPolicyMapping: SkipCerts;
}

/**
 * The policy constraints of a certificate (RFC 5280 section 4.2.1.11), which are not empty; `null` where it has none.
 *
 * @throws {SmimeError} `malformed.certificate`
 */
export function policyConstraints(certificate: Certificate): PolicyConstraints | null {
  return readExtension(certificate, ExtensionId.policyConstraints, readPolicyConstraints);
}

/**
 * `InhibitAnyPolicy ::= SkipCerts` (RFC 5280 section 4.2.1.14); `null` where the certificate has none.
 *
 * @throws {SmimeError} `malformed.certificate`
 */
export function inhibitAnyPolicy(certificate: Certificate): SkipCerts {
  return readExtension(certificate, ExtensionId.inhibitAnyPolicy, (reader) => readSkipCerts(reader, Tag.Integer));
}

function readPolicyConstraints(reader: Asn1Reader): PolicyConstraints {
  const fields = reader.sequence();
  const read = (number: number): SkipCerts => {
    const tag = contextPrimitive(number);
    return fields.nextTag === tag ? readSkipCerts(fields, tag) : null;
  };
  const constraints = { requireExplicitPolicy: read(0), inhibitPolicyMapping: read(1) };
  fields.end();
  if (constraints.requireExplicitPolicy === null && constraints.inhibitPolicyMapping === null) {
    throw new SmimeError("malformed.asn1", { reason: "empty-policy-constraints" });
  }
  return constraints;
}

/** `SkipCerts ::= INTEGER (0..MAX)`: what has no room in a path is as good as any other number that has none. */
function readSkipCerts(reader: Asn1Reader, tag: number): number {
  const [first = 0, ...others] = reader.integer(tag);
  if (first >= 0x80) throw new SmimeError("malformed.asn1", { reason: "negative-skip-certs" });
  return others.reduce((value, octet) => value * 256 + octet, first);
}
