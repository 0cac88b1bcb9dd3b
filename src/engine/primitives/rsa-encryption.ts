import { concatBytes } from "../bytes/concat.ts";
import { SmimeError } from "../errors.ts";
import { bytesToInteger, integerToBytes, modPow } from "./big-integer.ts";
import { webCryptoDigest, type DigestName } from "./digest.ts";
import { parsePublicKey, rsaSpki, type RsaPublicKey } from "./public-key.ts";

/** RFC 8017 section 7.2.1: 00 02, at least eight octets of padding, 00. */
const PKCS1_OVERHEAD = 11;

/**
 * RSAES-PKCS1-v1_5 encryption (RFC 8017 section 7.2.1) of a content-encryption key.
 *
 * @throws {SmimeError} `unsupported.key` where the key is not RSA, not for encryption, or too short
 */
export function encryptRsaPkcs1(spki: Uint8Array, message: Uint8Array): Uint8Array {
  const key = rsaKey(spki);
  if (key.use !== "any" || message.length + PKCS1_OVERHEAD > key.size) throw new SmimeError("unsupported.key");
  const padding = nonzeroOctets(key.size - message.length - 3);
  const encoded = concatBytes(Uint8Array.of(0, 2), padding, Uint8Array.of(0), message);
  return integerToBytes(modPow(bytesToInteger(encoded), key.exponent, key.modulus), key.size);
}

/**
 * RSAES-OAEP encryption (RFC 8017 section 7.1.1) with MGF1 of the same digest and no label.
 *
 * @throws {SmimeError} `unsupported.key` where the key is not RSA, not for encryption, or too short;
 *   `unsupported.algorithm` for MD5 and SHA-224
 */
export async function encryptRsaOaep(spki: Uint8Array, digest: DigestName, message: Uint8Array): Promise<Uint8Array> {
  const key = rsaKey(spki);
  const hash = webCryptoDigest(digest);
  if (hash === null) throw new SmimeError("unsupported.algorithm", { digest });
  try {
    const imported = await crypto.subtle.importKey("spki", rsaSpki(key), { name: "RSA-OAEP", hash }, false, [
      "encrypt",
    ]);
    return new Uint8Array(await crypto.subtle.encrypt({ name: "RSA-OAEP" }, imported, message));
  } catch {
    throw new SmimeError("unsupported.key");
  }
}

function rsaKey(spki: Uint8Array): RsaPublicKey {
  const key = parsePublicKey(spki);
  if (key?.type !== "rsa" || key.use === "pss") throw new SmimeError("unsupported.key");
  return key;
}

/** Random octets of 1 to 255, all equally likely: zeros are drawn again. */
function nonzeroOctets(count: number): Uint8Array {
  const octets = crypto.getRandomValues(new Uint8Array(count));
  for (let i = 0; i < count; i++) {
    while (octets[i] === 0) octets[i] = crypto.getRandomValues(new Uint8Array(1))[0]!;
  }
  return octets;
}
