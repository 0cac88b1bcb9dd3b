import type { Failure } from "../messages/answers.ts";

/** By the beginning of the code; the first that fits decides. */
const BY_CODE: readonly (readonly [prefix: string, name: string])[] = [
  ["malformed.certificate", "certificate"],
  ["malformed.pem", "certificate"],
  ["malformed.sst", "certificate"],
  ["malformed.key", "pkcs12"],
  ["malformed.pkcs12", "pkcs12"],
  ["malformed.", "damaged"],
  ["pkcs12.wrong-passphrase", "passphrase"],
  ["pkcs12.", "pkcs12"],
  ["limit.", "limit"],
  ["storage.full", "storage_full"],
  ["storage.newer", "storage_newer"],
  ["storage.damaged", "storage_damaged"],
  ["storage.", "storage_refused"],
  ["setting.", "managed"],
  ["choice.empty", "choice"],
  ["contact.changed", "changed"],
  ["contact.", "gone"],
  ["anchor.", "gone"],
  ["identity.unknown", "gone"],
  ["identity.", "storage_damaged"],
  ["vault.locked", "locked"],
  ["vault.wait", "wait"],
  ["vault.wrong-passphrase", "passphrase"],
  ["vault.passphrase-too-short", "short"],
  ["vault.", "vault"],
  ["password.gone", "password_gone"],
  ["unsupported.", "unsupported"],
];

export interface ErrorKeys {
  readonly headline: string;
  readonly sentence: string;
}

/** The keys of the words for a failure: what happened, and what to do. */
export function errorKeys({ code, context }: Failure): ErrorKeys {
  const known = BY_CODE.find(([prefix]) => code.startsWith(prefix))?.[1] ?? "internal";
  const name = context["size"] === 0 ? "empty" : known;
  return { headline: `error_${name}_headline`, sentence: `error_${name}_sentence` };
}
