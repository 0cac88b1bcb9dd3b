import { SmimeError } from "../errors.ts";

/** Algorithms that PKCS#12 files have and that are not read, so that more than a number can be said of them. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ["1.3.6.1.4.1.11591.4.11", "scrypt"],
  ["1.2.840.113549.1.5.3", "PBES1 with MD5 and DES"],
  ["1.2.840.113549.1.5.10", "PBES1 with SHA-1 and DES"],
]);

/** The arc of Russia's standards body: GOST 28147, R 34.10, R 34.11, R 34.12 and others (RFC 4357, RFC 9548). */
const GOST = "1.2.643.";

/** `unsupported.algorithm` with the OID, and with a name where there is one. */
export function unsupportedAlgorithm(oid: string): SmimeError {
  const name = oid.startsWith(GOST) ? "GOST" : NAMES.get(oid);
  return new SmimeError("unsupported.algorithm", { oid, ...(name === undefined ? {} : { name }) });
}
