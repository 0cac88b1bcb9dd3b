import { concatBytes } from "../../../../../src/engine/bytes/concat.ts";
import { equalBytes } from "../../../../../src/engine/bytes/equal.ts";
import { Cipher } from "../../../../../src/engine/asn1/oids.ts";
import { cipherByOid, CIPHERS, type ContentCipher } from "../../../../../src/engine/primitives/cipher-registry.ts";
import { decryptContent } from "../../../../../src/engine/primitives/content-cipher.ts";
import { hkdf } from "../../../../../src/engine/primitives/hkdf.ts";
import { hmac } from "../../../../../src/engine/primitives/hmac.ts";
import { unwrapKey } from "../../../../../src/engine/primitives/key-wrap.ts";
import { importPrivateKey } from "../../../../../src/engine/primitives/private-key.ts";
import { digestName } from "./signatures.ts";
import { octets, type Runner } from "./vectors.ts";

type Mode = "cbc" | "gcm" | "ccm";

const CCM = { 128: Cipher.aes128Ccm, 192: Cipher.aes192Ccm, 256: Cipher.aes256Ccm } as const;

function aes(mode: Mode, bits: number): ContentCipher | null {
  if (bits !== 128 && bits !== 192 && bits !== 256) return null;
  return mode === "ccm" ? cipherByOid(CCM[bits]) : CIPHERS[`aes-${bits}-${mode}`];
}

/** RFC 5084 section 3.2 has tags of 12 octets and more only. */
const MIN_TAG_BITS = 96;

export const cbc: Runner = ({ keySize }) => {
  const cipher = aes("cbc", Number(keySize));
  if (!cipher) return null;
  return async ({ key, iv, ct, msg }) =>
    equalBytes(await decryptContent(cipher, octets(key), { iv: octets(iv), tagLength: 0 }, octets(ct)), octets(msg));
};

export function authenticated(mode: "gcm" | "ccm"): Runner {
  return ({ keySize, tagSize }) => {
    const cipher = aes(mode, Number(keySize));
    if (!cipher || Number(tagSize) < MIN_TAG_BITS) return null;
    return async ({ key, iv, aad, ct, tag, msg }) => {
      const parameters = { iv: octets(iv), tagLength: Number(tagSize) / 8 };
      const sealed = concatBytes(octets(ct), octets(tag));
      return equalBytes(await decryptContent(cipher, octets(key), parameters, sealed, octets(aad)), octets(msg));
    };
  };
}

export function keyWrap(kind: "aes" | "aes-padded"): Runner {
  return ({ keySize }) => {
    const size = Number(keySize) / 8;
    if (size !== 16 && size !== 24 && size !== 32) return null;
    return ({ key, ct, msg }) => equalBytes(unwrapKey({ kind, keySize: size }, octets(key), octets(ct)), octets(msg));
  };
}

export const oaep: Runner = ({ sha, mgfSha, privateKeyPkcs8 }) => {
  const [digest, mask] = [digestName(sha), digestName(mgfSha)];
  if (!digest || !mask) return null;
  const importing = importPrivateKey(octets(privateKeyPkcs8));
  return async ({ ct, label, msg }) =>
    equalBytes(await (await importing).unwrapRsaOaep(octets(ct), digest, mask, octets(label)), octets(msg));
};

/** Length of a content key, which no wrong padding may make shorter or longer. */
const KEY_LENGTH = 32;

/**
 * A wrong padding is no error: the same substitute comes out each time (RFC 3218). So what is right is told by the
 * message, and what is wrong by its length and by being the same again, whatever is wrong in it.
 */
export const pkcs1: Runner = ({ privateKeyPkcs8 }) => {
  const importing = importPrivateKey(octets(privateKeyPkcs8));
  return async ({ ct, msg, result }) => {
    const key = await importing;
    const message = octets(msg);
    if (result === "valid") return equalBytes(await key.unwrapRsaPkcs1(octets(ct), message.length), message);
    const [substitute, again] = [
      await key.unwrapRsaPkcs1(octets(ct), KEY_LENGTH),
      await key.unwrapRsaPkcs1(octets(ct), KEY_LENGTH),
    ];
    if (substitute.length !== KEY_LENGTH || !equalBytes(substitute, again)) throw new Error("is told apart");
    return false;
  };
};

export function derivation(sha: string): Runner {
  const digest = digestName(sha);
  return () =>
    digest &&
    (({ ikm, salt, info, size, okm }) =>
      equalBytes(hkdf(digest, octets(ikm), octets(salt), octets(info), Number(size)), octets(okm)));
}

export function authentication(sha: string): Runner {
  const digest = digestName(sha);
  return ({ tagSize }) =>
    digest &&
    (({ key, msg, tag }) =>
      equalBytes(hmac(digest, octets(key), octets(msg)).subarray(0, Number(tagSize) / 8), octets(tag)));
}
