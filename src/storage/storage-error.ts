/** Why the browser's storage did not do what it was asked, each with one sentence for people. */
export type StorageErrorCode =
  /** The disk or the quota is full; nothing of the change was stored. */
  | "storage.full"
  /** The browser gives no storage: private mode, a policy, a broken profile. */
  | "storage.refused"
  /** The data was written by a newer version of Signet. */
  | "storage.newer"
  /** A row is not what was written. */
  | "storage.damaged";

export class StorageError extends Error {
  readonly code: StorageErrorCode;

  constructor(code: StorageErrorCode, options?: ErrorOptions) {
    super(code, options);
    this.name = "StorageError";
    this.code = code;
  }
}

const BY_NAME: Readonly<Record<string, StorageErrorCode>> = {
  QuotaExceededError: "storage.full",
  VersionError: "storage.newer",
};

/** What an exception of IndexedDB means; every other name than these two is a refusal. */
export function storageErrorOf(error: unknown): StorageError {
  if (error instanceof StorageError) return error;
  const name = typeof error === "object" && error !== null && "name" in error ? String(error.name) : "";
  const code = Object.hasOwn(BY_NAME, name) ? BY_NAME[name] : undefined;
  return new StorageError(code ?? "storage.refused", { cause: error });
}
