import { readCertificates } from "../../../../src/engine/x509/containers.ts";
import type { Corpus, VectorCase } from "../corpus.ts";
import { folderWith, readBytes } from "./files.ts";
import { openedWords, openssl, opensslVerify, contentWord, type OpenInput } from "./messages.ts";
import { pkcs12Case } from "./pkcs12.ts";

const REDHAT = "Red Hat Enterprise Linux 7.4";

/** pkcs12.sh, pkcs12-utf8.sh, pkcs12-corner-cases.sh: files and passphrases; a third value where OpenSSL cannot say. */
const PKCS12: readonly (readonly [file: string, passphrase: string, expected?: string])[] = [
  ["aes-128.p12", REDHAT],
  ["pbes1-no-salt.p12", REDHAT],
  ["no-salt.p12", REDHAT],
  ["mac-sha512.p12", REDHAT],
  ["cert-with-crl.p12", "password"],
  ["client.p12", "foobar"],
  ["openssl.p12", "CaudFocwijRupogDoicsApfiHadManUgNa"],
  ["noclient.p12", ""],
  ["unclient.p12", ""],
  ["pkcs12_2certs.p12", ""],
  ["test-null.p12", ""],
  ["sha256.p12", "1234"],
  ["key-utf8-1.p12", "ένα-δύο"],
  ["key-utf8-2.p12", "ένα_δύο_τρία_τέσσερα"],
  ["key-corpus-rc2-1.p12", REDHAT],
  ["key-corpus-rc2-2.p12", REDHAT],
  ["key-corpus-rc2-3.p12", REDHAT],
  ["mem-leak.p12", "1234", "refused"],
];

/** pkcs7.sh: what is listed (the `.out` files beside them), and what verifies. */
const P7B = { "single-ca.p7b": 1, "full.p7b": 2, "openssl.p7b": 2, "openssl-keyid.p7b": 2 };
const SIGNED = ["full.p7b", "openssl.p7b", "openssl-keyid.p7b", "rfc4134-4.5.p7b", "detached.p7b", "pkcs7.smime"];

/** GnuTLS' certtool tests: PKCS#12 of many makers, P7B, signatures. */
export const gnutls: Corpus = {
  name: "gnutls",
  source: { package: "gnutls28", paths: ["tests/cert-tests/data/*", "doc/credentials/x509/*.pem"] },
  cases: (folder) => {
    const root = folderWith(folder, "tests/cert-tests/data/full.p7b");
    const data = (name: string) => readBytes(root, "tests/cert-tests/data", name);
    const certificates = ["ca.pem", "cert-rsa.pem"].map((name) => readBytes(root, "doc/credentials/x509", name));

    const listed = Object.entries(P7B).map(([name, count]): VectorCase => ({
      name: `list ${name}`,
      expected: `certificates ${String(count)}`,
      actual: () => `certificates ${String(readCertificates(data(name)).length)}`,
    }));
    const signed = SIGNED.map((name): VectorCase => {
      const detachedContent = name === "detached.p7b" ? data("pkcs7-detached.txt") : undefined;
      const input: OpenInput = { message: data(name), certificates, ...(detachedContent && { detachedContent }) };
      const isMail = name.endsWith(".smime");
      const content = isMail
        ? openssl(["cms", "-verify", "-noverify", "-in", "in"], { in: data(name) })
        : opensslVerify(data(name), detachedContent);
      // OpenSSL needs the signer's certificate in the file; the suite says "verifies" of all of these.
      return {
        name: `verify ${name}`,
        expected: content ? `valid ${contentWord(content)}` : "valid",
        actual: async () => {
          const words = await openedWords(input);
          return content ? words : (words.split(" ")[0] ?? "");
        },
      };
    });
    const altered = ["full.p7b", "openssl.p7b"].map((name): VectorCase => ({
      name: `verify ${name} with detached content of another file`,
      expected: "not valid",
      actual: async () => {
        const words = await openedWords({ message: data("detached.p7b"), certificates, detachedContent: data(name) });
        return words.startsWith("valid") ? "valid" : `not valid (${words})`;
      },
    }));
    return [
      ...listed,
      ...signed,
      ...altered,
      ...PKCS12.map(([name, ...rest]) => pkcs12Case(name, data(name), ...rest)),
    ];
  },
};
