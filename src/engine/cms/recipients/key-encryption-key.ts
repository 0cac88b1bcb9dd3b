import type { AlgorithmIdentifier } from "../../asn1/algorithm-identifier.ts";
import { equalBytes } from "../../bytes/equal.ts";
import { SmimeError } from "../../errors.ts";
import { type KeyWrap, keyWrapByOid, unwrapKey } from "../../primitives/key-wrap.ts";
import type { KekRecipientInfo } from "./recipient-info.ts";

/** A key that sender and recipients share already. */
export interface KeyEncryptionKey {
  /** By which messages name it; `null` where it is to be tried on all. */
  readonly identifier: Uint8Array | null;
  readonly key: Uint8Array;
}

/** `null` where the wrap is unknown here. */
export function readKeyWrap(algorithm: AlgorithmIdentifier): KeyWrap | null {
  return keyWrapByOid(algorithm.oid);
}

export function names({ keyIdentifier }: KekRecipientInfo, { identifier }: KeyEncryptionKey): boolean {
  return identifier === null || equalBytes(identifier, keyIdentifier);
}

/**
 * The content-encryption key by a key-encryption key (RFC 5652 section 6.2.3).
 *
 * @throws {SmimeError} `decrypt.failed`
 */
export function recoverByKek(wrap: KeyWrap, { encryptedKey }: KekRecipientInfo, { key }: KeyEncryptionKey): Uint8Array {
  if (key.length !== wrap.keySize) throw new SmimeError("decrypt.failed");
  return unwrapKey(wrap, key, encryptedKey);
}
