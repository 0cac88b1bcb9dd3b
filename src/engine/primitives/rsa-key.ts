import { SmimeError } from "../errors.ts";
import { bitLength } from "./big-integer.ts";
import { webCryptoDigest, type DigestName } from "./digest.ts";
import type { PrivateKey } from "./private-key.ts";
import { rsaSpki, type RsaPublicKey } from "./public-key.ts";
import { decryptRsaOaep } from "./rsa-oaep.ts";
import { decryptRsaPkcs1 } from "./rsa-pkcs1-unpadding.ts";
import { rsaPkcs8, type RsaPrivateKey } from "./rsa-private.ts";
import { signWithWebCrypto } from "./webcrypto-sign.ts";

export interface RsaKeyWithUse extends RsaPrivateKey {
  readonly use: RsaPublicKey["use"];
}

/** The operations of an RSA key, within what its algorithm identifier allows (RFC 4055 section 1). */
export function rsaPrivateKey(key: RsaKeyWithUse): PrivateKey {
  const pkcs8 = rsaPkcs8(key);
  return {
    type: "rsa",
    curve: null,
    curveOid: null,
    modulusBits: bitLength(key.n),
    publicKeySpki: rsaSpki({ modulus: key.n, size: key.size, exponent: key.e }),

    async sign(scheme, message) {
      const isRsa = scheme.kind === "rsa-pkcs1" || scheme.kind === "rsa-pss";
      if (!isRsa || key.use === "oaep" || (scheme.kind === "rsa-pkcs1" && key.use === "pss")) {
        throw new SmimeError("unsupported.key", { scheme: scheme.kind });
      }
      // WebCrypto's mask has the digest of the signature.
      const hash = signingHash(scheme.digest);
      if (scheme.kind === "rsa-pkcs1") {
        return signWithWebCrypto(pkcs8, { name: "RSASSA-PKCS1-v1_5", hash }, "RSASSA-PKCS1-v1_5", message);
      }
      if ((scheme.maskDigest ?? scheme.digest) !== scheme.digest) throw new SmimeError("unsupported.algorithm");
      const algorithm = { name: "RSA-PSS", saltLength: scheme.saltLength };
      return signWithWebCrypto(pkcs8, { name: "RSA-PSS", hash }, algorithm, message);
    },

    // The work is BigInt's and done at once; a smart card's would be awaited.
    unwrapRsaPkcs1(ciphertext, expectedLength) {
      if (key.use !== "any") return Promise.reject(new SmimeError("decrypt.failed"));
      return Promise.resolve(decryptRsaPkcs1(key, ciphertext, expectedLength));
    },

    async unwrapRsaOaep(ciphertext, digest, mgfDigest, label) {
      const hash = webCryptoDigest(digest);
      if (key.use === "pss") throw new SmimeError("decrypt.failed");
      if (hash === null || mgfDigest !== digest) return decryptRsaOaep(key, ciphertext, digest, mgfDigest, label);
      try {
        const algorithm = { name: "RSA-OAEP", hash };
        const imported = await crypto.subtle.importKey("pkcs8", pkcs8, algorithm, false, ["decrypt"]);
        return new Uint8Array(await crypto.subtle.decrypt({ name: "RSA-OAEP", label }, imported, ciphertext));
      } catch {
        throw new SmimeError("decrypt.failed");
      }
    },

    agree: () => Promise.reject(new SmimeError("decrypt.failed")),
  };
}

/** The digest's name in WebCrypto. */
function signingHash(digest: DigestName): string {
  const hash = webCryptoDigest(digest);
  if (hash === null) throw new SmimeError("unsupported.algorithm", { digest });
  return hash;
}
