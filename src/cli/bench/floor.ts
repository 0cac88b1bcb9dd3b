import { decodeBase64, encodeBase64Lines } from "../../engine/bytes/base64.ts";
import type { Operation } from "./operations.ts";

/**
 * The least that any program must do for an operation: WebCrypto's calls, and one base64 pass with CRLF, over the same
 * bytes. RSA-OAEP stands in for PKCS#1 v1.5, which WebCrypto does not have and which costs the same.
 */
export async function makeFloor(operation: Operation, message: Uint8Array): Promise<() => Promise<void>> {
  const rsa = { modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1), hash: "SHA-256" };
  const signer = await crypto.subtle.generateKey({ name: "RSASSA-PKCS1-v1_5", ...rsa }, false, ["sign", "verify"]);
  const transport = await crypto.subtle.generateKey({ name: "RSA-OAEP", ...rsa }, false, ["encrypt", "decrypt"]);
  const contentKey = crypto.getRandomValues(new Uint8Array(32));
  const aes = await crypto.subtle.importKey("raw", contentKey, "AES-CBC", false, ["encrypt", "decrypt"]);
  const cbc = { name: "AES-CBC", iv: new Uint8Array(16) };
  const attributes = new Uint8Array(256);
  const signature = await crypto.subtle.sign("RSASSA-PKCS1-v1_5", signer.privateKey, attributes);
  const wrapped = await crypto.subtle.encrypt({ name: "RSA-OAEP" }, transport.publicKey, contentKey);
  const ciphertext = await crypto.subtle.encrypt(cbc, aes, message);
  const text = encodeBase64Lines(message);

  const hashAndSign = async (): Promise<void> => {
    await crypto.subtle.digest("SHA-256", message);
    await crypto.subtle.sign("RSASSA-PKCS1-v1_5", signer.privateKey, attributes);
  };
  const hashAndVerify = async (): Promise<void> => {
    await crypto.subtle.digest("SHA-256", message);
    await crypto.subtle.verify("RSASSA-PKCS1-v1_5", signer.publicKey, signature, attributes);
  };
  const encipher = async (): Promise<void> => {
    await crypto.subtle.encrypt({ name: "RSA-OAEP" }, transport.publicKey, contentKey);
    await crypto.subtle.encrypt(cbc, aes, message);
  };
  const decipher = async (): Promise<void> => {
    await crypto.subtle.decrypt({ name: "RSA-OAEP" }, transport.privateKey, wrapped);
    await crypto.subtle.decrypt(cbc, aes, ciphertext);
  };
  const steps: Readonly<Record<Operation, readonly (() => Promise<void> | Uint8Array)[]>> = {
    "sign-clear": [hashAndSign, () => encodeBase64Lines(message)],
    "sign-opaque": [hashAndSign, () => encodeBase64Lines(message)],
    "verify-clear": [() => decodeBase64(text), hashAndVerify],
    "verify-opaque": [() => decodeBase64(text), hashAndVerify],
    encrypt: [encipher, () => encodeBase64Lines(message)],
    decrypt: [() => decodeBase64(text), decipher],
    protect: [hashAndSign, encipher, () => encodeBase64Lines(message)],
    open: [() => decodeBase64(text), decipher, hashAndVerify],
  };
  return async () => {
    for (const step of steps[operation]) await step();
  };
}
