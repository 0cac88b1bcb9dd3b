import { SmimeError } from "../../../../src/engine/errors.ts";
import type { CertificateList } from "../../../../src/engine/revocation/certificate-list.ts";
import { readCrlFile } from "../../../../src/engine/revocation/evidence-files.ts";
import {
  isShutOut,
  NO_REVOCATION,
  type RevocationPolicy,
  revocationOption,
} from "../../../../src/engine/revocation/revocation-policy.ts";
import type { AnchorConstraints } from "../../../../src/engine/x509/anchor-constraints.ts";
import type { Certificate } from "../../../../src/engine/x509/certificate.ts";
import type { PolicyInputs } from "../../../../src/engine/x509/checks/policies.ts";
import { readCertificates } from "../../../../src/engine/x509/containers.ts";
import { findPath } from "../../../../src/engine/x509/path.ts";
import { trustAnchor } from "../../../../src/engine/x509/trust-anchor.ts";

export interface PathInput {
  readonly leaf: Uint8Array;
  readonly anchors: readonly Uint8Array[];
  readonly intermediates: readonly Uint8Array[];
  readonly at: Date;
  readonly policies?: PolicyInputs;
  readonly anchorConstraints?: AnchorConstraints;
  /** Where they are given, every certificate has to be known as good by them. */
  readonly crls?: readonly Uint8Array[];
}

/** Judges a path as suites do that know no mail: purpose and usage are not asked. "trusted" or "untrusted (reason)". */
export async function judgePath({ leaf, anchors, crls, at, ...input }: PathInput): Promise<string> {
  const [certificate] = readable(leaf);
  // A leaf that cannot be read is not trusted: suites count both as a refusal.
  if (!certificate) return "untrusted (unreadable)";
  const intermediates = input.intermediates.flatMap(readable);
  const evidence = { crls: (crls ?? []).flatMap(readableLists), ocspResponses: [], certificates: intermediates };
  const policy: RevocationPolicy = crls ? { mode: "hard", evidence } : NO_REVOCATION;
  const result = await findPath(certificate, {
    ...input,
    anchors: anchors.flatMap(readable).map((anchor) => trustAnchor(anchor)),
    intermediates,
    at,
    purpose: "any",
    usage: "any",
    ...revocationOption(policy, at, at),
  });
  if (result.status === "untrusted") return `untrusted (${result.reason})`;
  const { revocation } = result;
  const isGood = revocation.status !== "revoked" && !isShutOut(revocation, policy);
  return isGood || !("reason" in revocation) ? "trusted" : `untrusted (${revocation.status} ${revocation.reason})`;
}

/** Files are read once: a suite gives the same hundreds of intermediate certificates to each of its cases. */
const READ = new WeakMap<Uint8Array, readonly Certificate[]>();

function readable(file: Uint8Array): readonly Certificate[] {
  const known = READ.get(file);
  if (known) return known;
  const certificates = readOrNone(file);
  READ.set(file, certificates);
  return certificates;
}

const LISTS = new WeakMap<Uint8Array, readonly CertificateList[]>();

function readableLists(file: Uint8Array): readonly CertificateList[] {
  const known = LISTS.get(file);
  if (known) return known;
  const lists = readListsOrNone(file);
  LISTS.set(file, lists);
  return lists;
}

function readListsOrNone(file: Uint8Array): readonly CertificateList[] {
  try {
    return readCrlFile(file);
  } catch (error) {
    if (error instanceof SmimeError) return [];
    throw error;
  }
}

function readOrNone(file: Uint8Array): readonly Certificate[] {
  try {
    return readCertificates(file);
  } catch (error) {
    if (error instanceof SmimeError) return [];
    throw error;
  }
}
