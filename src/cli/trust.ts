import { readFile } from "node:fs/promises";
import { SmimeError } from "../engine/errors.ts";
import type { Certificate } from "../engine/x509/certificate.ts";
import { readCertificates } from "../engine/x509/containers.ts";
import {
  type EmailRoot,
  type TrustAnchor,
  trustAnchor,
  trustAnchorFromEmailRoot,
} from "../engine/x509/trust-anchor.ts";
import { type Arguments, values } from "./arguments.ts";
import { readInput } from "./files.ts";

export const TRUST_OPTIONS = { trust: "value", intermediate: "value", at: "value" } as const;

/** The anchors of `--trust`, or Mozilla's e-mail roots where it is not given. */
export async function readAnchors(args: Arguments): Promise<TrustAnchor[]> {
  const files = values(args, "trust");
  if (files.length === 0) return builtInAnchors();
  const contents = await Promise.all(files.map(readInput));
  return contents.flatMap(readCertificates).map((certificate) => trustAnchor(certificate));
}

export async function readIntermediates(args: Arguments): Promise<Certificate[]> {
  const files = await Promise.all(values(args, "intermediate").map(readInput));
  return files.flatMap(readableCertificates);
}

/** Candidates for issuers: one that cannot be read is no candidate. */
export function readableCertificates(file: Uint8Array): Certificate[] {
  try {
    return readCertificates(file);
  } catch (error) {
    if (error instanceof SmimeError) return [];
    throw error;
  }
}

/** The build lays the list beside the program. */
async function builtInAnchors(): Promise<TrustAnchor[]> {
  const text = await readFile(new URL("email-roots.json", import.meta.url), "utf8");
  const { roots } = JSON.parse(text) as { roots: EmailRoot[] };
  return roots.map(trustAnchorFromEmailRoot);
}
