import { join } from "node:path";
import { readPemBlocks } from "../../../../src/engine/x509/pem.ts";
import type { Corpus, VectorCase } from "../corpus.ts";
import { folderWith, readBytes } from "./files.ts";
import { opensslSource } from "./openssl-source.ts";
import { contentWord, open, openedWords, type KeyPair } from "./messages.ts";
import { pkcs12Case } from "./pkcs12.ts";

/** OpenSSL's CMS and PKCS#12 data with the expectations of 80-test_cms.t, 80-test_pkcs12.t and 25-test_x509.t. */
export const opensslCms: Corpus = {
  name: "openssl-cms",
  source: opensslSource,
  cases: (folder) => {
    const root = join(folderWith(folder, "test/shibboleth.pfx"), "test");
    const data = (name: string) => readBytes(root, "recipes/80-test_cms_data", name);
    const both = (file: Uint8Array): KeyPair => ({ certificate: file, key: file });

    // "Incorrect attributes": each must not verify.
    const attributes = ["bad_signtime_attr.cms", "no_ct_attr.cms", "no_md_attr.cms", "ct_multiple_attr.cms"].map(
      (name): VectorCase => ({
        name: `incorrect attribute ${name}`,
        expected: "invalid",
        actual: async () => (await openedWords({ message: data(name) })).replace(/ .*?( \(|$)/, "$1"),
      }),
    );
    const malformed = [
      { name: "ecdh-malformed.der", key: readBytes(root, "recipes/80-test_cms_data/ecdh-key.pem"),
        certificate: data("ecdh-cert.pem") },
      { name: "rsa-malformed.der", ...both(readBytes(root, "smime-certs/smrsa1.pem")) },
    ].map(({ name, key, certificate }): VectorCase => ({
      name: `must not crash on ${name}`,
      expected: "refused",
      actual: async () => {
        const opened = await open({ message: data(name), keys: [{ key, certificate }] });
        return opened.content ? "opened" : "refused";
      },
    })); // prettier-ignore
    return [
      ...attributes,
      ...malformed,
      {
        name: "decrypt ciphertext_from_1_1_1.cms",
        expected: `decrypted ${contentWord(readBytes(root, "smcont.txt"))}`,
        actual: () =>
          openedWords({
            message: data("ciphertext_from_1_1_1.cms"),
            keys: [both(readBytes(root, "smime-certs/smec3.pem"))],
          }),
      },
      {
        // The suite's error is the policy's; the signature itself fits.
        name: "verify SignedInvalidMappingFromanyPolicyTest7.eml",
        expected: "valid",
        actual: () => signatureWord(readBytes(root, "smime-eml/SignedInvalidMappingFromanyPolicyTest7.eml")),
      },
      {
        name: "verify pkcs7-md4.pem",
        expected: "not valid",
        actual: () => signatureWord(readPemBlocks(data("pkcs7-md4.pem"))[0]!.der),
      },
      pkcs12Case("shibboleth.pfx", readBytes(root, "shibboleth.pfx"), "σύνθημα γνώρισμα"),
      pkcs12Case("v3-certs-RC2.p12", readBytes(root, "certs/v3-certs-RC2.p12"), "v3-certs"),
      pkcs12Case("v3-certs-TDES.p12", readBytes(root, "certs/v3-certs-TDES.p12"), "v3-certs"),
      pkcs12Case("test-BER.p12", readBytes(root, "recipes/90-test_store_cases_data/test-BER.p12"), "12345"),
      ...["bad1.p12", "bad2.p12", "bad3.p12"].map((name) =>
        pkcs12Case(name, readBytes(root, "recipes/80-test_pkcs12_data", name), "", "refused"),
      ),
      pkcs12Case(
        "garbage-pkcs12.p12",
        readBytes(root, "recipes/90-test_store_cases_data/garbage-pkcs12.p12"),
        "",
        "refused",
      ),
    ];
  },
};

async function signatureWord(message: Uint8Array): Promise<string> {
  const words = await openedWords({ message });
  return words.startsWith("valid") ? "valid" : `not valid (${words})`;
}
