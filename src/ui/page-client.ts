import type { Answer, Failure } from "../messages/answers.ts";
import { native } from "./browser.ts";
import type { CallAnswer, CallName, Fields, Needs } from "./page-answers.ts";

const LOST: Failure = { code: "internal", context: { reason: "no-answer" } };

/** Asks the background. A worker that dies on the way is an answer as well. */
export async function call<Name extends CallName>(name: Name, fields: Fields<Name>): Promise<CallAnswer<Name>> {
  try {
    const answer: unknown = await native().runtime.sendMessage({ name, ...fields });
    return answer === null || answer === undefined ? { ok: false, error: LOST } : (answer as CallAnswer<Name>);
  } catch {
    return { ok: false, error: LOST };
  }
}

/** Whether a person is needed first; the request is then made again as it was. */
export function isNeeding(value: unknown): value is Needs {
  return typeof value === "object" && value !== null && "needs" in value;
}

export type { Answer };
