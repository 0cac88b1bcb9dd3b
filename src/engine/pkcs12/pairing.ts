import { equalBytes } from "../bytes/equal.ts";
import { toHex } from "../bytes/hex.ts";
import { SmimeError } from "../errors.ts";
import { MAX_PATH_LENGTH } from "../limits.ts";
import { importPrivateKey, type PrivateKey } from "../primitives/private-key.ts";
import { canonicalSpki } from "../primitives/public-key.ts";
import type { Certificate } from "../x509/certificate.ts";
import { sameName } from "../x509/name.ts";
import type { Pkcs12Contents, Pkcs12Key } from "./import.ts";

/** A key with one of its certificates. */
export interface Pkcs12Identity {
  readonly key: Pkcs12Key;
  readonly certificate: Certificate;
  /** From the certificate's issuer upwards, as far as the file has them. */
  readonly chain: readonly Certificate[];
}

/**
 * Pairs keys with certificates. Ids in the file may lie, so the keys themselves decide; of several certificates with
 * one key (renewed, or one to sign and one to encrypt) each makes an identity, the one with the key's localKeyId
 * first. Keys that cannot be used here belong to none.
 */
export async function pairIdentities(contents: Pkcs12Contents): Promise<Pkcs12Identity[]> {
  const identities: Pkcs12Identity[] = [];
  const byPublicKey = certificatesByPublicKey(contents.certificates);
  for (const key of contents.keys) {
    const usable = await usableKey(key);
    const own = (usable && byPublicKey.get(toHex(usable.publicKeySpki))) ?? [];
    const isNamed = (certificate: Certificate) =>
      sameId(key.localKeyId, contents.attributes.get(certificate)?.localKeyId ?? null);
    for (const certificate of [...own.filter(isNamed), ...own.filter((other) => !isNamed(other))]) {
      identities.push({ key, certificate, chain: chainOf(certificate, contents.certificates) });
    }
  }
  return identities;
}

/** By the hexadecimal digits of the canonical SubjectPublicKeyInfo; certificates of unknown keys are left out. */
function certificatesByPublicKey(certificates: readonly Certificate[]): Map<string, Certificate[]> {
  const byPublicKey = new Map<string, Certificate[]>();
  for (const certificate of certificates) {
    const spki = canonicalSpki(certificate.spki);
    if (spki === null) continue;
    const digits = toHex(spki);
    const sameKey = byPublicKey.get(digits);
    if (sameKey === undefined) byPublicKey.set(digits, [certificate]);
    else sameKey.push(certificate);
  }
  return byPublicKey;
}

async function usableKey({ pkcs8 }: Pkcs12Key): Promise<PrivateKey | null> {
  try {
    return await importPrivateKey(pkcs8);
  } catch (error) {
    if (error instanceof SmimeError) return null;
    throw error;
  }
}

function sameId(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a !== null && b !== null && equalBytes(a, b);
}

/** Follows the issuers' names; certificates of one name are not told apart, since only a verified path counts. */
function chainOf(leaf: Certificate, certificates: readonly Certificate[]): Certificate[] {
  const chain: Certificate[] = [];
  let last = leaf;
  while (chain.length < MAX_PATH_LENGTH && !sameName(last.issuer, last.subject)) {
    const { issuer } = last;
    const next = certificates.find((other) => sameName(other.subject, issuer) && !chain.includes(other));
    if (next === undefined || next === leaf) break;
    chain.push(next);
    last = next;
  }
  return chain;
}
