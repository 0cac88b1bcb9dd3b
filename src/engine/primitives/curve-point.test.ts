import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { concatBytes } from "../bytes/concat.ts";
import { fromHex, toHex } from "../bytes/hex.ts";
import { decompressPoint, publicPoint } from "./curve-point.ts";
import { COORDINATE_SIZE, type CurveName } from "./named-curve.ts";

const CURVES: readonly CurveName[] = ["P-256", "P-384", "P-521"];

/** A private number and its point, as OpenSSL made them. */
function opensslKey(namedCurve: CurveName): { number: Uint8Array; point: Uint8Array } {
  const { d = "", x = "", y = "" } = generateKeyPairSync("ec", { namedCurve }).privateKey.export({ format: "jwk" });
  const [number, left, right] = [d, x, y].map((text) => new Uint8Array(Buffer.from(text, "base64url")));
  return { number: number!, point: concatBytes(Uint8Array.of(4), left!, right!) };
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
    expect(publicPoint("P-256", Uint8Array.of(1))?.[1]).toBe(0x6b);
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
