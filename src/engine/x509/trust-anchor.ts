import { decodeBase64 } from "../bytes/base64.ts";
import { latin1Bytes } from "../bytes/text.ts";
import { SmimeError } from "../errors.ts";
import { basicConstraints } from "./basic-constraints.ts";
import { type Certificate, parseCertificate } from "./certificate.ts";
import { keyUsage } from "./key-usage.ts";

/** What an anchor is trusted for; "none" is a certificate that is known and distrusted. */
export type AnchorPurpose = "email" | "any" | "none";

/**
 * A trust anchor (RFC 5280 section 6.1.1 (d)): a name and a key that are trusted by decision. Validity and extensions
 * of its certificate are not judged.
 */
export interface TrustAnchor {
  readonly certificate: Certificate;
  readonly purpose: AnchorPurpose;
  /** Leaves issued (notBefore) after this time are not trusted for mail: Mozilla's CKA_NSS_EMAIL_DISTRUST_AFTER. */
  readonly distrustEmailAfter: Date | null;
}

/** An entry of `public/email-roots.json`. */
export interface EmailRoot {
  readonly label: string;
  /** Of the certificate, lower-case hexadecimal. */
  readonly sha256: string;
  /** ISO 8601; `null` where the root is trusted without end. */
  readonly distrustEmailAfter: string | null;
  /** Base64. */
  readonly der: string;
}

/** A certificate that an administrator or a user trusts. */
export function trustAnchor(certificate: Certificate, purpose: AnchorPurpose = "any"): TrustAnchor {
  return { certificate, purpose, distrustEmailAfter: null };
}

/**
 * Reads an entry of the list of e-mail roots.
 *
 * @throws {SmimeError} `malformed.certificate`
 */
export function trustAnchorFromEmailRoot(root: EmailRoot): TrustAnchor {
  const distrustEmailAfter = root.distrustEmailAfter === null ? null : new Date(root.distrustEmailAfter);
  if (distrustEmailAfter && Number.isNaN(distrustEmailAfter.getTime())) {
    throw new SmimeError("malformed.certificate", { reason: "distrust-date", root: root.label });
  }
  return { certificate: parseCertificate(decodeBase64(latin1Bytes(root.der))), purpose: "email", distrustEmailAfter };
}

/**
 * Whether an anchor may issue. A certificate that says of itself that it is no CA is trusted as a leaf only, else the
 * trust in one person would be trust in everything this person signs. Version 1 roots say nothing and may.
 */
export function mayIssue({ certificate }: TrustAnchor): boolean {
  try {
    const usages = keyUsage(certificate);
    if (usages && !usages.has("keyCertSign")) return false;
    const constraints = basicConstraints(certificate);
    return constraints ? constraints.cA : certificate.version < 3 || usages !== null;
  } catch (error) {
    if (error instanceof SmimeError) return false;
    throw error;
  }
}
