#!/usr/bin/env node
import { UsageError, parseArguments, singleValue } from "./arguments.ts";
import { runBench } from "./bench/run.ts";
import { describeCertificates } from "./certs.ts";
import { runExport } from "./export.ts";
import { describeError } from "./failure.ts";
import { readInput } from "./files.ts";
import { runOpen } from "./open.ts";
import { runPath } from "./path.ts";
import { readPassphraseFile } from "./passphrase.ts";
import { runReceipt } from "./receipt.ts";
import { runEncrypt, runProtect, runSign } from "./write.ts";

const USAGE = `usage: signet open|sign|encrypt|protect|receipt|certs|export|path|bench [options] FILE...
See README.md for the options of each.`;

/** Each command takes what stands behind its name and returns the exit status. */
const COMMANDS: Readonly<Record<string, (argv: readonly string[]) => Promise<number>>> = {
  open: runOpen,
  sign: runSign,
  encrypt: runEncrypt,
  protect: runProtect,
  receipt: runReceipt,
  certs: runCerts,
  export: runExport,
  path: runPath,
  bench: runBench,
};

async function runCerts(argv: readonly string[]): Promise<number> {
  const args = parseArguments(argv, { "passphrase-file": "value" });
  if (args.positionals.length === 0) throw new UsageError("certs needs a FILE");
  const passphraseFile = singleValue(args, "passphrase-file");
  const passphrase = passphraseFile === null ? null : await readPassphraseFile(passphraseFile);
  let status = 0;
  for (const file of args.positionals) {
    try {
      const described = await describeCertificates(await readInput(file), passphrase);
      process.stdout.write(`${JSON.stringify({ file, error: null, ...described })}\n`);
    } catch (error) {
      process.stdout.write(`${JSON.stringify({ file, error: describeError(error) })}\n`);
      status = 1;
    }
  }
  return status;
}

async function main([name = "", ...argv]: readonly string[]): Promise<number> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  try {
    if (!command) throw new UsageError(`unknown command ${name}\n${USAGE}`);
    return await command(argv);
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`signet: ${error.message}\n`);
      return 2;
    }
    process.stderr.write(`${JSON.stringify({ error: describeError(error) })}\n`);
    return 1;
  }
}

// Whoever reads our output may stop reading: `signet open … | head`.
process.stdout.on("error", () => process.exit(0));

process.exitCode = await main(process.argv.slice(2));
