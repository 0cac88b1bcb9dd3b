import { importPrivateKey } from "../engine/primitives/private-key.ts";
import type { Identity } from "../engine/smime/identity.ts";
import { guardedKey } from "../keys/guarded-key.ts";
import { KeyStoreError } from "../keys/key-store-error.ts";
import type { KeyStore } from "../keys/key-store.ts";
import type { TestCertificate } from "./certificate-builder.ts";
import { createHash } from "node:crypto";

/** A key store in variables, for tests of whoever uses one. */
export interface MemoryKeyStore extends KeyStore {
  add(...certificates: readonly TestCertificate[]): void;
  lock(): void;
  unlock(): void;
}

export const sha256Hex = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

export function memoryKeyStore(): MemoryKeyStore {
  const held = new Map<string, TestCertificate>();
  let isLocked = false;

  function identityOf({ certificate, privateKeyPkcs8 }: TestCertificate): Identity {
    const open = (): ReturnType<typeof importPrivateKey> =>
      isLocked ? Promise.reject(new KeyStoreError("vault.locked")) : importPrivateKey(privateKeyPkcs8);
    return { certificate, chain: [], key: guardedKey(certificate.spki, open) };
  }

  return {
    list: () =>
      Promise.resolve([...held].map(([fingerprint, { certificate }]) => ({ fingerprint, certificate, chain: [] }))),
    identityFor: (fingerprint) => {
      const found = held.get(fingerprint);
      return Promise.resolve(found ? identityOf(found) : null);
    },
    identities: () => Promise.resolve([...held.values()].map(identityOf)),
    isOpen: (fingerprint) => Promise.resolve(!isLocked && held.has(fingerprint)),
    add: (...certificates) => {
      for (const certificate of certificates) held.set(sha256Hex(certificate.der), certificate);
    },
    lock: () => {
      isLocked = true;
    },
    unlock: () => {
      isLocked = false;
    },
  };
}
