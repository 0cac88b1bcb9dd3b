import { SmimeError } from "../errors.ts";
import { sharedCoordinate, signEcdsaInSoftware } from "./curve-point.ts";
import { webCryptoDigest, type DigestName } from "./digest.ts";
import { ecPkcs8, type EcPrivateKey } from "./ec-private.ts";
import { deriveSharedSecret } from "./ecdh.ts";
import { ecdsaToDer } from "./ecdsa-signature.ts";
import { curveOid, isWebCryptoCurve } from "./named-curve.ts";
import type { PrivateKey } from "./private-key.ts";
import { ecSpki, parsePublicKey, type EcPublicKey } from "./public-key.ts";
import { signWithWebCrypto } from "./webcrypto-sign.ts";

/** What a key on a curve does: by WebCrypto where it has the curve and the digest, else by noble. */
interface EcOperations {
  /** ECDSA: r and s, side by side. */
  sign(digest: DigestName, message: Uint8Array): Promise<Uint8Array>;
  agree(peer: EcPublicKey): Promise<Uint8Array>;
}

/** The operations of an EC key: ECDSA and ECDH. Rejects where the platform refuses the key. */
export async function ecPrivateKey(key: EcPrivateKey): Promise<PrivateKey> {
  const operations = isWebCryptoCurve(key.curve) ? await webCryptoOperations(key) : softwareOperations(key);
  return {
    type: "ec",
    curve: key.curve,
    curveOid: curveOid(key.curve),
    modulusBits: null,
    publicKeySpki: ecSpki(key),

    async sign(scheme, message) {
      if (scheme.kind !== "ecdsa") throw new SmimeError("unsupported.key", { scheme: scheme.kind });
      return ecdsaToDer(await operations.sign(scheme.digest, message));
    },

    unwrapRsaPkcs1: () => Promise.reject(new SmimeError("decrypt.failed")),
    unwrapRsaOaep: () => Promise.reject(new SmimeError("decrypt.failed")),

    async agree(peerSpki) {
      const peer = parsePublicKey(peerSpki);
      if (peer?.type !== "ec" || peer.curve !== key.curve) throw new SmimeError("decrypt.failed");
      try {
        return await operations.agree(peer);
      } catch {
        throw new SmimeError("decrypt.failed");
      }
    },
  };
}

async function webCryptoOperations(key: EcPrivateKey): Promise<EcOperations> {
  const pkcs8 = ecPkcs8(key);
  const namedCurve = key.curve;
  const ecdh = await crypto.subtle.importKey("pkcs8", pkcs8, { name: "ECDH", namedCurve }, false, ["deriveBits"]);
  return {
    sign(digest, message) {
      const hash = webCryptoDigest(digest);
      if (hash === null) throw new SmimeError("unsupported.algorithm", { digest });
      return signWithWebCrypto(pkcs8, { name: "ECDSA", namedCurve }, { name: "ECDSA", hash }, message);
    },
    agree: (peer) => deriveSharedSecret(ecdh, peer),
  };
}

function softwareOperations({ curve, privateKey }: EcPrivateKey): EcOperations {
  return {
    sign: (digest, message) => Promise.resolve(signEcdsaInSoftware(curve, digest, privateKey, message)),
    agree(peer) {
      const secret = sharedCoordinate(curve, privateKey, peer.point);
      return secret ? Promise.resolve(secret) : Promise.reject(new SmimeError("decrypt.failed"));
    },
  };
}
