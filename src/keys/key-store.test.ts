import { IDBFactory } from "fake-indexeddb";
import { vi } from "vitest";
import type { TestCertificate } from "../testing/certificate-builder.ts";
import { memoryKeyStore } from "../testing/memory-key-store.ts";
import { softwareKeys } from "../testing/software-keys.ts";
import { keyStoreContract } from "./key-store.contract.ts";
import type { SoftwareIdentity } from "./software/indexed-db-key-store.ts";

const software = ({ certificate, privateKeyPkcs8 }: TestCertificate): SoftwareIdentity => ({
  certificate,
  pkcs8: privateKeyPkcs8,
  chain: [],
});

keyStoreContract("MemoryKeyStore", () => {
  const store = memoryKeyStore();
  const done = (): Promise<void> => Promise.resolve();
  return Promise.resolve({
    store,
    add: (...certificates) => {
      store.add(...certificates);
      return done();
    },
    lock: () => {
      store.lock();
      return done();
    },
    unlock: () => {
      store.unlock();
      return done();
    },
  });
});

keyStoreContract("IndexedDbKeyStore", async () => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  const keys = softwareKeys();
  await keys.vault.create({ kind: "device" });
  return {
    store: keys.store,
    add: (...certificates) => keys.store.add(certificates.map(software), "vault"),
    lock: () => keys.vault.lock("person"),
    unlock: () => keys.vault.unlock(null),
  };
});
