import { MAX_NAME_COMPARISONS, MAX_PATH_SIGNATURE_CHECKS, MAX_PATH_STEPS } from "../limits.ts";

/** What one search for a path may still cost. Hostile messages bring certificates that issue one another in a mesh. */
export interface PathBudget {
  signatureChecks: number;
  steps: number;
  nameComparisons: number;
}

export function pathBudget(): PathBudget {
  return {
    signatureChecks: MAX_PATH_SIGNATURE_CHECKS,
    steps: MAX_PATH_STEPS,
    nameComparisons: MAX_NAME_COMPARISONS,
  };
}

/** Takes `amount` of a budget; `false` once it is used up. */
export function spend(budget: PathBudget, what: keyof PathBudget, amount = 1): boolean {
  budget[what] -= amount;
  return budget[what] >= 0;
}
