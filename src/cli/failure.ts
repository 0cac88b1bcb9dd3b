import { SmimeError } from "../engine/errors.ts";
import { UsageError } from "./arguments.ts";
import { FileError } from "./files.ts";

/** What is printed of a failure: never a stack trace. */
export interface Failure {
  readonly code: string;
  readonly context: object;
}

/**
 * Describes why a file could not be processed. An error that nobody foresaw is a defect; its name is all that is said
 * of it, since a message may quote what it was about.
 *
 * @throws {UsageError} when it is given one: a wrong call is no matter of a file
 */
export function describeError(error: unknown): Failure {
  if (error instanceof UsageError) throw error;
  if (error instanceof SmimeError || error instanceof FileError) return { code: error.code, context: error.context };
  return { code: "internal-error", context: { name: error instanceof Error ? error.name : typeof error } };
}
