import { Curve } from "../asn1/oids.ts";

/** The NIST curves of RFC 5480 section 2.1.1.1 that WebCrypto has, under its names. */
export type CurveName = "P-256" | "P-384" | "P-521";

const OIDS: Readonly<Record<CurveName, string>> = { "P-256": Curve.p256, "P-384": Curve.p384, "P-521": Curve.p521 };

const BY_OID: ReadonlyMap<string, CurveName> = new Map([
  [Curve.p256, "P-256"],
  [Curve.p384, "P-384"],
  [Curve.p521, "P-521"],
]);

/** Octets of one coordinate. */
export const COORDINATE_SIZE: Readonly<Record<CurveName, number>> = { "P-256": 32, "P-384": 48, "P-521": 66 };

/** `null` for other curves. */
export function curveByOid(oid: string): CurveName | null {
  return BY_OID.get(oid) ?? null;
}

export function curveOid(curve: CurveName): string {
  return OIDS[curve];
}
