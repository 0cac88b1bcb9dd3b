import { SmimeError } from "../errors.ts";

/**
 * Imports a key for one signature and makes it.
 *
 * @throws {SmimeError} `unsupported.key`
 */
export async function signWithWebCrypto(
  pkcs8: Uint8Array,
  keyAlgorithm: object,
  algorithm: object | string,
  message: Uint8Array,
): Promise<Uint8Array> {
  try {
    const key = await crypto.subtle.importKey("pkcs8", pkcs8, keyAlgorithm, false, ["sign"]);
    return new Uint8Array(await crypto.subtle.sign(algorithm, key, message));
  } catch {
    // Too short for the digest or salt, or of a size that this browser has not.
    throw new SmimeError("unsupported.key", { reason: "platform" });
  }
}
