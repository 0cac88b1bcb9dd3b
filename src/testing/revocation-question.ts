import { checkRevocation } from "../engine/revocation/check-revocation.ts";
import type { RevocationEvidence } from "../engine/revocation/certificate-status.ts";
import type { RevocationVerdict } from "../engine/verdicts.ts";
import { findPath } from "../engine/x509/path.ts";
import { trustAnchor } from "../engine/x509/trust-anchor.ts";
import { TEST_TIME, type TestCertificate } from "./certificate-builder.ts";
import type { TestCrl } from "./crl-builder.ts";

export interface TestQuestion {
  readonly leaf: TestCertificate;
  readonly root: TestCertificate;
  readonly intermediates?: readonly TestCertificate[];
  readonly crls?: readonly TestCrl[];
  readonly ocsp?: RevocationEvidence["ocspResponses"];
  /** Certificates beside those of the path. */
  readonly certificates?: readonly TestCertificate[];
  readonly at?: Date;
  readonly signedAt?: Date;
}

/** What is said of the revocation of a path, which has to be trusted at `signedAt`. */
export async function revocation(question: TestQuestion): Promise<RevocationVerdict> {
  const { leaf, root, intermediates = [], crls = [], ocsp = [], certificates = [], at = TEST_TIME } = question;
  const { signedAt = at } = question;
  const pool = [...intermediates, ...certificates].map(({ certificate }) => certificate);
  const anchors = [trustAnchor(root.certificate)];
  const usage = { purpose: "any", usage: "any" } as const;
  const result = await findPath(leaf.certificate, { anchors, intermediates: pool, at: signedAt, ...usage });
  if (result.status === "untrusted") throw new Error(`the path is untrusted: ${result.reason}`);
  const evidence = { crls: crls.map(({ list }) => list), ocspResponses: ocsp, certificates: pool };
  return checkRevocation(result.path, { evidence, at, signedAt });
}

/** "good", or the status and its reason. */
export async function revocationWords(question: TestQuestion): Promise<string> {
  const verdict = await revocation(question);
  return verdict.status === "good" ? "good" : `${verdict.status}: ${verdict.reason}`;
}
