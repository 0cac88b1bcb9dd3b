/**
 * Names of algorithms that are met in mail and not done here, so that a verdict can say which: signatures and digests
 * that RFC 8551 does not have, and those of national standards.
 */
const NAMES: ReadonlyMap<string, string> = new Map([
  // RFC 3279 section 2.2.2, RFC 5758 section 3.1, and OIW's older names.
  ["1.2.840.10040.4.1", "dsa"],
  ["1.2.840.10040.4.3", "dsa"],
  ["1.3.14.3.2.12", "dsa"],
  ["1.3.14.3.2.13", "dsa"],
  ["1.3.14.3.2.27", "dsa"],
  ["2.16.840.1.101.3.4.3.1", "dsa"],
  ["2.16.840.1.101.3.4.3.2", "dsa"],
  ["2.16.840.1.101.3.4.3.3", "dsa"],
  ["2.16.840.1.101.3.4.3.4", "dsa"],
  // RFC 4357, RFC 4491, RFC 9215.
  ["1.2.643.2.2.3", "gost"],
  ["1.2.643.2.2.4", "gost"],
  ["1.2.643.2.2.19", "gost"],
  ["1.2.643.2.2.20", "gost"],
  ["1.2.643.7.1.1.1.1", "gost"],
  ["1.2.643.7.1.1.1.2", "gost"],
  ["1.2.643.7.1.1.3.2", "gost"],
  ["1.2.643.7.1.1.3.3", "gost"],
  ["1.2.643.2.2.9", "gost-r-34.11-94"],
  ["1.2.643.7.1.1.2.2", "streebog-256"],
  ["1.2.643.7.1.1.2.3", "streebog-512"],
  ["1.2.643.2.2.21", "gost-28147-89"],
  // GM/T 0006.
  ["1.2.156.10197.1.501", "sm2"],
  ["1.2.156.10197.1.401", "sm3"],
  // A digest in place of a signature (RFC 5272 appendix A).
  ["1.3.6.1.5.5.7.6.2", "no-signature"],
  // FIPS 204 and 205.
  ["2.16.840.1.101.3.4.3.17", "ml-dsa-44"],
  ["2.16.840.1.101.3.4.3.18", "ml-dsa-65"],
  ["2.16.840.1.101.3.4.3.19", "ml-dsa-87"],
  ["1.2.840.113549.2.2", "md2"],
  ["1.2.840.113549.2.4", "md4"],
  // Ciphers: RFC 2984, RFC 3657, RFC 3058, RFC 4010, RFC 8103.
  ["1.2.840.113533.7.66.10", "cast5-cbc"],
  ["1.2.392.200011.61.1.1.1.2", "camellia-128-cbc"],
  ["1.2.392.200011.61.1.1.1.3", "camellia-192-cbc"],
  ["1.2.392.200011.61.1.1.1.4", "camellia-256-cbc"],
  ["1.3.6.1.4.1.188.7.1.1.2", "idea-cbc"],
  ["1.2.410.200004.1.4", "seed-cbc"],
  ["1.2.840.113549.1.9.16.3.18", "chacha20-poly1305"],
  ["1.2.840.113549.3.2", "rc2-cbc"],
  ["1.2.840.113549.3.4", "rc4"],
]);

/** The name of an algorithm that is not done here; its OID where it has none in the list. */
export function algorithmName(oid: string): string {
  return NAMES.get(oid) ?? oid;
}
