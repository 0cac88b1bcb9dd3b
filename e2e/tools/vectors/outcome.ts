import { SmimeError } from "../../../src/engine/errors.ts";

/** Runs the engine: an SmimeError is an outcome, every other exception is a crash, which no exception list excuses. */
export async function outcome(run: () => Promise<string> | string): Promise<string> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof SmimeError) return `error ${error.code}`;
    return `crash ${error instanceof Error ? (error.stack ?? error.message).split("\n").slice(0, 3).join(" ") : "?"}`;
  }
}

export function isCrash(text: string): boolean {
  return text.startsWith("crash ");
}
