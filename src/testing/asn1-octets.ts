import { SmimeError } from "../engine/errors.ts";

/** Octets from hexadecimal with blanks between them, as X.690 prints its examples. */
export function octets(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex.replaceAll(/\s/g, ""), "hex"));
}

/** The code and the reason or limit of what a reader throws; other errors go through. */
export function refusal(read: () => unknown): string {
  try {
    read();
    return "accepted";
  } catch (error) {
    if (!(error instanceof SmimeError)) throw error;
    return String(error.context["reason"] ?? error.context["limit"] ?? error.code);
  }
}
