import { ed448, x448 } from "@noble/curves/ed448.js";
import { SmimeError } from "../errors.ts";
import { deriveX25519 } from "./ecdh.ts";
import type { PrivateKey } from "./private-key.ts";
import { parsePublicKey, rawSpki, type MontgomeryPublicKey } from "./public-key.ts";
import { rawPkcs8, type RawPrivateKey } from "./raw-private.ts";
import { signWithWebCrypto } from "./webcrypto-sign.ts";

const cannot = (): Promise<never> => Promise.reject(new SmimeError("decrypt.failed"));

/** The operations of a key of RFC 8410: EdDSA on the Edwards curves, ECDH on the others. */
export async function rawPrivateKey(key: RawPrivateKey): Promise<PrivateKey> {
  const { rawCurve: curve, publicKey } = key;
  const known = { curve, curveOid: null, modulusBits: null, publicKeySpki: rawSpki(curve, publicKey) };
  const shared = { ...known, unwrapRsaPkcs1: cannot, unwrapRsaOaep: cannot };
  if (curve === "Ed25519" || curve === "Ed448") {
    return { ...shared, type: "edwards", sign: edwardsSigner(key), agree: cannot };
  }
  const derive = await montgomeryAgreement(key);
  return {
    ...shared,
    type: "montgomery",
    sign: (scheme) => Promise.reject(new SmimeError("unsupported.key", { scheme: scheme.kind })),
    async agree(peerSpki) {
      const peer = parsePublicKey(peerSpki);
      if (peer?.type !== "montgomery" || peer.curve !== curve) throw new SmimeError("decrypt.failed");
      try {
        return await derive(peer);
      } catch {
        throw new SmimeError("decrypt.failed");
      }
    },
  };
}

/** PureEdDSA (RFC 8032 sections 5.1.6 and 5.2.6); Ed448 is in no browser's WebCrypto. */
function edwardsSigner(key: RawPrivateKey): PrivateKey["sign"] {
  return async (scheme, message) => {
    const own = key.rawCurve === "Ed25519" ? "ed25519" : "ed448";
    if (scheme.kind !== own) throw new SmimeError("unsupported.key", { scheme: scheme.kind });
    if (own === "ed448") return ed448.sign(message, key.privateKey);
    return signWithWebCrypto(rawPkcs8(key), { name: "Ed25519" }, "Ed25519", message);
  };
}

/** X25519 and X448 (RFC 7748 section 6); both refuse a result of zero. */
async function montgomeryAgreement(key: RawPrivateKey): Promise<(peer: MontgomeryPublicKey) => Promise<Uint8Array>> {
  if (key.rawCurve === "X448") {
    return (peer) => Promise.resolve().then(() => x448.getSharedSecret(key.privateKey, peer.octets));
  }
  const imported = await crypto.subtle.importKey("pkcs8", rawPkcs8(key), { name: "X25519" }, false, ["deriveBits"]);
  return (peer) => deriveX25519(imported, peer);
}
