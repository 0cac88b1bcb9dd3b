import type { DebianSource } from "../corpus.ts";

/** OpenSSL's tests, for both corpora that use them. */
export const opensslSource: DebianSource = {
  package: "openssl",
  paths: [
    "test/certs/*",
    "test/recipes/25-test_verify.t",
    "test/recipes/80-test_cms_data/*",
    "test/recipes/80-test_pkcs12_data/*",
    "test/recipes/90-test_store_cases_data/*",
    "test/smime-certs/*",
    "test/smime-eml/*",
    "test/shibboleth.pfx",
    "test/smcont.txt",
  ],
};
