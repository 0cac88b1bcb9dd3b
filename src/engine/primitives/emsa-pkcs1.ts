import { algorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { encode, octetString, sequence } from "../asn1/writer.ts";
import { concatBytes } from "../bytes/concat.ts";
import { equalBytes } from "../bytes/equal.ts";
import { bytesToInteger, integerToBytes, modPow } from "./big-integer.ts";
import { digest, digestOid, type DigestName } from "./digest.ts";
import type { RsaPublicKey } from "./public-key.ts";

/**
 * EMSA-PKCS1-v1_5 (RFC 8017 section 9.2): 00 01 FF..FF 00 DigestInfo, with NULL parameters in the DigestInfo;
 * `null` where the key is too short.
 */
async function encodeMessage(digestName: DigestName, message: Uint8Array, size: number): Promise<Uint8Array | null> {
  const digestInfo = encode(
    sequence(algorithmIdentifier(digestOid(digestName), "null"), octetString(await digest(digestName, message))),
  );
  // Step 3: at least eight octets of FF.
  if (size < digestInfo.length + 11) return null;
  const padding = new Uint8Array(size - digestInfo.length - 3).fill(0xff);
  return concatBytes(Uint8Array.of(0, 1), padding, Uint8Array.of(0), digestInfo);
}

/**
 * RSASSA-PKCS1-v1_5 verification (RFC 8017 section 8.2.2) for the digests that WebCrypto lacks. The encoded message
 * is made anew and compared whole: nothing that was signed is ever parsed, which is what BERserk lived on. The other
 * form of the note in section 8.2.2, a DigestInfo without NULL, is refused as WebCrypto refuses it.
 */
export async function verifyEmsaPkcs1(
  digestName: DigestName,
  key: RsaPublicKey,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  if (signature.length !== key.size) return false;
  const representative = bytesToInteger(signature);
  if (representative >= key.modulus) return false;
  const expected = await encodeMessage(digestName, message, key.size);
  if (expected === null) return false;
  return equalBytes(integerToBytes(modPow(representative, key.exponent, key.modulus), key.size), expected);
}
