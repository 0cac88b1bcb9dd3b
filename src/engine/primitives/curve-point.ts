import { concatBytes } from "../bytes/concat.ts";
import { bytesToInteger, integerToBytes, modInverse, modPow } from "./big-integer.ts";
import { COORDINATE_SIZE, type CurveName } from "./named-curve.ts";

/** y^2 = x^3 - 3x + b modulo p, with a base point of order n (SP 800-186 section 3.2.1). */
interface Curve {
  readonly p: bigint;
  readonly b: bigint;
  readonly n: bigint;
  readonly base: Point;
}

interface Point {
  readonly x: bigint;
  readonly y: bigint;
}

/** The point (x / z^2, y / z^3), or the point at infinity where z is 0: no inverse is needed until the end. */
interface JacobianPoint extends Point {
  readonly z: bigint;
}

const CURVES: Readonly<Record<CurveName, Curve>> = {
  "P-256": {
    p: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    n: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
    base: {
      x: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
      y: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
    },
  },
  "P-384": {
    p: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffffn,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
    n: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
    base: {
      x: 0xaa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7n,
      y: 0x3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5fn,
    },
  },
  "P-521": {
    p: (1n << 521n) - 1n,
    b: 0x051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
    n: 0x1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
    base: {
      x: 0xc6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66n,
      y: 0x11839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650n,
    },
  },
};

/**
 * The public point of a private key, uncompressed: for PKCS#8 that leaves it out, which RFC 5915 section 3 allows and
 * Firefox does not read. Done once when a key is imported, with a random multiple of the order added to the key,
 * since BigInt arithmetic takes a time that depends on its numbers. `null` where the key is 0 or not below the order.
 */
export function publicPoint(curve: CurveName, privateKey: Uint8Array): Uint8Array | null {
  const { n, p, base } = CURVES[curve];
  const scalar = bytesToInteger(privateKey);
  if (scalar === 0n || scalar >= n) return null;
  const blinding = bytesToInteger(crypto.getRandomValues(new Uint8Array(8)));
  const { x, y, z } = multiply(scalar + blinding * n, base, p);
  const inverse = modInverse(z, p);
  if (inverse === null) return null;
  return uncompressed(curve, (x * inverse ** 2n) % p, (y * inverse ** 3n) % p);
}

/** A point of 02 or 03 and x (SEC 1 section 2.3.4) as 04, x, y; `null` where no such point is on the curve. */
export function decompressPoint(curve: CurveName, point: Uint8Array): Uint8Array | null {
  const { p, b } = CURVES[curve];
  if (point.length !== 1 + COORDINATE_SIZE[curve] || (point[0] !== 2 && point[0] !== 3)) return null;
  const x = bytesToInteger(point.subarray(1));
  if (x >= p) return null;
  const square = (x ** 3n - 3n * x + b + 3n * p) % p;
  // All three primes are 3 modulo 4, so this power is a square root where there is one.
  const root = modPow(square, (p + 1n) / 4n, p);
  if ((root * root) % p !== square) return null;
  return uncompressed(curve, x, (root & 1n) === BigInt(point[0] & 1) ? root : (p - root) % p);
}

function uncompressed(curve: CurveName, x: bigint, y: bigint): Uint8Array {
  const size = COORDINATE_SIZE[curve];
  return concatBytes(Uint8Array.of(4), integerToBytes(x, size), integerToBytes(y, size));
}

function multiply(scalar: bigint, point: Point, p: bigint): JacobianPoint {
  let result: JacobianPoint = { x: 1n, y: 1n, z: 0n };
  for (const bit of scalar.toString(2)) {
    result = double(result, p);
    if (bit === "1") result = add(result, point, p);
  }
  return result;
}

/** "dbl-2001-b" of the Explicit-Formulas Database, for a = -3. */
function double({ x, y, z }: JacobianPoint, p: bigint): JacobianPoint {
  const delta = (z * z) % p;
  const gamma = (y * y) % p;
  const beta = (x * gamma) % p;
  const alpha = (3n * (x - delta) * (x + delta)) % p;
  const doubledX = mod(alpha * alpha - 8n * beta, p);
  return {
    x: doubledX,
    y: mod(alpha * (4n * beta - doubledX) - 8n * gamma * gamma, p),
    z: mod((y + z) ** 2n - gamma - delta, p),
  };
}

/** "madd" of the same (Cohen, Miyaji, Ono): the second point has z = 1. */
function add(a: JacobianPoint, b: Point, p: bigint): JacobianPoint {
  if (a.z === 0n) return { ...b, z: 1n };
  const zz = (a.z * a.z) % p;
  const h = mod(b.x * zz - a.x, p);
  const r = mod(b.y * a.z * zz - a.y, p);
  if (h === 0n) return r === 0n ? double(a, p) : { x: 1n, y: 1n, z: 0n };
  const hh = (h * h) % p;
  const hhh = (h * hh) % p;
  const v = (a.x * hh) % p;
  const x = mod(r * r - hhh - 2n * v, p);
  return { x, y: mod(r * (v - x) - a.y * hhh, p), z: (a.z * h) % p };
}

function mod(value: bigint, p: bigint): bigint {
  const remainder = value % p;
  return remainder < 0n ? remainder + p : remainder;
}
