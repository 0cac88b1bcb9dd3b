import { algorithmIdentifier, hasNoParameters, readAlgorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { PublicKey } from "../asn1/oids.ts";
import { decodeOid, readWhole } from "../asn1/reader.ts";
import { Tag } from "../asn1/tag.ts";
import { bitString, encode, oid, sequence, unsignedInteger } from "../asn1/writer.ts";
import { SmimeError } from "../errors.ts";
import { MAX_RSA_BITS, MAX_RSA_EXPONENT_BITS } from "../limits.ts";
import { bitLength, bytesToInteger, integerToBytes } from "./big-integer.ts";
import { decompressPoint } from "./curve-point.ts";
import {
  COORDINATE_SIZE,
  type CurveName,
  curveByOid,
  curveOid,
  type EdwardsCurve,
  edwardsCurveByOid,
  type MontgomeryCurve,
  montgomeryCurveByOid,
  RAW_KEY_OID,
  RAW_KEY_SIZE,
} from "./named-curve.ts";
import { readPssParams, type PssParams } from "./pss-params.ts";

export interface RsaPublicKey {
  readonly type: "rsa";
  readonly modulus: bigint;
  readonly modulusBits: number;
  /** k of RFC 8017: octets of the modulus. */
  readonly size: number;
  readonly exponent: bigint;
  /** What the key may be used for: id-RSASSA-PSS and id-RSAES-OAEP keys for nothing else (RFC 4055 section 1). */
  readonly use: "any" | "pss" | "oaep";
  /** What signatures of an id-RSASSA-PSS key are bound to; `null` where nothing. */
  readonly pssRestriction: PssParams | null;
}

export interface EcPublicKey {
  readonly type: "ec";
  readonly curve: CurveName;
  /** Uncompressed point: 04, x, y. Whether it is on the curve is checked when it is used. */
  readonly point: Uint8Array;
}

/** A key for EdDSA (RFC 8410 section 4). */
export interface EdwardsPublicKey {
  readonly type: "edwards";
  readonly curve: EdwardsCurve;
  readonly octets: Uint8Array;
}

/** A key for X25519 or X448 (RFC 8410 section 4). */
export interface MontgomeryPublicKey {
  readonly type: "montgomery";
  readonly curve: MontgomeryCurve;
  readonly octets: Uint8Array;
}

export type PublicKeyNumbers = RsaPublicKey | EcPublicKey | EdwardsPublicKey | MontgomeryPublicKey;

/**
 * Reads a SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7; RFC 3279, 4055, 5480, 8410) in DER. `null` for keys that are
 * broken, too large (limits.ts) or of other algorithms: explicit curve parameters among them (CVE-2020-0601).
 */
export function parsePublicKey(spki: Uint8Array): PublicKeyNumbers | null {
  try {
    return readPublicKey(spki);
  } catch (error) {
    if (error instanceof SmimeError) return null;
    throw error;
  }
}

/** What kind of key it is, and so what it can do for a recipient; `null` for keys that cannot be read. */
export function publicKeyType(spki: Uint8Array): PublicKeyNumbers["type"] | null {
  return parsePublicKey(spki)?.type ?? null;
}

function readPublicKey(spki: Uint8Array): PublicKeyNumbers | null {
  const fields = readWhole(spki);
  const algorithm = readAlgorithmIdentifier(fields);
  const key = fields.bitStringOctets();
  fields.end();
  switch (algorithm.oid) {
    case PublicKey.rsaEncryption:
      return hasNoParameters(algorithm) ? readRsaKey(key, "any", null) : null;
    case PublicKey.rsassaPss: {
      if (algorithm.parameters === null) return readRsaKey(key, "pss", null);
      const restriction = readPssParams(algorithm);
      return restriction && readRsaKey(key, "pss", restriction);
    }
    case PublicKey.rsaesOaep:
      return readRsaKey(key, "oaep", null);
    case PublicKey.ecPublicKey: {
      if (algorithm.parameters?.tag !== Tag.ObjectIdentifier) return null;
      const curve = curveByOid(decodeOid(algorithm.parameters.content));
      return curve && readPoint(key, curve);
    }
    default:
      return algorithm.parameters === null ? readRawKey(algorithm.oid, key) : null;
  }
}

/** The octets of the BIT STRING are the key's own, without ASN.1 (RFC 8410 section 4). */
function readRawKey(oidOfKey: string, octets: Uint8Array): EdwardsPublicKey | MontgomeryPublicKey | null {
  const edwards = edwardsCurveByOid(oidOfKey);
  const montgomery = montgomeryCurveByOid(oidOfKey);
  if (edwards && octets.length === RAW_KEY_SIZE[edwards]) return { type: "edwards", curve: edwards, octets };
  if (montgomery && octets.length === RAW_KEY_SIZE[montgomery])
    return { type: "montgomery", curve: montgomery, octets };
  return null;
}

/** `RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }` (RFC 8017 appendix A.1.1) */
function readRsaKey(der: Uint8Array, use: RsaPublicKey["use"], pssRestriction: PssParams | null): RsaPublicKey | null {
  const fields = readWhole(der);
  const modulusOctets = fields.integer();
  const exponentOctets = fields.integer();
  fields.end();
  // Octets are counted before they become numbers, since that takes quadratic time.
  if (modulusOctets.length > MAX_RSA_BITS / 8 + 1 || exponentOctets.length > MAX_RSA_EXPONENT_BITS / 8 + 1) return null;
  if (modulusOctets[0]! >= 0x80 || exponentOctets[0]! >= 0x80) return null;
  const modulus = bytesToInteger(modulusOctets);
  const exponent = bytesToInteger(exponentOctets);
  const modulusBits = bitLength(modulus);
  if (modulusBits > MAX_RSA_BITS || bitLength(exponent) > MAX_RSA_EXPONENT_BITS) return null;
  // An exponent of 1 makes every signature its own message; even numbers are no RSA key at all.
  if (exponent < 3n || exponent % 2n === 0n || modulus % 2n === 0n || modulus <= exponent) return null;
  return { type: "rsa", modulus, modulusBits, size: Math.ceil(modulusBits / 8), exponent, use, pssRestriction };
}

/** An uncompressed or compressed point (SEC 1 sections 2.3.3 and 2.3.4); RFC 5480 section 2.2 allows both. */
function readPoint(octets: Uint8Array, curve: CurveName): EcPublicKey | null {
  const isUncompressed = octets[0] === 0x04 && octets.length === 1 + 2 * COORDINATE_SIZE[curve];
  const point = isUncompressed ? octets : decompressPoint(curve, octets);
  return point && { type: "ec", curve, point };
}

/**
 * The one SubjectPublicKeyInfo of a key, whatever algorithm identifier and form of point the given one has: RSA under
 * rsaEncryption, EC with an uncompressed point. `null` where the key cannot be read.
 */
export function canonicalSpki(spki: Uint8Array): Uint8Array | null {
  const key = parsePublicKey(spki);
  switch (key?.type) {
    case undefined:
      return null;
    case "rsa":
      return rsaSpki(key);
    case "ec":
      return ecSpki(key);
    case "edwards":
    case "montgomery":
      return rawSpki(key.curve, key.octets);
  }
}

/** SubjectPublicKeyInfo of an RSA key under rsaEncryption, the only form that WebCrypto reads. */
export function rsaSpki({ modulus, size, exponent }: Pick<RsaPublicKey, "modulus" | "size" | "exponent">): Uint8Array {
  return encode(
    sequence(
      algorithmIdentifier(PublicKey.rsaEncryption, "null"),
      bitString(
        encode(
          sequence(
            unsignedInteger(integerToBytes(modulus, size)),
            unsignedInteger(integerToBytes(exponent, MAX_RSA_EXPONENT_BITS / 8)),
          ),
        ),
      ),
    ),
  );
}

/** SubjectPublicKeyInfo of a key on a named curve (RFC 5480 section 2). */
export function ecSpki({ curve, point }: Pick<EcPublicKey, "curve" | "point">): Uint8Array {
  return encode(sequence(algorithmIdentifier(PublicKey.ecPublicKey, oid(curveOid(curve))), bitString(point)));
}

/** SubjectPublicKeyInfo of a key for EdDSA, X25519 or X448 (RFC 8410 section 4). */
export function rawSpki(curve: EdwardsCurve | MontgomeryCurve, octets: Uint8Array): Uint8Array {
  return encode(sequence(algorithmIdentifier(RAW_KEY_OID[curve], "absent"), bitString(octets)));
}
