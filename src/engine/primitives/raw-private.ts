import { ed25519, x25519 } from "@noble/curves/ed25519.js";
import { ed448, x448 } from "@noble/curves/ed448.js";
import { algorithmIdentifier, type AlgorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { Asn1Reader } from "../asn1/reader.ts";
import { encode, octetString, sequence, smallInteger } from "../asn1/writer.ts";
import { SmimeError } from "../errors.ts";
import {
  type EdwardsCurve,
  edwardsCurveByOid,
  type MontgomeryCurve,
  montgomeryCurveByOid,
  RAW_KEY_OID,
  RAW_KEY_SIZE,
} from "./named-curve.ts";

/** A private key of RFC 8410: octets without ASN.1, and the public ones that belong to them. */
export interface RawPrivateKey {
  readonly rawCurve: EdwardsCurve | MontgomeryCurve;
  readonly privateKey: Uint8Array;
  readonly publicKey: Uint8Array;
}

const PUBLIC_KEY: Readonly<Record<RawPrivateKey["rawCurve"], (privateKey: Uint8Array) => Uint8Array>> = {
  Ed25519: (privateKey) => ed25519.getPublicKey(privateKey),
  Ed448: (privateKey) => ed448.getPublicKey(privateKey),
  X25519: (privateKey) => x25519.getPublicKey(privateKey),
  X448: (privateKey) => x448.getPublicKey(privateKey),
};

/**
 * Reads `CurvePrivateKey ::= OCTET STRING` (RFC 8410 section 7); `null` for keys of other algorithms. The public key
 * is computed and not read, so that it is neither missing nor another key's.
 *
 * @throws {SmimeError} `malformed.key`
 */
export function readRawPrivateKey(encoding: Uint8Array, { oid }: AlgorithmIdentifier): RawPrivateKey | null {
  const rawCurve = edwardsCurveByOid(oid) ?? montgomeryCurveByOid(oid);
  if (rawCurve === null) return null;
  const outer = new Asn1Reader(encoding, "ber");
  const privateKey = outer.octetString();
  outer.end();
  if (privateKey.length !== RAW_KEY_SIZE[rawCurve]) throw new SmimeError("malformed.key", { reason: "key-length" });
  return { rawCurve, privateKey, publicKey: PUBLIC_KEY[rawCurve](privateKey) };
}

/** OneAsymmetricKey (RFC 8410 section 7) without the public key, as all WebCrypto implementations read it. */
export function rawPkcs8({ rawCurve, privateKey }: RawPrivateKey): Uint8Array {
  const encoding = octetString(encode(octetString(privateKey)));
  return encode(sequence(smallInteger(0), algorithmIdentifier(RAW_KEY_OID[rawCurve], "absent"), encoding));
}
