import type { MessageView } from "../../messages/answers.ts";
import { shortName } from "../components/short-name.ts";
import type { Words } from "../words.ts";
import { isEncryption } from "./signature-finding.ts";

/** Digits of a serial number that tell two certificates of one issuer apart, for a person. */
const SERIAL_DIGITS = 4;

/** Which key would open a message: the variant of the sentence of row C1, and what stands in it. */
export interface MissingKey {
  readonly variant?: "one" | "several";
  readonly params: Words["params"];
}

/**
 * Of one recipient the issuer and the end of the number, of several how many there are. A recipient that is named by
 * the identifier of a key tells a person nothing.
 */
export function missingKey({ layers }: MessageView): MissingKey {
  const closed = layers.filter(isEncryption).findLast(({ covers }) => covers === null);
  const [only, ...others] = closed?.recipients ?? [];
  if (others.length > 0) return { variant: "several", params: { n: others.length + 1 } };
  const [, issuer, serial] = /^(.*) #([0-9a-f]+)$/.exec(only ?? "") ?? [];
  if (issuer === undefined || serial === undefined) return { params: {} };
  return { variant: "one", params: { issuer: shortName(issuer), serial: serial.slice(-SERIAL_DIGITS) } };
}
