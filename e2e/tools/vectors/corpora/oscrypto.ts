import { createHash } from "node:crypto";
import { importPkcs12 } from "../../../../src/engine/pkcs12/import.ts";
import { readCertificates } from "../../../../src/engine/x509/containers.ts";
import { readPrivateKey } from "../../../../src/engine/x509/private-key-file.ts";
import type { Corpus, VectorCase } from "../corpus.ts";
import { folderWith, readBytes } from "./files.ts";

/** test_keys.py: PKCS#12 files with the key and the certificates that must come out, octet by octet. */
const FILES = [
  { file: "test-aes128.p12", passphrase: "password123", key: "test-pkcs8-der.key", certificates: ["test-der.crt"] },
  { file: "test-aes256.p12", passphrase: "password123", key: "test-pkcs8-der.key", certificates: ["test-der.crt"] },
  { file: "test-rc2.p12", passphrase: "password123", key: "test-pkcs8-der.key", certificates: ["test-der.crt"] },
  { file: "test-tripledes-blank.p12", passphrase: "", key: "test-pkcs8-der.key", certificates: ["test-der.crt"] },
  { file: "test-tripledes.p12", passphrase: "password123", key: "test-pkcs8-der.key", certificates: ["test-der.crt"] },
  {
    file: "test-dsa.p12",
    passphrase: "password123",
    key: "test-pkcs8-dsa-der.key",
    certificates: ["test-dsa-der.crt"],
  },
  {
    file: "test-third.p12",
    passphrase: "password123",
    key: "test-third-der.key",
    certificates: ["test-third-der.crt", "test-inter-der.crt", "test-der.crt"],
  },
];

/** Keys in PEM and DER forms that are one and the same key. */
const KEY_FORMS = ["test.key", "test-der.key", "test-pkcs8.key", "test-pkcs8-der.key"];
const ENCRYPTED_KEYS = ["test-aes128.key", "test-tripledes.key", "test-pkcs8-aes128-der.key", "test-pkcs8-aes256.key"];

/** Python's oscrypto: PKCS#12 and key files. */
export const oscrypto: Corpus = {
  name: "oscrypto",
  source: { package: "oscrypto", paths: ["tests/fixtures/*"] },
  cases: (folder) => {
    const root = folderWith(folder, "tests/fixtures/keys/test-aes128.p12") + "/tests/fixtures/keys";
    const same = readBytes(root, "test-pkcs8-der.key");
    return [
      ...FILES.flatMap(({ file, passphrase, key, certificates }): VectorCase[] => [
        {
          name: `pkcs12 ${file}`,
          expected: words(
            [readPrivateKey(readBytes(root, key))],
            certificates.map((name) => readBytes(root, name)),
          ),
          actual: async () => {
            const found = await importPkcs12(readBytes(root, file), passphrase);
            return words(
              found.keys.map(({ pkcs8 }) => pkcs8),
              found.certificates.map(({ der }) => der),
            );
          },
        },
        {
          name: `pkcs12 ${file} with a wrong passphrase`,
          expected: "error pkcs12.wrong-passphrase",
          actual: async () => {
            await importPkcs12(readBytes(root, file), "wrong");
            return "opened";
          },
        },
      ]),
      ...KEY_FORMS.map((name): VectorCase => ({
        name: `key ${name}`,
        expected: words([same], []),
        actual: () => words([readPrivateKey(readBytes(root, name))], []),
      })),
      ...ENCRYPTED_KEYS.map((name): VectorCase => ({
        name: `key ${name}, which is encrypted`,
        expected: "error unsupported.key",
        actual: () => words([readPrivateKey(readBytes(root, name))], []),
      })),
      ...["test.crt", "test-der.crt"].map((name): VectorCase => ({
        name: `certificate ${name}`,
        expected: words([], [readBytes(root, "test-der.crt")]),
        actual: () =>
          words(
            [],
            readCertificates(readBytes(root, name)).map(({ der }) => der),
          ),
      })),
    ];
  },
};

/** Hashes of keys and certificates, the latter in any order. */
function words(keys: readonly Uint8Array[], certificates: readonly Uint8Array[]): string {
  return `keys ${keys.map(hash).join(" ")}; certificates ${certificates.map(hash).sort().join(" ")}`;
}

function hash(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 8);
}
