import type { RefusalCode } from "../messages/failure.ts";

/** A person asked for something that cannot be done as it was asked. */
export class Refusal extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode) {
    super(code);
    this.name = "Refusal";
    this.code = code;
  }
}
