import { importPrivateKey } from "../engine/primitives/private-key.ts";
import type { OwnKeys } from "../background/mail-context.ts";
import type { TestCertificate } from "./certificate-builder.ts";

/** Own keys in variables, for tests of whoever uses them. */
export function ownKeys(own: readonly TestCertificate[], { isLocked = false } = {}): OwnKeys {
  return {
    certificates: () => Promise.resolve(own.map(({ certificate }) => certificate)),
    issuers: () => Promise.resolve([]),
    unlocked: async () => {
      if (isLocked) return null;
      return Promise.all(
        own.map(async ({ certificate, privateKeyPkcs8 }) => {
          return { certificate, chain: [], key: await importPrivateKey(privateKeyPkcs8) };
        }),
      );
    },
  };
}
