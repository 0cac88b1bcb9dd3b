import { SmimeError } from "../engine/errors.ts";
import { readCertificates } from "../engine/x509/containers.ts";
import { type TrustAnchor, trustAnchor } from "../engine/x509/trust-anchor.ts";
import type { PathCase } from "./judge-path.ts";
import { anchorConstraints, type GivenInputs, isOid, policyInputs } from "./path-options.ts";
import { isRevocationMode, type RevocationFiles, type RevocationMode } from "./revocation.ts";
import { readIsoTime } from "./time.ts";

/** What a case needs from outside, and what holds where it does not say otherwise. */
export interface CaseSources {
  /** The content of a file that a case names. */
  readonly read: (file: string) => Promise<Uint8Array>;
  readonly anchors: () => Promise<readonly TrustAnchor[]>;
  readonly at: Date;
  readonly purpose: "email" | "any";
  readonly revocation: RevocationFiles;
  readonly inputs: GivenInputs;
}

const FIELDS: ReadonlySet<string> = new Set([
  "id",
  "trust",
  "intermediate",
  "crl",
  "ocsp",
  "at",
  "purpose",
  "email",
  "revocation",
  "policy",
  "requireAnchorConstraints",
  "initialExplicitPolicy",
  "initialPolicyMappingInhibit",
  "initialInhibitAnyPolicy",
  "leaf",
]);

/**
 * Reads one line of a file of cases: the options of `signet path` as a JSON object, with file names or PEM text for
 * files.
 *
 * @throws {SmimeError} `unsupported.option` for fields and values that this build does not have, and what the readers
 *   of certificates throw for an anchor
 */
export async function readPathCase(fields: Readonly<Record<string, unknown>>, sources: CaseSources): Promise<PathCase> {
  for (const name of Object.keys(fields)) {
    if (!FIELDS.has(name)) throw unsupported(name);
  }
  const open = async (value: string): Promise<Uint8Array> =>
    value.includes("-----BEGIN ") ? new TextEncoder().encode(value) : sources.read(value);
  const trust = await Promise.all(strings(fields, "trust").map(open));
  const [leaf, ...others] = strings(fields, "leaf");
  if (leaf === undefined || others.length > 0) throw unsupported("leaf");
  const inputs = readInputs(fields, sources.inputs);
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
    revocation: {
      mode: readMode(fields["revocation"]) ?? sources.revocation.mode,
      crls: [...sources.revocation.crls, ...(await Promise.all(strings(fields, "crl").map(open)))],
      ocsp: [...sources.revocation.ocsp, ...(await Promise.all(strings(fields, "ocsp").map(open)))],
    },
    policies: policyInputs(inputs),
    anchorConstraints: anchorConstraints(inputs),
  };
}

function unsupported(option: string): SmimeError {
  return new SmimeError("unsupported.option", { option });
}

function readInputs(fields: Readonly<Record<string, unknown>>, byDefault: GivenInputs): GivenInputs {
  const policies = strings(fields, "policy");
  if (!policies.every(isOid)) throw unsupported("policy");
  return {
    policies: fields["policy"] === undefined ? byDefault.policies : policies,
    requireAnchorConstraints: readFlag(fields, "requireAnchorConstraints") ?? byDefault.requireAnchorConstraints,
    initialExplicitPolicy: readFlag(fields, "initialExplicitPolicy") ?? byDefault.initialExplicitPolicy,
    initialPolicyMappingInhibit:
      readFlag(fields, "initialPolicyMappingInhibit") ?? byDefault.initialPolicyMappingInhibit,
    initialInhibitAnyPolicy: readFlag(fields, "initialInhibitAnyPolicy") ?? byDefault.initialInhibitAnyPolicy,
  };
}

function readFlag(fields: Readonly<Record<string, unknown>>, name: string): boolean | null {
  const value = fields[name];
  if (value === undefined || value === null) return null;
  if (typeof value !== "boolean") throw unsupported(name);
  return value;
}

function readMode(value: unknown): RevocationMode | null {
  if (value === undefined || value === null) return null;
  if (!isRevocationMode(value)) throw unsupported("revocation");
  return value;
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
