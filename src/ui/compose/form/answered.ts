import { signal } from "@preact/signals";
import type { AnsweredMessage } from "../../../messages/secure-form.ts";

/**
 * The encrypted message that the form answers: none, not read (yet), open, or known only from a draft that was kept
 * (`kept`).
 */
export type Answered =
  | { readonly state: "none" | "asked" | "locked" | "closed" | "kept" }
  | { readonly state: "open"; readonly message: AnsweredMessage; readonly isQuoted: boolean };

export const answered = signal<Answered>({ state: "none" });
