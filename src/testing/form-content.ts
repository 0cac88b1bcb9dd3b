import type { FormContent } from "../messages/form-content.ts";

const [SUBJECT, TEXT] = ["Vault code", "The code is 4711."];

/** As it is, and what stays of it in base64 wherever it begins. */
const spellings = (word: string): readonly string[] => [
  word,
  ...[0, 2, 3].map((start, before) => btoa(" ".repeat(before) + word).slice(start, -4)),
];

/** Finds what stands in the form; too long to be met in a ciphertext by chance. */
export const FORM_SECRET = new RegExp([...spellings(SUBJECT), ...spellings(TEXT.slice(0, -1))].join("|"));

/** What stands in a secure form, from alice to bob unless it is said otherwise. */
export const formContent = (change: Partial<FormContent> = {}): FormContent => ({
  from: "alice@a.example",
  to: ["bob@b.example"],
  cc: [],
  bcc: [],
  subject: SUBJECT,
  hidesSubject: true,
  isSubjectSecret: false,
  answersEncrypted: false,
  signs: false,
  html: "",
  text: TEXT,
  files: [],
  inReplyTo: null,
  references: null,
  ...change,
});
