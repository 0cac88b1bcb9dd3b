import type { ErrorContext, SmimeErrorCode } from "../engine/errors.ts";

/** What may keep the background from storing or using what is its own; each has words in every language. */
export type StoreFailureCode =
  | "storage.full"
  | "storage.refused"
  | "storage.newer"
  | "storage.damaged"
  | "vault.none"
  | "vault.exists"
  | "vault.locked"
  | "vault.wrong-passphrase"
  /** `waitUntil` of the context: when the next passphrase is tried, ms since 1970. */
  | "vault.wait"
  /** `least` of the context: how many characters it must have. */
  | "vault.passphrase-too-short"
  | "vault.damaged"
  | "identity.damaged"
  | "identity.unknown";

/** What a person asked for that cannot be done as it was asked. */
export type RefusalCode =
  /** The organisation has fixed this setting. */
  | "setting.managed"
  | "setting.not-allowed"
  /** None of the chosen certificates is in the file, or can be used for this. */
  | "choice.empty"
  /** Another certificate waits now than the one that was shown. */
  | "contact.changed"
  | "contact.unknown"
  /** Also where it fits and what is inside cannot be read: the two are not to be told apart (attack 41). */
  | "password.wrong"
  /** Too many wrong passwords; `waitUntil` of the context is when the next one is tried, ms since 1970. */
  | "password.wait"
  /** Nothing is shown any more that it could open. */
  | "password.gone"
  | "anchor.unknown";

export type FailureCode = SmimeErrorCode | StoreFailureCode | RefusalCode | "internal";

/** What crosses a boundary of a failure: a code with words of its own in every language, and where it happened. */
export interface Failure {
  readonly code: FailureCode;
  readonly context: ErrorContext;
}

/** What must happen first, by a person; the whole request is then made again. */
export interface Needs {
  readonly needs: "unlock" | "confirm" | "permission";
}
