import { SmimeError } from "../engine/errors.ts";
import type { Failure } from "../messages/answers.ts";

/** What of an error leaves the background: a code and where; never a message or a stack, which may hold content. */
export function failureOf(error: unknown): Failure {
  if (error instanceof SmimeError) return { code: error.code, context: error.context };
  return { code: "internal", context: {} };
}
