import { SmimeError } from "../../engine/errors.ts";
import type { Certificate } from "../../engine/x509/certificate.ts";
import { readCertificates } from "../../engine/x509/containers.ts";
import type { CertificateSummary } from "../../messages/answers.ts";
import type { SessionStore } from "../session-store.ts";
import { fingerprint, summarize } from "./summary.ts";

const summarizeAll = (certificates: readonly Certificate[]): Promise<readonly CertificateSummary[]> =>
  Promise.all(certificates.map(summarize));

/** Everything that a certificate file holds, before anything of it is trusted (attack 48). */
export function inspectAnchors(file: Uint8Array): Promise<readonly CertificateSummary[]> {
  return summarizeAll(readCertificates(file));
}

/**
 * Trusts the named certificates of a file, and no others, for mail and for the session.
 *
 * @throws {SmimeError} `malformed.certificate` where the file has none of the named ones
 */
export async function trustAnchors(
  store: SessionStore,
  file: Uint8Array,
  accept: readonly string[],
): Promise<readonly CertificateSummary[]> {
  const chosen = new Map<string, Certificate>();
  for (const certificate of await store.anchors()) chosen.set(await fingerprint(certificate), certificate);
  let matching = 0;
  for (const certificate of readCertificates(file)) {
    const name = await fingerprint(certificate);
    if (!accept.includes(name)) continue;
    matching++;
    chosen.set(name, certificate);
  }
  if (matching === 0) throw new SmimeError("malformed.certificate", { reason: "none-chosen" });
  await store.setAnchors([...chosen.values()]);
  return listAnchors(store);
}

export async function listAnchors(store: SessionStore): Promise<readonly CertificateSummary[]> {
  return summarizeAll(await store.anchors());
}

export async function forgetAnchors(store: SessionStore): Promise<readonly CertificateSummary[]> {
  await store.setAnchors([]);
  return [];
}
