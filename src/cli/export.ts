import { utf8Bytes } from "../engine/bytes/text.ts";
import { exportPkcs12 } from "../engine/pkcs12/export.ts";
import { importPkcs12, pairIdentities } from "../engine/pkcs12/import.ts";
import type { Certificate } from "../engine/x509/certificate.ts";
import { isPkcs12, readCertificates } from "../engine/x509/containers.ts";
import { writeCertificateBag } from "../engine/x509/p7b.ts";
import { writePem } from "../engine/x509/pem.ts";
import { writeVcard } from "../engine/x509/vcard.ts";
import { type Arguments, choice, hasFlag, parseArguments, singleValue, UsageError } from "./arguments.ts";
import { describeError } from "./failure.ts";
import { readInput, writeOutput } from "./files.ts";
import { readPassphraseFile } from "./passphrase.ts";

const FORMATS = ["pkcs12", "p7b", "pem", "der", "vcard3", "vcard4"] as const;
type Format = (typeof FORMATS)[number];

const OPTIONS = {
  format: "value",
  "passphrase-file": "value",
  "new-passphrase-file": "value",
  pbmac1: "flag",
} as const;

/**
 * `signet export`: the certificates of IN in another container, to OUT; with `--format pkcs12` the keys of a PKCS#12
 * file under a new passphrase and today's algorithms. Keys go into no other container.
 */
export async function runExport(argv: readonly string[]): Promise<number> {
  const args = parseArguments(argv, OPTIONS);
  const [input, output, ...others] = args.positionals;
  if (input === undefined || output === undefined || others.length > 0) throw new UsageError("IN and OUT are needed");
  const format = choice(args, "format", FORMATS, "pem");
  try {
    const file = await readInput(input);
    const written = format === "pkcs12" ? await writePkcs12(file, args) : writeCertificates(file, args, format);
    await writeOutput(output, await written);
    return 0;
  } catch (error) {
    process.stderr.write(`${JSON.stringify({ file: input, error: describeError(error) })}\n`);
    return 1;
  }
}

async function passphrase(args: Arguments, option: keyof typeof OPTIONS): Promise<string> {
  const file = singleValue(args, option);
  return file === null ? "" : readPassphraseFile(file);
}

async function writePkcs12(file: Uint8Array, args: Arguments): Promise<Uint8Array> {
  if (singleValue(args, "new-passphrase-file") === null) throw new UsageError("--new-passphrase-file is needed");
  const identities = await pairIdentities(await importPkcs12(file, await passphrase(args, "passphrase-file")));
  return exportPkcs12(
    identities.map(({ key, certificate, chain }) => ({
      pkcs8: key.pkcs8,
      certificate,
      chain,
      friendlyName: key.friendlyName,
    })),
    {
      passphrase: await passphrase(args, "new-passphrase-file"),
      mac: hasFlag(args, "pbmac1") ? "pbmac1" : "pkcs12",
    },
  );
}

async function writeCertificates(
  file: Uint8Array,
  args: Arguments,
  format: Exclude<Format, "pkcs12">,
): Promise<Uint8Array> {
  const certificates = isPkcs12(file)
    ? (await importPkcs12(file, await passphrase(args, "passphrase-file"))).certificates
    : readCertificates(file);
  return containerOf(certificates, format);
}

function containerOf(certificates: readonly Certificate[], format: Exclude<Format, "pkcs12">): Uint8Array {
  switch (format) {
    case "p7b":
      return writeCertificateBag(certificates);
    case "pem":
      return utf8Bytes(certificates.map(({ der }) => writePem("CERTIFICATE", der)).join(""));
    case "der": {
      const [only, ...others] = certificates;
      if (!only || others.length > 0) throw new UsageError("--format der holds one certificate");
      return only.der;
    }
    case "vcard3":
      return utf8Bytes(certificates.map((certificate) => writeVcard(certificate, "3.0")).join(""));
    case "vcard4":
      return utf8Bytes(certificates.map((certificate) => writeVcard(certificate, "4.0")).join(""));
  }
}
