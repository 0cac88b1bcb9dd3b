import { SmimeError } from "../engine/errors.ts";
import { KeyStoreError } from "../keys/key-store-error.ts";
import type { Failure } from "../messages/failure.ts";
import { StorageError } from "../storage/storage-error.ts";
import { Refusal } from "./refusal.ts";

/** What of an error leaves the background: a code and where; never a message or a stack, which may hold content. */
export function failureOf(error: unknown): Failure {
  if (error instanceof SmimeError || error instanceof KeyStoreError || error instanceof Refusal)
    return { code: error.code, context: error.context };
  if (error instanceof StorageError) return { code: error.code, context: {} };
  return { code: "internal", context: {} };
}
