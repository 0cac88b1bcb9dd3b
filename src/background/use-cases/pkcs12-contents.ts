import { SmimeError } from "../../engine/errors.ts";
import { importPkcs12 } from "../../engine/pkcs12/import.ts";
import { importPrivateKey, matchesPublicKey } from "../../engine/primitives/private-key.ts";
import type { Certificate } from "../../engine/x509/certificate.ts";
import { sameName } from "../../engine/x509/name.ts";
import type { SessionIdentity } from "../session-store.ts";

export interface Contents {
  readonly identities: readonly SessionIdentity[];
  /** Without a key of the file. */
  readonly certificates: readonly Certificate[];
  readonly keysAlone: number;
}

/** The certificates from the leaf's issuer upwards, as far as the file has them. */
function chainOf(leaf: Certificate, pool: readonly Certificate[]): Certificate[] {
  const chain: Certificate[] = [];
  let current = leaf;
  while (!sameName(current.subject, current.issuer)) {
    const { issuer } = current;
    const next = pool.find((candidate) => sameName(candidate.subject, issuer) && !chain.includes(candidate));
    if (next === undefined) break;
    chain.push(next);
    current = next;
  }
  return chain;
}

/** Whether two certificates have one key; an unknown kind of key belongs to no certificate here. */
async function certificatesOf(pkcs8: Uint8Array, pool: readonly Certificate[]): Promise<readonly Certificate[]> {
  try {
    const key = await importPrivateKey(pkcs8);
    return pool.filter(({ spki }) => matchesPublicKey(key, spki));
  } catch (error) {
    if (error instanceof SmimeError) return [];
    throw error;
  }
}

/**
 * Reads a PKCS#12 file and pairs keys with certificates by the keys themselves: names and ids in the file may lie. A
 * key with several certificates (renewed with the same key) makes several identities.
 *
 * @throws {SmimeError} `malformed.pkcs12`, `pkcs12.wrong-passphrase`, `unsupported.algorithm`, `limit.exceeded`
 */
export async function readContents(file: Uint8Array, passphrase: string): Promise<Contents> {
  const { keys, certificates } = await importPkcs12(file, passphrase);
  const identities: SessionIdentity[] = [];
  let keysAlone = 0;
  for (const { pkcs8 } of keys) {
    const own = await certificatesOf(pkcs8, certificates);
    if (own.length === 0) keysAlone++;
    identities.push(...own.map((certificate) => ({ certificate, pkcs8, chain: chainOf(certificate, certificates) })));
  }
  const withKey = new Set(identities.map(({ certificate }) => certificate));
  return { identities, certificates: certificates.filter((certificate) => !withKey.has(certificate)), keysAlone };
}
