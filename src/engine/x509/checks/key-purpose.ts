import { PublicKey } from "../../asn1/oids.ts";
import type { Certificate } from "../certificate.ts";
import { isForMail } from "../extended-key-usage.ts";
import { type KeyUsage, keyUsage } from "../key-usage.ts";
import type { CandidatePath } from "../path-building.ts";
import { firstBreaking, type Violation } from "./violation.ts";

/** What the leaf's key is to be used for. */
export type Usage = "sign" | "encrypt" | "any";

/**
 * RFC 8550 section 4.4.4: a certificate with extendedKeyUsage allows mail only where emailProtection or
 * anyExtendedKeyUsage is in it. An issuer's restricts what it issues, as every mail program has it.
 */
export function checkExtendedKeyUsage({ certificates }: CandidatePath, purpose: "email" | "any"): Violation | null {
  if (purpose === "any") return null;
  return firstBreaking(certificates, "purpose-not-allowed", (certificate) => !isForMail(certificate));
}

/** RFC 8550 section 4.4.2: a leaf with keyUsage allows the operation. */
export function checkLeafKeyUsage({ certificates: [leaf] }: CandidatePath, usage: Usage): Violation | null {
  const usages = usage === "any" ? null : keyUsage(leaf);
  if (usages === null) return null;
  const isAllowed = requiredUsages(leaf, usage).some((required) => usages.has(required));
  return isAllowed ? null : { reason: "key-usage-not-allowed", certificate: leaf };
}

/** One of these is enough (RFC 8550 section 4.4.2, RFC 5753 section 7 for elliptic curves). */
function requiredUsages(leaf: Certificate, usage: Usage): readonly KeyUsage[] {
  if (usage !== "encrypt") return ["digitalSignature", "nonRepudiation"];
  return leaf.publicKeyAlgorithm.oid === PublicKey.ecPublicKey ? ["keyAgreement"] : ["keyEncipherment"];
}
