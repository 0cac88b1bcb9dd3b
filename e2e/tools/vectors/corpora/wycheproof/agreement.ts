import { equalBytes } from "../../../../../src/engine/bytes/equal.ts";
import { publicPoint } from "../../../../../src/engine/primitives/curve-point.ts";
import { ecPkcs8 } from "../../../../../src/engine/primitives/ec-private.ts";
import { COORDINATE_SIZE, type CurveName } from "../../../../../src/engine/primitives/named-curve.ts";
import { importPrivateKey, type PrivateKey } from "../../../../../src/engine/primitives/private-key.ts";
import { ecSpki, rawSpki } from "../../../../../src/engine/primitives/public-key.ts";
import { rawPkcs8 } from "../../../../../src/engine/primitives/raw-private.ts";
import { octets, type Runner } from "./vectors.ts";

const CURVES: Readonly<Record<string, CurveName>> = {
  secp256r1: "P-256",
  secp384r1: "P-384",
  secp521r1: "P-521",
  secp256k1: "secp256k1",
  brainpoolP256r1: "brainpoolP256r1",
  brainpoolP384r1: "brainpoolP384r1",
  brainpoolP512r1: "brainpoolP512r1",
};

async function ecKey(curve: CurveName, number: Uint8Array): Promise<PrivateKey> {
  const size = COORDINATE_SIZE[curve];
  const privateKey = new Uint8Array(size);
  const significant = number.subarray(Math.max(0, number.length - size));
  privateKey.set(significant, size - significant.length);
  return importPrivateKey(ecPkcs8({ curve, privateKey, point: publicPoint(curve, privateKey)! }));
}

export const ecdh: Runner = ({ curve: name, encoding }) => {
  const curve = CURVES[name as string];
  if (curve === undefined) return null;
  // Most tests of a group have the same key, whose point takes longest.
  const keys = new Map<unknown, Promise<PrivateKey>>();
  return async ({ public: peer, private: own, shared }) => {
    const key = await (keys.get(own) ?? ecKey(curve, octets(own)));
    keys.set(own, Promise.resolve(key));
    const spki = encoding === "ecpoint" ? ecSpki({ curve, point: octets(peer) }) : octets(peer);
    return equalBytes(await key.agree(spki), octets(shared));
  };
};

export const xdh: Runner = ({ curve: name }) => {
  const rawCurve = name === "curve25519" ? "X25519" : "X448";
  return async ({ public: peer, private: own, shared }) => {
    // What the key's own public half is has no part in agreement.
    const key = await importPrivateKey(rawPkcs8({ rawCurve, privateKey: octets(own), publicKey: new Uint8Array(0) }));
    return equalBytes(await key.agree(rawSpki(rawCurve, octets(peer))), octets(shared));
  };
};
