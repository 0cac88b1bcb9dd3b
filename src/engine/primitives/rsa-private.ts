import { readWhole } from "../asn1/reader.ts";
import { algorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { PublicKey } from "../asn1/oids.ts";
import { encode, octetString, sequence, smallInteger, unsignedInteger } from "../asn1/writer.ts";
import { SmimeError } from "../errors.ts";
import { MAX_RSA_BITS, MAX_RSA_EXPONENT_BITS } from "../limits.ts";
import { bitLength, bytesToInteger, integerToBytes, modInverse, modPow, modPowInWindows } from "./big-integer.ts";

/** The numbers of RFC 8017 section 3.2, second representation, under their letters there. */
export interface RsaPrivateKey {
  readonly n: bigint;
  readonly e: bigint;
  readonly d: bigint;
  readonly p: bigint;
  readonly q: bigint;
  readonly dP: bigint;
  readonly dQ: bigint;
  readonly qInv: bigint;
  /** k: octets of the modulus. */
  readonly size: number;
}

/** Octets of the random multiples that hide the exponents from timing. */
const EXPONENT_BLINDING = 8;

/**
 * Reads `RSAPrivateKey` (RFC 8017 appendix A.1.2) and checks that its numbers belong together: a wrong one would
 * give the factors away with the first faulty result (Boneh, DeMillo, Lipton).
 *
 * @throws {SmimeError} `malformed.key`, `unsupported.key` beyond limits.ts and for more than two primes
 */
export function readRsaPrivateKey(encoding: Uint8Array): RsaPrivateKey {
  const fields = readWhole(encoding, "ber");
  if (fields.smallInteger() !== 0) throw new SmimeError("unsupported.key", { reason: "multi-prime-rsa" });
  const next = () => {
    const octets = fields.integer();
    // Octets are counted before they become numbers, since arithmetic takes quadratic time.
    if (octets.length > MAX_RSA_BITS / 8 + 1) throw new SmimeError("unsupported.key", { reason: "rsa-size" });
    if (octets[0]! >= 0x80) throw new SmimeError("malformed.key", { reason: "rsa-negative" });
    return bytesToInteger(octets);
  };
  const [n, e, d, p, q, dP, dQ, qInv] = [next(), next(), next(), next(), next(), next(), next(), next()];
  fields.end();
  if (bitLength(n) > MAX_RSA_BITS || bitLength(e) > MAX_RSA_EXPONENT_BITS) {
    throw new SmimeError("unsupported.key", { reason: "rsa-size", bits: bitLength(n) });
  }
  const belongTogether =
    p > 2n &&
    q > 2n &&
    p !== q &&
    p * q === n &&
    n % 2n === 1n &&
    e > 2n &&
    (e * dP) % (p - 1n) === 1n &&
    (e * dQ) % (q - 1n) === 1n &&
    (e * d) % (p - 1n) === 1n &&
    (e * d) % (q - 1n) === 1n &&
    (qInv * q) % p === 1n;
  if (!belongTogether) throw new SmimeError("malformed.key", { reason: "rsa-inconsistent" });
  return { n, e, d, p, q, dP, dQ, qInv, size: Math.ceil(bitLength(n) / 8) };
}

/** PrivateKeyInfo (RFC 5208 section 5) under rsaEncryption, the only form that WebCrypto reads. */
export function rsaPkcs8(key: RsaPrivateKey): Uint8Array {
  const { n, e, d, p, q, dP, dQ, qInv, size } = key;
  const numbers = [n, e, d, p, q, dP, dQ, qInv].map((number) => unsignedInteger(integerToBytes(number, size)));
  return encode(
    sequence(
      smallInteger(0),
      algorithmIdentifier(PublicKey.rsaEncryption, "null"),
      octetString(encode(sequence(smallInteger(0), ...numbers))),
    ),
  );
}

/**
 * RSADP (RFC 8017 section 5.1.2) by the Chinese remainder theorem. BigInt arithmetic takes a time that depends on its
 * numbers, so neither the ciphertext nor the exponents enter it as they are: the base is multiplied by a random r^e
 * and the exponents get random multiples of the group's order, anew each time.
 *
 * @param ciphertext `size` octets; what is not below the modulus is reduced, and is for the caller to refuse
 * @returns `size` octets
 */
export function rsaDecryptionPrimitive(key: RsaPrivateKey, ciphertext: Uint8Array): Uint8Array {
  const { n, e, p, q, dP, dQ, qInv, size } = key;
  const representative = bytesToInteger(ciphertext) % n;
  const { blind, unblind } = randomBlinding(n, e, size);
  const blinded = (representative * blind) % n;
  const m1 = modPowInWindows(blinded, dP + randomInteger(EXPONENT_BLINDING) * (p - 1n), p);
  const m2 = modPowInWindows(blinded, dQ + randomInteger(EXPONENT_BLINDING) * (q - 1n), q);
  const h = (((m1 - m2) % p) + p) * qInv;
  let result = m2 + q * (h % p);
  // A fault in one half would show the factors of n; the slow way has no halves.
  if (modPow(result, e, n) !== blinded) result = modPowInWindows(blinded, key.d, n);
  return integerToBytes((result * unblind) % n, size);
}

/** r^e, and the inverse of r that takes it away again. */
function randomBlinding(n: bigint, e: bigint, size: number): { blind: bigint; unblind: bigint } {
  for (;;) {
    // Eight octets more than the modulus make every residue about as likely as any other.
    const r = randomInteger(size + 8) % n;
    const unblind = modInverse(r, n);
    if (unblind !== null) return { blind: modPow(r, e, n), unblind };
  }
}

function randomInteger(octets: number): bigint {
  const bytes = new Uint8Array(octets);
  // getRandomValues gives at most 65,536 octets at a time; a modulus has 2,048.
  crypto.getRandomValues(bytes);
  return bytesToInteger(bytes);
}
