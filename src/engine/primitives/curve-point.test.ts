import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../bytes/hex.ts";
import { decompressPoint, publicPoint } from "./curve-point.ts";
import { COORDINATE_SIZE, type CurveName } from "./named-curve.ts";

const CURVES: readonly CurveName[] = [
  "P-256",
  "P-384",
  "P-521",
  "brainpoolP256r1",
  "brainpoolP384r1",
  "brainpoolP512r1",
];

/** OpenSSL gives numbers of curves like brainpool's as PKCS#8 and SPKI only. */
const tail = (octets: Buffer, count: number): Uint8Array => new Uint8Array(octets.subarray(octets.length - count));

/** A private number and its point, as OpenSSL made them. */
function opensslKey(namedCurve: CurveName): { number: Uint8Array; point: Uint8Array } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve });
  const size = COORDINATE_SIZE[namedCurve];
  const pkcs8 = privateKey.export({ type: "pkcs8", format: "der" });
  // ECPrivateKey ends with the number, [1] and the point.
  const publicPart = tail(pkcs8, 1 + 2 * size);
  const start = pkcs8.indexOf(Buffer.of(0x02, 0x01, 0x01, 0x04, size)) + 5;
  expect(tail(publicKey.export({ type: "spki", format: "der" }), 1 + 2 * size)).toEqual(publicPart);
  return { number: new Uint8Array(pkcs8.subarray(start, start + size)), point: publicPart };
}

describe("publicPoint", () => {
  it.each(CURVES)("gives OpenSSL's points on %s", (curve) => {
    for (let i = 0; i < 20; i++) {
      const { number, point } = opensslKey(curve);
      expect(toHex(publicPoint(curve, number)!)).toBe(toHex(point));
    }
  });

  it("gives the base point for 1, and nothing for 0 and the order", () => {
    const order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
    expect(publicPoint("P-256", new Uint8Array(32).fill(1, 31))?.[1]).toBe(0x6b);
    expect(publicPoint("P-256", new Uint8Array(32))).toBeNull();
    expect(publicPoint("P-256", fromHex(order)!)).toBeNull();
    expect(publicPoint("P-256", fromHex(order.replace(/51$/, "50"))!)?.[1]).toBe(0x6b);
  });
});

describe("decompressPoint", () => {
  it.each(CURVES)("finds the y of OpenSSL's points on %s", (curve) => {
    for (let i = 0; i < 10; i++) {
      const { point } = opensslKey(curve);
      const compressed = point.slice(0, 1 + COORDINATE_SIZE[curve]);
      compressed[0] = 2 | (point[point.length - 1]! & 1);
      expect(toHex(decompressPoint(curve, compressed)!)).toBe(toHex(point));
    }
  });

  it.each(CURVES)("refuses what is no x of a point on %s", (curve) => {
    const size = COORDINATE_SIZE[curve];
    const results = Array.from({ length: 20 }, (_, x) => {
      const compressed = new Uint8Array(1 + size);
      compressed[0] = 2;
      compressed[size] = x;
      return decompressPoint(curve, compressed);
    });
    expect(results).toContain(null);
    expect(decompressPoint(curve, new Uint8Array(1 + size).fill(0xff).fill(2, 0, 1))).toBeNull();
    expect(decompressPoint(curve, new Uint8Array(size).fill(2, 0, 1))).toBeNull();
    expect(decompressPoint(curve, new Uint8Array(1 + size).fill(5, 0, 1))).toBeNull();
    expect(decompressPoint(curve, new Uint8Array(0))).toBeNull();
  });
});
