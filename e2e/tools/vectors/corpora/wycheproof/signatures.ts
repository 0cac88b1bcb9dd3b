import { equalBytes } from "../../../../../src/engine/bytes/equal.ts";
import { DIGEST_SIZE, type DigestName, webCryptoDigest } from "../../../../../src/engine/primitives/digest.ts";
import { importPrivateKey } from "../../../../../src/engine/primitives/private-key.ts";
import { publicKeyType } from "../../../../../src/engine/primitives/public-key.ts";
import { type SignatureScheme, verifySignature } from "../../../../../src/engine/primitives/signature.ts";
import { octets, type Run, type Runner } from "./vectors.ts";

/** `SHA-512/256` and such are our names in capitals; `null` for digests that are none of ours. */
export function digestName(name: unknown): DigestName | null {
  const lower = String(name).toLowerCase();
  return Object.hasOwn(DIGEST_SIZE, lower) ? (lower as DigestName) : null;
}

/** A public key that the engine does not read is of a curve that S/MIME does not have. */
function verifier(scheme: SignatureScheme, keyDer: unknown): Run | null {
  const spki = octets(keyDer);
  if (publicKeyType(spki) === null) return null;
  return async ({ msg, sig }) => (await verifySignature(scheme, spki, octets(msg), octets(sig))) === "valid";
}

export const rsaPkcs1: Runner = ({ sha, keyDer }) => {
  const digest = digestName(sha);
  return digest && verifier({ kind: "rsa-pkcs1", digest }, keyDer);
};

export const rsaPss: Runner = ({ sha, mgfSha, sLen, keyDer }) => {
  const [digest, maskDigest] = [digestName(sha), digestName(mgfSha)];
  return digest && maskDigest && verifier({ kind: "rsa-pss", digest, maskDigest, saltLength: Number(sLen) }, keyDer);
};

export const ecdsa: Runner = ({ sha, keyDer }) => {
  const digest = digestName(sha);
  return digest && verifier({ kind: "ecdsa", digest }, keyDer);
};

export const eddsa: Runner = ({ key, keyDer }) => {
  const isEd25519 = (key as { curve: string }).curve === "edwards25519";
  const scheme = isEd25519
    ? ({ kind: "ed25519", digest: "sha-512" } as const)
    : ({ kind: "ed448", digest: "shake256" } as const);
  return verifier(scheme, keyDer);
};

/** PKCS#1 v1.5 signatures have no random part: the one that we make must be the suite's. */
export const rsaSigning: Runner = ({ sha, privateKeyPkcs8 }) => {
  const digest = digestName(sha);
  // What WebCrypto lacks is verified, and never written.
  if (!digest || webCryptoDigest(digest) === null) return null;
  return async ({ msg, sig }) => {
    const key = await importPrivateKey(octets(privateKeyPkcs8));
    return equalBytes(await key.sign({ kind: "rsa-pkcs1", digest }, octets(msg)), octets(sig));
  };
};
