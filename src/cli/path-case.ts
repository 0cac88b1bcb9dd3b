import { SmimeError } from "../engine/errors.ts";
import { readCertificates } from "../engine/x509/containers.ts";
import { type TrustAnchor, trustAnchor } from "../engine/x509/trust-anchor.ts";
import type { PathCase } from "./judge-path.ts";
import { readIsoTime } from "./time.ts";

/** What a case needs from outside, and what holds where it does not say otherwise. */
export interface CaseSources {
  /** The content of a file that a case names. */
  readonly read: (file: string) => Promise<Uint8Array>;
  readonly anchors: () => Promise<readonly TrustAnchor[]>;
  readonly at: Date;
  readonly purpose: "email" | "any";
}

/** Fields of later parts of the engine; each may stand there with the value that asks for nothing. */
const NOT_YET: ReadonlySet<string> = new Set([
  "crl",
  "ocsp",
  "revocation",
  "policy",
  "requireAnchorConstraints",
  "initialExplicitPolicy",
  "initialPolicyMappingInhibit",
  "initialInhibitAnyPolicy",
]);
const FIELDS: ReadonlySet<string> = new Set(["id", "trust", "intermediate", "at", "purpose", "email", "leaf"]);

/**
 * Reads one line of a file of cases: the options of `signet path` as a JSON object, with file names or PEM text for
 * files.
 *
 * @throws {SmimeError} `unsupported.option` for fields and values that this build does not have, and what the readers
 *   of certificates throw for an anchor
 */
export async function readPathCase(fields: Readonly<Record<string, unknown>>, sources: CaseSources): Promise<PathCase> {
  for (const [name, value] of Object.entries(fields)) {
    if (!FIELDS.has(name) && !(NOT_YET.has(name) && asksForNothing(value))) throw unsupported(name);
  }
  const open = async (value: string): Promise<Uint8Array> =>
    value.includes("-----BEGIN ") ? new TextEncoder().encode(value) : sources.read(value);
  const trust = await Promise.all(strings(fields, "trust").map(open));
  const [leaf, ...others] = strings(fields, "leaf");
  if (leaf === undefined || others.length > 0) throw unsupported("leaf");
  return {
    anchors:
      fields["trust"] === undefined
        ? await sources.anchors()
        : trust.flatMap(readCertificates).map((certificate) => trustAnchor(certificate)),
    intermediates: await Promise.all(strings(fields, "intermediate").map(open)),
    leaf: await open(leaf),
    at: readTime(fields["at"]) ?? sources.at,
    purpose: readPurpose(fields["purpose"]) ?? sources.purpose,
    email: strings(fields, "email")[0] ?? null,
  };
}

function unsupported(option: string): SmimeError {
  return new SmimeError("unsupported.option", { option });
}

function asksForNothing(value: unknown): boolean {
  return value === null || value === false || value === "off" || (Array.isArray(value) && value.length === 0);
}

/** A list of strings, or one string for a list of one. */
function strings(fields: Readonly<Record<string, unknown>>, name: string): string[] {
  const value = fields[name];
  if (value === undefined || value === null) return [];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map((item) => {
    if (typeof item !== "string") throw unsupported(name);
    return item;
  });
}

function readTime(value: unknown): Date | null {
  if (value === undefined || value === null) return null;
  const time = typeof value === "string" ? readIsoTime(value) : null;
  if (!time) throw unsupported("at");
  return time;
}

function readPurpose(value: unknown): "email" | "any" | null {
  if (value === undefined || value === null) return null;
  if (value === "email" || value === "any") return value;
  throw unsupported("purpose");
}
