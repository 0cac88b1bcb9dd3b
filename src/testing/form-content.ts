import type { FormContent } from "../messages/secure-form.ts";

/** What stands in a secure form, from alice to bob unless it is said otherwise. */
export const formContent = (change: Partial<FormContent> = {}): FormContent => ({
  from: "alice@a.example",
  to: ["bob@b.example"],
  cc: [],
  bcc: [],
  subject: "Vault code",
  hidesSubject: true,
  signs: false,
  html: "",
  text: "The code is 4711.",
  files: [],
  inReplyTo: null,
  references: null,
  ...change,
});
