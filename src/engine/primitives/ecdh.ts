import { SmimeError } from "../errors.ts";
import { ecSpki, parsePublicKey, type EcPublicKey } from "./public-key.ts";

/**
 * ECDH (SEC 1 section 3.3.1): the x coordinate, as long as the field. WebCrypto refuses points that are not on the
 * curve when it imports them, and rejects then.
 */
export async function deriveSharedSecret(privateKey: CryptoKey, peer: EcPublicKey): Promise<Uint8Array> {
  const algorithm = { name: "ECDH", namedCurve: peer.curve };
  const imported = await crypto.subtle.importKey("spki", ecSpki(peer), algorithm, false, []);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "ECDH", public: imported }, privateKey, null));
}

/**
 * The sender's side of ephemeral-static ECDH (RFC 5753 section 3.1): a new key pair on the recipient's curve.
 *
 * @returns `publicKey`, an uncompressed point, and the shared secret, as long as the field
 * @throws {SmimeError} `unsupported.key`
 */
export async function ephemeralAgreement(
  recipientSpki: Uint8Array,
): Promise<{ publicKey: Uint8Array; sharedSecret: Uint8Array }> {
  const recipient = parsePublicKey(recipientSpki);
  if (recipient?.type !== "ec") throw new SmimeError("unsupported.key");
  try {
    const algorithm = { name: "ECDH", namedCurve: recipient.curve };
    const ephemeral = await crypto.subtle.generateKey(algorithm, false, ["deriveBits"]);
    const publicKey = new Uint8Array(await crypto.subtle.exportKey("raw", ephemeral.publicKey));
    return { publicKey, sharedSecret: await deriveSharedSecret(ephemeral.privateKey, recipient) };
  } catch {
    throw new SmimeError("unsupported.key", { curve: recipient.curve });
  }
}
