import { SmimeError } from "../errors.ts";
import { MAX_KDF_ITERATIONS, MAX_KDF_ITERATIONS_PER_FILE } from "../limits.ts";

/** What deriving keys for one file may still cost: thousands of bags may each name the largest count (attack 44). */
export interface IterationBudget {
  remaining: number;
}

export function iterationBudget(): IterationBudget {
  return { remaining: MAX_KDF_ITERATIONS_PER_FILE };
}

/**
 * Counts iterations before they are made.
 *
 * @throws {SmimeError} `limit.exceeded` beyond the limit of one derivation or of the file, `malformed.pkcs12` below 1
 */
export function spendIterations(budget: IterationBudget, iterations: number): void {
  if (iterations < 1) throw new SmimeError("malformed.pkcs12", { reason: "iterations", iterations });
  if (iterations > MAX_KDF_ITERATIONS || iterations > budget.remaining) {
    throw new SmimeError("limit.exceeded", { limit: "kdf-iterations", iterations });
  }
  budget.remaining -= iterations;
}
