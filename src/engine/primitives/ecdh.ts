import { x448 } from "@noble/curves/ed448.js";
import { SmimeError } from "../errors.ts";
import { publicPoint, randomPrivateKey, sharedCoordinate } from "./curve-point.ts";
import { isWebCryptoCurve } from "./named-curve.ts";
import {
  ecSpki,
  parsePublicKey,
  type EcPublicKey,
  type MontgomeryPublicKey,
  type PublicKeyNumbers,
} from "./public-key.ts";

/**
 * ECDH (SEC 1 section 3.3.1): the x coordinate, as long as the field. WebCrypto refuses points that are not on the
 * curve when it imports them, and rejects then.
 */
export async function deriveSharedSecret(privateKey: CryptoKey, peer: EcPublicKey): Promise<Uint8Array> {
  const algorithm = { name: "ECDH", namedCurve: peer.curve };
  const imported = await crypto.subtle.importKey("spki", ecSpki(peer), algorithm, false, []);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "ECDH", public: imported }, privateKey, null));
}

/** X25519 by WebCrypto, which rejects where the result is zero (RFC 7748 section 6.1, RFC 8418 section 5). */
export async function deriveX25519(privateKey: CryptoKey, peer: MontgomeryPublicKey): Promise<Uint8Array> {
  const imported = await crypto.subtle.importKey("raw", peer.octets, { name: "X25519" }, false, []);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "X25519", public: imported }, privateKey, null));
}

/** An ephemeral key for one recipient. */
export interface EphemeralAgreement {
  /** An uncompressed point, or the octets of X25519 and X448. */
  readonly publicKey: Uint8Array;
  /** As long as the field. */
  readonly sharedSecret: Uint8Array;
}

/**
 * The sender's side of ephemeral-static ECDH (RFC 5753 section 3.1, RFC 8418 section 2): a new key pair on the
 * recipient's curve.
 *
 * @throws {SmimeError} `unsupported.key`
 */
export async function ephemeralAgreement(recipientSpki: Uint8Array): Promise<EphemeralAgreement> {
  const recipient = parsePublicKey(recipientSpki);
  const agreed = recipient && (await agreeWith(recipient));
  if (!agreed)
    throw new SmimeError("unsupported.key", { curve: recipient && "curve" in recipient ? recipient.curve : "none" });
  return agreed;
}

async function agreeWith(recipient: PublicKeyNumbers): Promise<EphemeralAgreement | null> {
  try {
    if (recipient.type === "ec") {
      return isWebCryptoCurve(recipient.curve) ? await agreeOnNistCurve(recipient) : agreeInSoftware(recipient);
    }
    if (recipient.type !== "montgomery") return null;
    return recipient.curve === "X25519" ? await agreeX25519(recipient) : agreeX448(recipient);
  } catch {
    // The platform's and noble's way of refusing the recipient's point.
    return null;
  }
}

async function agreeOnNistCurve(recipient: EcPublicKey): Promise<EphemeralAgreement> {
  const algorithm = { name: "ECDH", namedCurve: recipient.curve };
  const ephemeral = await crypto.subtle.generateKey(algorithm, false, ["deriveBits"]);
  const publicKey = new Uint8Array(await crypto.subtle.exportKey("raw", ephemeral.publicKey));
  return { publicKey, sharedSecret: await deriveSharedSecret(ephemeral.privateKey, recipient) };
}

function agreeInSoftware({ curve, point }: EcPublicKey): EphemeralAgreement | null {
  const privateKey = randomPrivateKey(curve);
  const publicKey = publicPoint(curve, privateKey);
  const sharedSecret = sharedCoordinate(curve, privateKey, point);
  return publicKey && sharedSecret && { publicKey, sharedSecret };
}

async function agreeX25519(recipient: MontgomeryPublicKey): Promise<EphemeralAgreement> {
  const ephemeral = await crypto.subtle.generateKey({ name: "X25519" }, false, ["deriveBits"]);
  const publicKey = new Uint8Array(await crypto.subtle.exportKey("raw", ephemeral.publicKey));
  return { publicKey, sharedSecret: await deriveX25519(ephemeral.privateKey, recipient) };
}

function agreeX448({ octets }: MontgomeryPublicKey): EphemeralAgreement {
  const { secretKey, publicKey } = x448.keygen();
  return { publicKey, sharedSecret: x448.getSharedSecret(secretKey, octets) };
}
