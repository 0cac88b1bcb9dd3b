import { Curve, PublicKey } from "../asn1/oids.ts";

/** Curves of WebCrypto, under its names (RFC 5480 section 2.1.1.1). */
export type WebCryptoCurve = "P-256" | "P-384" | "P-521";

/** Named curves in short Weierstrass form: NIST's, and those of RFC 5639 and SEC 2 that noble has. */
export type CurveName = WebCryptoCurve | "brainpoolP256r1" | "brainpoolP384r1" | "brainpoolP512r1" | "secp256k1";

/** Curves for EdDSA (RFC 8032) and for X25519 and X448 (RFC 7748), which are algorithms of their own (RFC 8410). */
export type EdwardsCurve = "Ed25519" | "Ed448";
export type MontgomeryCurve = "X25519" | "X448";

const OIDS: Readonly<Record<CurveName, string>> = {
  "P-256": Curve.p256,
  "P-384": Curve.p384,
  "P-521": Curve.p521,
  brainpoolP256r1: Curve.brainpoolP256r1,
  brainpoolP384r1: Curve.brainpoolP384r1,
  brainpoolP512r1: Curve.brainpoolP512r1,
  secp256k1: Curve.secp256k1,
};

const BY_OID: ReadonlyMap<string, CurveName> = new Map(
  (Object.keys(OIDS) as CurveName[]).map((name) => [OIDS[name], name]),
);

/** Octets of one coordinate; those of the group's order are as many on all of these curves. */
export const COORDINATE_SIZE: Readonly<Record<CurveName, number>> = {
  "P-256": 32,
  "P-384": 48,
  "P-521": 66,
  brainpoolP256r1: 32,
  brainpoolP384r1: 48,
  brainpoolP512r1: 64,
  secp256k1: 32,
};

/** `null` for other curves. */
export function curveByOid(oid: string): CurveName | null {
  return BY_OID.get(oid) ?? null;
}

export function curveOid(curve: CurveName): string {
  return OIDS[curve];
}

export function isWebCryptoCurve(curve: CurveName): curve is WebCryptoCurve {
  return curve === "P-256" || curve === "P-384" || curve === "P-521";
}

/** Octets of a public key (RFC 8032 sections 5.1.5 and 5.2.5, RFC 7748 section 5); private ones have as many. */
export const RAW_KEY_SIZE: Readonly<Record<EdwardsCurve | MontgomeryCurve, number>> = {
  Ed25519: 32,
  Ed448: 57,
  X25519: 32,
  X448: 56,
};

/** RFC 8410 section 3. */
export const RAW_KEY_OID: Readonly<Record<EdwardsCurve | MontgomeryCurve, string>> = {
  Ed25519: PublicKey.ed25519,
  Ed448: PublicKey.ed448,
  X25519: PublicKey.x25519,
  X448: PublicKey.x448,
};

/** `null` for other algorithms. */
export function edwardsCurveByOid(oid: string): EdwardsCurve | null {
  return oid === PublicKey.ed25519 ? "Ed25519" : oid === PublicKey.ed448 ? "Ed448" : null;
}

/** `null` for other algorithms. */
export function montgomeryCurveByOid(oid: string): MontgomeryCurve | null {
  return oid === PublicKey.x25519 ? "X25519" : oid === PublicKey.x448 ? "X448" : null;
}
