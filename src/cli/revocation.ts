import { SmimeError } from "../engine/errors.ts";
import { readCrlFile, readOcspFile } from "../engine/revocation/evidence-files.ts";
import type { RevocationPolicy } from "../engine/revocation/revocation-policy.ts";
import type { Certificate } from "../engine/x509/certificate.ts";
import { type Arguments, choice, values } from "./arguments.ts";
import { readInput } from "./files.ts";

export const REVOCATION_OPTIONS = { revocation: "value", crl: "value", ocsp: "value" } as const;

const MODES = ["off", "soft", "hard"] as const;
export type RevocationMode = (typeof MODES)[number];

/** What `--revocation`, `--crl` and `--ocsp` say, with the contents of the files. */
export interface RevocationFiles {
  readonly mode: RevocationMode;
  readonly crls: readonly Uint8Array[];
  readonly ocsp: readonly Uint8Array[];
}

export function isRevocationMode(value: unknown): value is RevocationMode {
  return MODES.some((mode) => mode === value);
}

/** Reads the files; the mode is `off` unless it is given. */
export async function readRevocationFiles(args: Arguments): Promise<RevocationFiles> {
  const mode = choice(args, "revocation", MODES, "off");
  const read = async (name: string) => Promise.all(values(args, name).map(readInput));
  return { mode, crls: await read("crl"), ocsp: await read("ocsp") };
}

/** A list or response that cannot be read is none: what it may have said is unknown. */
export function revocationPolicy(
  { mode, crls, ocsp }: RevocationFiles,
  certificates: readonly Certificate[],
): RevocationPolicy {
  if (mode === "off") return { mode };
  const ocspResponses = ocsp
    .flatMap((file) => orNothing(() => [readOcspFile(file)]))
    .map((response) => ({ response, requestNonce: null }));
  return {
    mode,
    evidence: { crls: crls.flatMap((file) => orNothing(() => readCrlFile(file))), ocspResponses, certificates },
  };
}

function orNothing<T>(read: () => readonly T[]): readonly T[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof SmimeError) return [];
    throw error;
  }
}
