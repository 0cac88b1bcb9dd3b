import { join } from "node:path";
import { importPkcs12, pairIdentities } from "../../../../src/engine/pkcs12/import.ts";
import { importPrivateKey } from "../../../../src/engine/primitives/private-key.ts";
import { openMessage } from "../../../../src/engine/smime/open.ts";
import { fieldStatuses } from "../../../../src/engine/smime/protected-header.ts";
import { readCertificates } from "../../../../src/engine/x509/containers.ts";
import { trustAnchor } from "../../../../src/engine/x509/trust-anchor.ts";
import type { Corpus, VectorCase } from "../corpus.ts";
import { folderWith, readBytes, readText } from "./files.ts";

/** `for variant in multipart-signed onepart-signed; do` and the sentence that each then is tested for. */
const VARIANTS = /for variant in ([^;]+); do\s+test_begin_subtest "(verify|confirm) signed/g;
const SINGLE = /confirm encryption-protected PKCS#7 subject \(([^)]+)\)/;

/** Within the validity of the sample certificates, which the drafts of RFC 9216 had. */
const AT = new Date("2026-01-01T00:00:00Z");

/**
 * The S/MIME messages of notmuch's tests with the header protection that was before RFC 9788 (`protected-headers="v1"`),
 * with what T356-protected-headers.sh expects of the Subject: which layers protect it, and what stands in its place.
 */
export const notmuchProtectedHeaders: Corpus = {
  name: "notmuch-protected-headers",
  source: { package: "notmuch", paths: ["test/T356-protected-headers.sh", "test/smime/*", "test/corpora/*"] },
  cases: (folder) => {
    const root = join(folderWith(folder, "test/T356-protected-headers.sh"), "test");
    const script = readText(root, "T356-protected-headers.sh");
    const expected = new Map<string, string>();
    for (const [, variants = "", verb] of script.matchAll(VARIANTS)) {
      const words = verb === "verify" ? "signed, not hidden" : "signed, hidden behind ...";
      for (const variant of variants.trim().split(/\s+/)) expected.set(variant, words);
    }
    const encrypted = SINGLE.exec(script)?.[1];
    if (encrypted === undefined || expected.size === 0) throw new Error("T356 is not what it was");
    expected.set(encrypted, "not signed, hidden behind ...");
    return [...expected].map(([variant, words]): VectorCase => ({
      name: `smime-${variant}`,
      expected: words,
      actual: () => subjectWords(root, readBytes(root, `corpora/protected-headers/smime-${variant}.eml`)),
    }));
  },
};

async function subjectWords(root: string, message: Uint8Array): Promise<string> {
  const [pair] = await pairIdentities(await importPkcs12(readBytes(root, "smime/bob.p12"), ""));
  if (!pair) throw new Error("bob.p12 has no key");
  const { key, certificate, chain } = pair;
  const opened = await openMessage(message, {
    identities: [{ key: await importPrivateKey(key.pkcs8), certificate, chain }],
    anchors: readCertificates(readBytes(root, "smime/ca.crt")).map((anchor) => trustAnchor(anchor)),
    intermediates: [],
    at: AT,
  });
  const { headerProtection, verdict, outerHeader } = opened;
  if (!headerProtection) return "not protected";
  const isEncrypted = verdict.encryption === "unauthenticated" || verdict.encryption === "authenticated";
  const fields = fieldStatuses(headerProtection, { isSigned: verdict.signature === "valid", isEncrypted });
  const status = fields.find(({ name }) => name === "Subject")?.status ?? "unprotected";
  const signed = status.startsWith("signed") ? "signed" : "not signed";
  return status.endsWith("encrypted")
    ? `${signed}, hidden behind ${outerHeader.subject ?? ""}`
    : `${signed}, not hidden`;
}
