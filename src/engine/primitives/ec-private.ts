import { algorithmIdentifier, type AlgorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { PublicKey } from "../asn1/oids.ts";
import { decodeOid, readWhole } from "../asn1/reader.ts";
import { Tag } from "../asn1/tag.ts";
import { bitString, encode, explicit, octetString, oid, sequence, smallInteger } from "../asn1/writer.ts";
import { SmimeError } from "../errors.ts";
import { publicPoint } from "./curve-point.ts";
import { COORDINATE_SIZE, curveByOid, curveOid, type CurveName } from "./named-curve.ts";

export interface EcPrivateKey {
  readonly curve: CurveName;
  /** As long as a coordinate. */
  readonly privateKey: Uint8Array;
  /** Uncompressed. */
  readonly point: Uint8Array;
}

/**
 * Reads `ECPrivateKey ::= SEQUENCE { version INTEGER (1), privateKey OCTET STRING, parameters [0] OPTIONAL,
 * publicKey [1] BIT STRING OPTIONAL }` (RFC 5915 section 3). The public key inside is not looked at but computed,
 * so that it is neither missing nor another key's.
 *
 * @throws {SmimeError} `malformed.key`, `unsupported.key` for other curves and explicit parameters
 */
export function readEcPrivateKey(encoding: Uint8Array, algorithm: AlgorithmIdentifier): EcPrivateKey {
  const fields = readWhole(encoding, "ber");
  if (fields.smallInteger() !== 1) throw new SmimeError("malformed.key", { reason: "ec-version" });
  const octets = fields.octetString();
  const inner = fields.optionalExplicit(0);
  const parameters = inner?.any() ?? algorithm.parameters;
  inner?.end();
  const outer = algorithm.parameters?.tag === Tag.ObjectIdentifier ? algorithm.parameters : parameters;
  if (outer?.tag !== Tag.ObjectIdentifier) throw new SmimeError("unsupported.key", { reason: "ec-parameters" });
  const curveName = decodeOid(outer.content);
  const curve = curveByOid(curveName);
  if (curve === null) throw new SmimeError("unsupported.key", { curve: curveName });
  const privateKey = ofSize(octets, COORDINATE_SIZE[curve]);
  const point = privateKey && publicPoint(curve, privateKey);
  if (!privateKey || !point) throw new SmimeError("malformed.key", { reason: "ec-private-key" });
  return { curve, privateKey, point };
}

/** Some writers leave leading zeros out, others put one before as if it were an INTEGER; `null` where it is longer. */
function ofSize(octets: Uint8Array, size: number): Uint8Array | null {
  let start = 0;
  while (octets.length - start > size && octets[start] === 0) start++;
  if (octets.length - start > size) return null;
  const padded = new Uint8Array(size);
  padded.set(octets.subarray(start), size - (octets.length - start));
  return padded;
}

/** PrivateKeyInfo (RFC 5208 section 5) with the public key inside, as all WebCrypto implementations read it. */
export function ecPkcs8({ curve, privateKey, point }: EcPrivateKey): Uint8Array {
  return encode(
    sequence(
      smallInteger(0),
      algorithmIdentifier(PublicKey.ecPublicKey, oid(curveOid(curve))),
      octetString(encode(sequence(smallInteger(1), octetString(privateKey), explicit(1, bitString(point))))),
    ),
  );
}
