import { concatBytes } from "../engine/bytes/concat.ts";
import { utf8Bytes } from "../engine/bytes/text.ts";
import { canonicalLineEnds } from "../engine/mime/canonical.ts";
import type { EncryptionOptions } from "../engine/smime/encrypt-entity.ts";
import { HEADER_POLICIES } from "../engine/smime/header-policy.ts";
import type { HeaderOptions } from "../engine/smime/header-protection.ts";
import { encryptMessage, protectMessage, signMessage } from "../engine/smime/protect.ts";
import type { SigningOptions } from "../engine/smime/sign-entity.ts";
import { readCertificateWithChain } from "../engine/x509/containers.ts";
import { type Arguments, UsageError, choice, hasFlag, parseArguments, singleValue, values } from "./arguments.ts";
import { ESS_OPTIONS, essOptions } from "./ess-options.ts";
import { readInput, writeOutput } from "./files.ts";
import { IDENTITY_OPTIONS, readIdentities } from "./identities.ts";
import { describeError } from "./failure.ts";

const SIGN_OPTIONS = {
  ...IDENTITY_OPTIONS,
  ...ESS_OPTIONS,
  opaque: "flag",
  digest: "value",
  pss: "flag",
  type: "value",
} as const;
const HEADER_OPTIONS = { "hide-subject": "flag", "header-policy": "value", "legacy-display": "flag" } as const;
const ENCRYPT_OPTIONS = {
  ...HEADER_OPTIONS,
  to: "value",
  cipher: "value",
  oaep: "flag",
  "derive-key": "flag",
  type: "value",
} as const;
const PROTECT_OPTIONS = { ...SIGN_OPTIONS, ...ENCRYPT_OPTIONS, "triple-wrap": "flag" } as const;

const DIGESTS = ["sha256", "sha384", "sha512"] as const;
const DIGEST_NAMES = { sha256: "sha-256", sha384: "sha-384", sha512: "sha-512" } as const;
const HEADER_POLICY_NAMES = ["none", "baseline", "shy"] as const;
const CIPHERS = ["aes-128-cbc", "aes-192-cbc", "aes-256-cbc", "aes-128-gcm", "aes-192-gcm", "aes-256-gcm"] as const;

/** `signet sign`, `encrypt` and `protect`: IN to OUT. */
export async function runSign(argv: readonly string[]): Promise<number> {
  const args = parseArguments(argv, SIGN_OPTIONS);
  return write(args, async (input) => signMessage(input, await signingOptions(args)));
}

export async function runEncrypt(argv: readonly string[]): Promise<number> {
  const args = parseArguments(argv, ENCRYPT_OPTIONS);
  return write(args, async (input) =>
    encryptMessage(input, { ...(await encryptionOptions(args)), ...headerOptions(args) }),
  );
}

export async function runProtect(argv: readonly string[]): Promise<number> {
  const args = parseArguments(argv, PROTECT_OPTIONS);
  return write(args, async (input) =>
    protectMessage(input, {
      signing: await signingOptions(args),
      encryption: await encryptionOptions(args),
      ...headerOptions(args),
      wrapsTwice: hasFlag(args, "triple-wrap"),
    }),
  );
}

async function write(args: Arguments, transform: (input: Uint8Array) => Promise<Uint8Array>): Promise<number> {
  const [input, output, ...others] = args.positionals;
  if (input === undefined || output === undefined || others.length > 0) throw new UsageError("IN and OUT are needed");
  try {
    await writeOutput(output, await transform(withType(await readInput(input), singleValue(args, "type"))));
    return 0;
  } catch (error) {
    process.stderr.write(`${JSON.stringify({ file: input, error: describeError(error) })}\n`);
    return 1;
  }
}

/** `--type` makes an entity of a bare body. */
function withType(input: Uint8Array, type: string | null): Uint8Array {
  if (type === null) return input;
  if (!/^[\w.+-]+\/[\w.+-]+(?:; *[\w-]+=[\w.:"+-]+)*$/.test(type)) throw new UsageError("--type is a media type");
  const isText = type.startsWith("text/");
  return concatBytes(utf8Bytes(`Content-Type: ${type}\r\n\r\n`), isText ? canonicalLineEnds(input) : input);
}

async function signingOptions(args: Arguments): Promise<SigningOptions> {
  const [identity] = await readIdentities(args);
  if (!identity) throw new UsageError("--identity, or --key and --cert, are needed");
  return {
    identity,
    form: hasFlag(args, "opaque") ? "opaque" : "clear",
    ...(singleValue(args, "digest") === null
      ? {}
      : { digest: DIGEST_NAMES[choice(args, "digest", DIGESTS, "sha256")] }),
    rsaScheme: hasFlag(args, "pss") ? "rsa-pss" : "rsa-pkcs1",
    signingTime: new Date(),
    ...essOptions(args),
  };
}

/** `--hide-subject` is short for `--header-policy baseline`. */
function headerOptions(args: Arguments): HeaderOptions {
  const policy = choice(
    args,
    "header-policy",
    HEADER_POLICY_NAMES,
    hasFlag(args, "hide-subject") ? "baseline" : "none",
  );
  return {
    headerPolicy: HEADER_POLICIES[policy],
    legacyDisplay: hasFlag(args, "legacy-display") ? "write" : "omit",
  };
}

async function encryptionOptions(args: Arguments): Promise<EncryptionOptions> {
  const files = values(args, "to");
  if (files.length === 0) throw new UsageError("--to is needed");
  return {
    // One file names one recipient, whatever chain follows.
    recipients: await Promise.all(files.map(async (file) => readCertificateWithChain(await readInput(file))[0])),
    cipher: choice(args, "cipher", CIPHERS, "aes-256-cbc"),
    derivesKey: hasFlag(args, "derive-key"),
    keyTransport: hasFlag(args, "oaep") ? { kind: "rsa-oaep", digest: "sha-256" } : { kind: "rsa-pkcs1" },
  };
}
