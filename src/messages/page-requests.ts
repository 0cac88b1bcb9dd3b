import {
  array,
  boolean,
  integer,
  literal,
  maxLength,
  maxValue,
  minValue,
  nullable,
  number,
  optional,
  picklist,
  pipe,
  regex,
  strictObject,
  string,
  union,
  variant,
  type InferOutput,
} from "valibot";
import { markSchema } from "../settings/mark.ts";
import { containerFile, MAX_PASSPHRASE_LENGTH, messageFile } from "./bytes.ts";
import { viewIdSchema } from "./content-requests.ts";
import { parseWith } from "./parse.ts";

/** SHA-256 of a certificate's DER in lower-case hexadecimal: how a person's choice is named between contexts. */
const fingerprint = pipe(string(), regex(/^[0-9a-f]{64}$/));
const chosen = pipe(array(fingerprint), maxLength(10_000));
const passphrase = pipe(string(), maxLength(MAX_PASSPHRASE_LENGTH));
const address = pipe(string(), maxLength(320));
const protection = picklist(["passphrase", "device"]);
const settingValue = union([boolean(), pipe(number(), minValue(-1e9), maxValue(1e9)), pipe(string(), maxLength(1000))]);

/**
 * Every request that a page of the extension may send by `runtime.sendMessage`, as a whole tab or window (`pageOf`). The
 * answer is `Answer<…>` with the value of `PageAnswers`. What is not listed here, or has a field more, is refused.
 */
const RequestSchema = variant("name", [
  strictObject({ name: literal("vaultState") }),
  /** `passphrase` belongs to that protection alone. Leaves it unlocked. */
  strictObject({ name: literal("createVault"), protection, passphrase: optional(passphrase) }),
  /** `null` for a vault that the device opens. */
  strictObject({ name: literal("unlock"), passphrase: nullable(passphrase) }),
  /** Also forgets the identities of the session. */
  strictObject({ name: literal("lockNow") }),
  /** `current`: the passphrase that opens it now; `null` for the device. */
  strictObject({
    name: literal("changeProtection"),
    current: nullable(passphrase),
    protection,
    passphrase: optional(passphrase),
  }),
  /** Removes every key for good, and what protects them; the person has typed the word. */
  strictObject({ name: literal("eraseKeys"), confirm: literal("erase") }),

  /** All that the file holds, before anything of it is taken (attack 48). */
  strictObject({ name: literal("inspectPkcs12"), file: containerFile, passphrase }),
  /** Takes the keys whose certificates are named: into the vault, which must be open, or for this session only. */
  strictObject({
    name: literal("importIdentities"),
    file: containerFile,
    passphrase,
    accept: chosen,
    keep: optional(picklist(["vault", "session"])),
  }),
  strictObject({ name: literal("listIdentities") }),
  /** For good: the page has named the consequences. */
  strictObject({ name: literal("removeIdentity"), fingerprint }),
  strictObject({ name: literal("forgetSessionIdentities") }),

  /** All that a PEM, DER, P7B or SST file holds. */
  strictObject({ name: literal("inspectAnchors"), file: containerFile }),
  /** Trusts the named ones for mail. */
  strictObject({ name: literal("trustAnchors"), file: containerFile, accept: chosen }),
  strictObject({ name: literal("listAnchors") }),
  strictObject({ name: literal("removeAnchor"), fingerprint }),
  /** Only the built-in list remains, with its switches. */
  strictObject({ name: literal("removeOwnAnchors") }),
  strictObject({ name: literal("switchAnchor"), fingerprint, isTrusted: boolean() }),

  strictObject({ name: literal("listContacts") }),
  strictObject({ name: literal("importContacts"), file: containerFile, accept: chosen }),
  strictObject({ name: literal("removeContact"), address }),
  /** DER of the certificate that is in use; `fingerprint`: of the one that was shown. */
  strictObject({ name: literal("contactCertificate"), address, fingerprint }),
  /** `fingerprint`: of the certificate that was shown as the new one, so that no other can take its place meanwhile. */
  strictObject({ name: literal("decideReplacement"), address, take: picklist(["old", "new"]), fingerprint }),

  /** A person's decision: this certificate counts for this address. */
  strictObject({ name: literal("decidePerson"), certificate: containerFile, address }),
  strictObject({ name: literal("listPeople") }),
  /** `decision`: fingerprint of the certificate, a slash, and the address. */
  strictObject({ name: literal("forgetPerson"), decision: pipe(string(), maxLength(64 + 1 + 320)) }),

  /** What a frame wants to be asked in a window of ours. */
  strictObject({ name: literal("getQuestion"), viewId: viewIdSchema }),
  strictObject({ name: literal("answerQuestion"), viewId: viewIdSchema, isConfirmed: boolean() }),
  /** Opens the message of a view whose frame has asked for a password; the frame hears what comes of it. */
  strictObject({ name: literal("openWithPassword"), viewId: viewIdSchema, password: passphrase }),

  strictObject({ name: literal("getSettings") }),
  strictObject({ name: literal("setSetting"), setting: pipe(string(), maxLength(100)), value: settingValue }),
  /** A person confirms that the organisation's policy is gone. */
  strictObject({ name: literal("acceptPolicyRemoval") }),
  /** Drawn by chance where none was chosen. */
  strictObject({ name: literal("getMark") }),
  strictObject({ name: literal("setMark"), mark: markSchema }),
  /** What is said of the messages that a tab shows. */
  strictObject({ name: literal("verdictsInTab"), tabId: pipe(number(), integer(), minValue(0)) }),
  /** Origins that the browser has granted. */
  strictObject({ name: literal("listSites") }),
]);
export type PageRequest = InferOutput<typeof RequestSchema>;
export type PageRequestName = PageRequest["name"];

/** Name of the port over which a message is opened: one port, one message. */
export const OPEN_PORT = "open-message";

/** The only message that the page sends on that port. The answers are `OpenEvent`s. */
const OpenRequestSchema = strictObject({
  name: literal("openMessage"),
  message: messageFile,
  /** For a bare detached signature: what was signed. */
  detachedContent: optional(messageFile),
  /** For a message that is encrypted with one; it is used for this opening only. */
  password: optional(passphrase),
});
export type OpenRequest = InferOutput<typeof OpenRequestSchema>;

/** `null` for everything that is not declared above; nobody is told what would have been right. */
export const parsePageRequest = (value: unknown): PageRequest | null => parseWith(RequestSchema, value);
export const parseOpenRequest = (value: unknown): OpenRequest | null => parseWith(OpenRequestSchema, value);
