import { parsePublicKey } from "../primitives/public-key.ts";
import type { Certificate } from "./certificate.ts";

/** RFC 8551 section 4.2: signatures by RSA keys of 1024 bits and less are historic; NIST SP 800-57 asks for 2048. */
const MIN_RSA_BITS = 2048;

/** Whether the certificate's key is too short to rely on. The elliptic curves that can be read are all long enough. */
export function isWeakKey(certificate: Certificate): boolean {
  const key = parsePublicKey(certificate.spki);
  return key?.type === "rsa" && key.modulusBits < MIN_RSA_BITS;
}
