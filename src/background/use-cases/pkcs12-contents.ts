import { importPkcs12, pairIdentities } from "../../engine/pkcs12/import.ts";
import type { Certificate } from "../../engine/x509/certificate.ts";
import type { SoftwareIdentity } from "../../keys/software/indexed-db-key-store.ts";

export interface Contents {
  readonly identities: readonly SoftwareIdentity[];
  /** Without a key of the file. */
  readonly certificates: readonly Certificate[];
  readonly keysAlone: number;
  readonly hasMac: boolean;
}

/**
 * Reads a PKCS#12 file as what a person can take of it.
 *
 * @throws {SmimeError} as `importPkcs12`
 */
export async function readContents(file: Uint8Array, passphrase: string): Promise<Contents> {
  const contents = await importPkcs12(file, passphrase);
  const identities = await pairIdentities(contents);
  const paired = new Set(identities.map(({ certificate }) => certificate));
  const used = new Set(identities.map(({ key }) => key));
  return {
    identities: identities.map(({ key, certificate, chain }) => ({ pkcs8: key.pkcs8, certificate, chain })),
    certificates: contents.certificates.filter((certificate) => !paired.has(certificate)),
    keysAlone: contents.keys.filter((key) => !used.has(key)).length,
    hasMac: contents.mac !== "absent",
  };
}
