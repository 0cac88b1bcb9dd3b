import { equalBytes } from "../bytes/equal.ts";
import { isWeakDigest } from "../primitives/digest.ts";
import { signatureScheme, verifySignature } from "../primitives/signature.ts";
import type { CertificateList } from "./certificate-list.ts";

export type CrlSignature = "valid" | "invalid" | "unsupported" | "weak";

/** RFC 5280 section 6.3.3 (g): the list was signed with this key (SubjectPublicKeyInfo). */
export async function checkCrlSignature({ proof }: CertificateList, spki: Uint8Array): Promise<CrlSignature> {
  if (proof.kind === "verified-with") return equalBytes(proof.spki, spki) ? "valid" : "invalid";
  const scheme = signatureScheme(proof.signatureAlgorithm, null);
  if (!scheme) return "unsupported";
  // RFC 8550 section 4.3: as in certificates.
  if (isWeakDigest(scheme.digest)) return "weak";
  return verifySignature(scheme, spki, proof.tbs, proof.signature);
}

/**
 * The list without the bytes that were signed, for a store: it holds for this key from now on. `null` where the key did
 * not sign it.
 */
export async function sealedList(list: CertificateList, spki: Uint8Array): Promise<CertificateList | null> {
  if ((await checkCrlSignature(list, spki)) !== "valid") return null;
  return { ...list, proof: { kind: "verified-with", spki: spki.slice() } };
}
