import { SmimeError } from "../../../../src/engine/errors.ts";
import type { Certificate } from "../../../../src/engine/x509/certificate.ts";
import { readCertificates } from "../../../../src/engine/x509/containers.ts";
import { findPath } from "../../../../src/engine/x509/path.ts";
import { trustAnchor } from "../../../../src/engine/x509/trust-anchor.ts";

export interface PathInput {
  readonly leaf: Uint8Array;
  readonly anchors: readonly Uint8Array[];
  readonly intermediates: readonly Uint8Array[];
  readonly at: Date;
}

/** Judges a path as suites do that know no mail: purpose and usage are not asked. "trusted" or "untrusted (reason)". */
export async function judgePath({ leaf, anchors, intermediates, at }: PathInput): Promise<string> {
  const [certificate] = readable(leaf);
  // A leaf that cannot be read is not trusted: suites count both as a refusal.
  if (!certificate) return "untrusted (unreadable)";
  const result = await findPath(certificate, {
    anchors: anchors.flatMap(readable).map((anchor) => trustAnchor(anchor)),
    intermediates: intermediates.flatMap(readable),
    at,
    purpose: "any",
    usage: "any",
  });
  return result.status === "trusted" ? "trusted" : `untrusted (${result.reason})`;
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

function readOrNone(file: Uint8Array): readonly Certificate[] {
  try {
    return readCertificates(file);
  } catch (error) {
    if (error instanceof SmimeError) return [];
    throw error;
  }
}
