import { mkdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type OpenOptions, type OpenedMessage, openMessage } from "../engine/smime/open.ts";
import { decodeTransfer } from "../engine/mime/transfer-encoding.ts";
import { type Arguments, UsageError, hasFlag, parseArguments, singleValue, timeOption, values } from "./arguments.ts";
import { describeError } from "./failure.ts";
import { FileError, readInput, writeOutput } from "./files.ts";
import { IDENTITY_OPTIONS, readIdentities } from "./identities.ts";
import { describeOpened } from "./opened-message.ts";
import { readPassphraseFile } from "./passphrase.ts";
import { REVOCATION_OPTIONS, readRevocationFiles, revocationPolicy } from "./revocation.ts";
import { compareReceipt } from "./receipt.ts";
import { TRUST_OPTIONS, readAnchors, readIntermediates } from "./trust.ts";

const OPTIONS = {
  ...IDENTITY_OPTIONS,
  ...TRUST_OPTIONS,
  "password-file": "value",
  "kek-file": "value",
  ...REVOCATION_OPTIONS,
  content: "value",
  nested: "flag",
  extract: "value",
  answers: "value",
} as const;

/** `signet open`: one line of JSON per file, in order. Returns the exit status. */
export async function runOpen(argv: readonly string[]): Promise<number> {
  const args = parseArguments(argv, OPTIONS);
  if (args.positionals.length === 0) throw new UsageError("open needs a FILE");
  const options = await readOpenOptions(args);
  const directory = singleValue(args, "extract");
  const answered = singleValue(args, "answers");
  const original = answered === null ? null : await readInput(answered);
  if (directory !== null) await makeDirectory(directory);

  let status = 0;
  for (const [index, file] of args.positionals.entries()) {
    try {
      const opened = await openMessage(await readInput(file), options);
      const receipt = original ? { receipt: await compareReceipt(opened, original, options) } : {};
      const description = { ...(await describeOpened(opened)), ...receipt };
      if (directory !== null) await extract(opened, directory, index + 1);
      process.stdout.write(`${JSON.stringify({ file, error: null, ...description })}\n`);
    } catch (error) {
      process.stdout.write(`${JSON.stringify({ file, error: describeError(error) })}\n`);
      status = 1;
    }
  }
  return status;
}

async function readOpenOptions(args: Arguments): Promise<OpenOptions> {
  const detached = singleValue(args, "content");
  const intermediates = await readIntermediates(args);
  return {
    identities: await readIdentities(args),
    anchors: await readAnchors(args),
    intermediates,
    revocation: revocationPolicy(await readRevocationFiles(args), intermediates),
    at: timeOption(args, "at"),
    // For messages that are encrypted by a password, or by a key that both sides had before (RFC 5652 section 6.2).
    passwords: await Promise.all(values(args, "password-file").map(readPassphraseFile)),
    keyEncryptionKeys: await Promise.all(
      values(args, "kek-file").map(async (file) => ({ identifier: null, key: await readInput(file) })),
    ),
    nested: hasFlag(args, "nested"),
    ...(detached === null ? {} : { detachedContent: await readInput(detached) }),
  };
}

/** With the directories above it. Node's own `recursive` never returns where the system refuses with ENOENT, as /proc. */
async function makeDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" && (await stat(directory)).isDirectory()) return;
    const parent = dirname(directory);
    if (code !== "ENOENT" || parent === directory) throw new FileError("file.unwritable", directory, error);
    await makeDirectory(parent);
    await mkdir(directory).catch((cause: unknown) => {
      throw new FileError("file.unwritable", directory, cause);
    });
  }
}

/** Part numbers are digits and dots, so that no name from a message becomes a file name. */
async function extract({ content, parts }: OpenedMessage, directory: string, number: number): Promise<void> {
  if (!content) return;
  await writeOutput(join(directory, `${number}.mime`), content.bytes);
  for (const { entity } of parts) {
    await writeOutput(join(directory, `${number}-${entity.path}`), decodeTransfer(entity));
  }
}
