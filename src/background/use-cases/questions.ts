import { fromHex } from "../../engine/bytes/hex.ts";
import { parseCertificate } from "../../engine/x509/certificate.ts";
import type { AskedQuestion, EncryptOffQuestion, PasswordQuestion } from "../../messages/page-answers.ts";
import { SessionPrefix } from "../../storage/names.ts";
import type { SessionMemory } from "../../storage/session-memory.ts";
import { summarize } from "./summary.ts";

/** As it is kept: the session's memory holds what JSON holds. */
export type KeptQuestion =
  | EncryptOffQuestion
  | PasswordQuestion
  /** `certificate`: DER in hexadecimal. */
  | { readonly kind: "person"; readonly address: string; readonly certificate: string };

/**
 * What frames want to be asked in a window of ours, one of each view. They are kept in the session's memory, since the
 * worker may die while a person thinks; nothing that was typed is in them.
 */
export interface Questions {
  put(viewId: string, question: KeptQuestion): Promise<void>;
  /** `null` where nothing is to be answered. */
  get(viewId: string): Promise<KeptQuestion | null>;
  answer(viewId: string, isConfirmed: boolean): Promise<void>;
  /** It was answered in another way: nobody is told, and no answer is taken any more. */
  withdraw(viewId: string): Promise<void>;
  /** Whether a person has confirmed it; that counts once. */
  takeConfirmation(viewId: string): Promise<boolean>;
}

interface Asked {
  readonly question: KeptQuestion;
  readonly isConfirmed: boolean | null;
}

/** Of every key under which a question is remembered. */
const keyOf = (viewId: string): string => SessionPrefix.question + viewId;

/** @param answered is told of every answer */
export function questionsIn(
  memory: SessionMemory,
  answered: (viewId: string, isConfirmed: boolean) => void,
): Questions {
  const read = async (viewId: string): Promise<Asked | null> =>
    ((await memory.get(keyOf(viewId)))[keyOf(viewId)] as Asked | undefined) ?? null;
  const write = (viewId: string, asked: Asked): Promise<void> => memory.set({ [keyOf(viewId)]: asked });
  return {
    put: (viewId, question) => write(viewId, { question, isConfirmed: null }),
    async get(viewId) {
      const asked = await read(viewId);
      return asked?.isConfirmed === null ? asked.question : null;
    },
    async answer(viewId, isConfirmed) {
      const asked = await read(viewId);
      if (asked?.isConfirmed !== null) return;
      await write(viewId, { ...asked, isConfirmed });
      answered(viewId, isConfirmed);
    },
    withdraw: (viewId) => memory.remove(keyOf(viewId)),
    async takeConfirmation(viewId) {
      const asked = await read(viewId);
      if (asked?.isConfirmed !== true) return false;
      await memory.remove(keyOf(viewId));
      return true;
    },
  };
}

/** What a view wants to be asked, with what a person has to see for it. */
export async function askedQuestion(questions: Questions, viewId: string): Promise<AskedQuestion | null> {
  const question = await questions.get(viewId);
  if (question?.kind !== "person") return question;
  const der = fromHex(question.certificate);
  if (der === null) return null;
  return { ...question, der, certificate: await summarize(parseCertificate(der)) };
}
