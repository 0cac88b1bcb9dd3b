import { readdirSync } from "node:fs";
import { join } from "node:path";
import { SmimeError } from "../../../../src/engine/errors.ts";
import type { Corpus, VectorCase } from "../corpus.ts";
import { folderWith, readText } from "./files.ts";
import { ecdh, xdh } from "./wycheproof/agreement.ts";
import { authenticated, authentication, cbc, derivation, keyWrap, oaep, pkcs1 } from "./wycheproof/encryption.ts";
import { ecdsa, eddsa, rsaPkcs1, rsaPss, rsaSigning } from "./wycheproof/signatures.ts";
import type { Run, Runner, Test, VectorFile } from "./wycheproof/vectors.ts";

const FOLDER = "src/third_party/wycheproof_testvectors";

/**
 * By the names of the files, for everything that the engine has. Wycheproof has no 3DES, RC2, DES, SHAKE or ML-KEM, and
 * what it has beside these is no part of S/MIME.
 */
const RUNNERS: readonly (readonly [name: RegExp, runner: Runner])[] = [
  [/^rsa_signature_.*_test$/, rsaPkcs1],
  [/^rsa_signature_test$/, rsaPkcs1],
  [/^rsa_sig_gen_misc_test$/, rsaSigning],
  [/^rsa_pss_.*_test$/, rsaPss],
  [/^ecdsa_(?!.*(p1363|webcrypto)).*_test$/, ecdsa],
  [/^(eddsa|ed448)_test$/, eddsa],
  [/^ecdh_(?!webcrypto).*_test$/, ecdh],
  [/^x(25519|448)_test$/, xdh],
  [/^aes_cbc_pkcs5_test$/, cbc],
  [/^aes_gcm_test$/, authenticated("gcm")],
  [/^aes_ccm_test$/, authenticated("ccm")],
  [/^kw_test$/, keyWrap("aes")],
  [/^kwp_test$/, keyWrap("aes-padded")],
  [/^rsa_oaep_.*_test$/, oaep],
  [/^rsa_pkcs1_.*_test$/, pkcs1],
  ...["SHA-1", "SHA-256", "SHA-384", "SHA-512"].map((sha) => [nameOf("hkdf", sha), derivation(sha)] as const),
  ...["SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512"].map(
    (sha) => [nameOf("hmac", sha), authentication(sha)] as const,
  ),
];

function nameOf(kind: string, sha: string): RegExp {
  return new RegExp(`^${kind}_${sha.toLowerCase().replace("-", "")}_test$`);
}

/**
 * Google's attacks on implementations of cryptography, as BoringSSL keeps them: thousands of signatures, ciphertexts and
 * keys that are wrong in ways that somebody once did not see.
 */
export const wycheproof: Corpus = {
  name: "wycheproof",
  source: { package: "android-platform-external-boringssl", paths: [`${FOLDER}/*.json`] },
  oneOf: 8,
  cases: (folder) => {
    const root = join(folderWith(folder, `${FOLDER}/aes_gcm_test.json`), FOLDER);
    return readdirSync(root)
      .filter((name) => name.endsWith(".json"))
      .sort()
      .flatMap((name) => casesOf(root, name.slice(0, -".json".length)));
  },
};

function casesOf(root: string, name: string): VectorCase[] {
  const runner = RUNNERS.find(([pattern]) => pattern.test(name))?.[1];
  if (!runner) return [];
  const { testGroups } = JSON.parse(readText(root, `${name}.json`)) as VectorFile;
  return testGroups.flatMap((group) => {
    const run = runner(group);
    return run ? group.tests.filter(isOfUse).map((test) => caseOf(name, test, run)) : [];
  });
}

/** Keys are never derived beyond 255 digests (RFC 5869 section 2.3): the longest key of a content has 32 octets. */
function isOfUse({ flags }: Test): boolean {
  return !(flags as readonly string[]).includes("SizeTooLarge");
}

function caseOf(file: string, test: Test, run: Run): VectorCase {
  return {
    name: `${file} ${test.tcId}`,
    expected: test.result,
    actual: async () => {
      const found = await isAccepted(test, run);
      return test.result === "acceptable" ? `acceptable (${found})` : `${found} (${test.comment})`;
    },
  };
}

async function isAccepted(test: Test, run: Run): Promise<"valid" | "invalid"> {
  try {
    return (await run(test)) ? "valid" : "invalid";
  } catch (error) {
    if (error instanceof SmimeError) return "invalid";
    throw error;
  }
}
