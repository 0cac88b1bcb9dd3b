import type { Failure, RefusalCode } from "../messages/failure.ts";

/** A person asked for something that cannot be done as it was asked. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly context: Failure["context"];

  constructor(code: RefusalCode, context: Failure["context"] = {}) {
    super(code);
    this.name = "Refusal";
    this.code = code;
    this.context = context;
  }
}
