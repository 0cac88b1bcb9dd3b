import {
  array,
  literal,
  maxLength,
  optional,
  pipe,
  regex,
  safeParse,
  strictObject,
  string,
  variant,
  type GenericSchema,
  type InferOutput,
} from "valibot";
import { containerFile, MAX_PASSPHRASE_LENGTH, messageFile } from "./bytes.ts";

/** SHA-256 of a certificate's DER in lower-case hexadecimal: how a person's choice is named between contexts. */
const fingerprint = pipe(string(), regex(/^[0-9a-f]{64}$/));
const chosen = pipe(array(fingerprint), maxLength(10_000));
const passphrase = pipe(string(), maxLength(MAX_PASSPHRASE_LENGTH));

/**
 * Every request that a page of the extension may send by `runtime.sendMessage`. The answer is `Answer<…>` of
 * answers.ts. What is not listed here, or has a field more, is refused.
 */
const RequestSchema = variant("name", [
  /** → `Pkcs12Contents`: all that the file holds, before anything of it is taken (attack 48). */
  strictObject({ name: literal("inspectPkcs12"), file: containerFile, passphrase }),
  /** → `IdentitySummary[]`: takes the keys whose certificates are named, for the session. */
  strictObject({ name: literal("importIdentities"), file: containerFile, passphrase, accept: chosen }),
  /** → `IdentitySummary[]` */
  strictObject({ name: literal("listIdentities") }),
  /** → `IdentitySummary[]`, which is empty: forgets all. */
  strictObject({ name: literal("forgetIdentities") }),
  /** → `CertificateSummary[]`: all that a PEM, DER, P7B or SST file holds. */
  strictObject({ name: literal("inspectAnchors"), file: containerFile }),
  /** → `CertificateSummary[]`: trusts the named ones for mail, for the session. */
  strictObject({ name: literal("trustAnchors"), file: containerFile, accept: chosen }),
  /** → `CertificateSummary[]` */
  strictObject({ name: literal("listAnchors") }),
  /** → `CertificateSummary[]`, which is empty: only the built-in list remains. */
  strictObject({ name: literal("forgetAnchors") }),
]);
export type Request = InferOutput<typeof RequestSchema>;
export type RequestName = Request["name"];

/** Name of the port over which a message is opened: one port, one message. */
export const OPEN_PORT = "open-message";

/** The only message that the page sends on that port. The answers are `OpenEvent`s. */
const OpenRequestSchema = strictObject({
  name: literal("openMessage"),
  message: messageFile,
  /** For a bare detached signature: what was signed. */
  detachedContent: optional(messageFile),
});
export type OpenRequest = InferOutput<typeof OpenRequestSchema>;

function parse<T>(schema: GenericSchema<unknown, T>, value: unknown): T | null {
  const result = safeParse(schema, value);
  return result.success ? result.output : null;
}

/** `null` for everything that is not declared above; nobody is told what would have been right. */
export const parseRequest = (value: unknown): Request | null => parse(RequestSchema, value);
export const parseOpenRequest = (value: unknown): OpenRequest | null => parse(OpenRequestSchema, value);
