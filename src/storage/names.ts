/**
 * The name of everything that Signet stores, and where. Nothing else of the project names a stored thing
 * (`state-keys.test.ts`).
 *
 * Not used at all: `storage.local` and `storage.sync`, which content scripts can read and write, and the Web storage of
 * pages.
 */

/** The IndexedDB database of the extension's origin. */
export const DATABASE = "signet";

/** Its object stores, each with its key path in `KEY_PATHS`. */
export const Store = {
  /** Own certificates with their wrapped private keys. */
  identities: "identities",
  /** Certificates of issuers that came with mail or files: for paths only, trusted for nothing. */
  certificates: "certificates",
  /** What a person decided of issuers: own ones, and built-in ones that are switched off. */
  anchors: "anchors",
  contacts: "contacts",
  /** What a person decided of single certificates: for which address each counts. */
  people: "people",
  /** Which signatures were verified here while their certificates were good: digests, and when. */
  verified: "verified",
  /** Texts of encrypted mail that is being written, each under the person's own certificate. */
  drafts: "drafts",
  /** Their files, under the same. */
  draftFiles: "draft-files",
  /** Settings, the mark and the last good policy. */
  settings: "settings",
  /** The wrapped vault key, and how many passphrases, and passwords of messages, were wrong. */
  vault: "vault",
  /** Origins of webmails that a person has granted. */
  sites: "sites",
  /** What could be fetched or computed again. */
  caches: "caches",
} as const;
export type StoreName = (typeof Store)[keyof typeof Store];

export const KEY_PATHS: Readonly<Record<StoreName, string>> = {
  identities: "fingerprint",
  certificates: "fingerprint",
  anchors: "fingerprint",
  contacts: "address",
  people: "decision",
  verified: "seal",
  drafts: "draft",
  "draft-files": "file",
  settings: "name",
  vault: "name",
  sites: "origin",
  caches: "key",
};

/** Rows of `vault`. */
export const VaultRow = {
  vault: "vault",
  attempts: "attempts",
  /** Wrong passwords of messages, counted apart: neither wait is the other's. */
  passwordAttempts: "password-attempts",
} as const;

/** Rows of `settings`: one for each setting that a person has changed, and these. */
export const SettingRow = { mark: "mark", policy: "policy", setting: (name: string) => `setting/${name}` } as const;

/** Keys of `storage.session`. */
export const SessionKey = {
  /** The vault key while it is unlocked, with its expiry. */
  vaultKey: "vault-key",
  /** The key of identities that are kept for this session only. */
  sessionVaultKey: "session-vault-key",
  /** A device-protected vault that was locked by hand stays so. */
  isHeldLocked: "held-locked",
} as const;

/** Beginnings of keys of `storage.session`; what follows names the one thing. */
export const SessionPrefix = {
  /** A view of a mail page, by its id. */
  view: "view/",
  /** Operations with keys in a tab that nobody pressed for, by the tab's id. */
  operations: "operations/",
  /** What a view wants to be asked in a window, by its id. */
  question: "question/",
} as const;

/** Names of alarms. */
export const Alarm = { vaultExpiry: "vault-expiry" } as const;
