import type { Corpus, VectorCase } from "../corpus.ts";
import { readPemBlocks } from "../../../../src/engine/x509/pem.ts";
import { folderWith, readBytes } from "./files.ts";
import { contentWord, openedWords, type KeyPair, type OpenInput } from "./messages.ts";
import { pkcs12Words } from "./pkcs12.ts";

/** Tests.hs: the message of all CMS files, and the passphrase of all PKCS#12 files. */
const MESSAGE = new Uint8Array(Buffer.from("hello, world\r\n"));
const PASSPHRASE = "dontchangeme";

const SIGNERS = ["RSA", "DSA", "EC (named curve)", "EC (explicit prime curve)", "RSA-PSS"];
const KEY_LENGTH_CIPHERS = ["3DES", "AES128", "AES192", "AES256", "CAST5", "Camellia128", "RC2-128"];
const CIPHERS = [...KEY_LENGTH_CIPHERS, "AES128_ECB", "AES192_ECB", "AES256_ECB", "Camellia128_ECB"];
const KEY_TRANSPORT = ["RSAES-PKCS1", "RSAES-OAEP"];
const KDF_DIGESTS = ["SHA1", "SHA224", "SHA256", "SHA384", "SHA512"];
const PKCS12_PRIVACY = ["aes-128-cbc", "PBE-SHA1-RC2-128", "PBE-SHA1-RC2-40"];
const PKCS12_FILES = [
  "without integrity",
  ...["SHA-1", "SHA-256", "SHA-384"].map((name) => `integrity with ${name}`),
  ...["certificate", "private-key"].flatMap((kind) => [
    `without ${kind} privacy`,
    ...PKCS12_PRIVACY.map((name) => `${kind} privacy with ${name}`),
  ]),
];

/** Haskell's cryptostore: CMS and PKCS#12 that OpenSSL and Bouncy Castle made, one object for each algorithm. */
export const haskellCryptostore: Corpus = {
  name: "haskell-cryptostore",
  source: { package: "haskell-cryptostore", paths: ["tests/files/*"] },
  cases: (folder) => {
    const root = folderWith(folder, "tests/files/cms-signed-data.pem") + "/tests/files";
    const blocks = (name: string) => readPemBlocks(readBytes(root, name)).map(({ der }) => der);
    const pair = (name: string): KeyPair => ({
      certificate: readBytes(root, `${name}-self-signed-cert.pem`),
      key: readBytes(root, `${name}-unencrypted-pkcs8.pem`),
    });
    const certificates = ["rsa", "dsa", "ecdsa-p256", "ecdsa-epc"].map((name) =>
      readBytes(root, `${name}-self-signed-cert.pem`),
    );

    const cmsCases = (
      file: string,
      names: readonly string[],
      layer: string,
      input: (message: Uint8Array) => OpenInput,
    ): VectorCase[] => {
      const messages = blocks(`${file}.pem`);
      if (messages.length !== names.length) throw new Error(`${file} has ${String(messages.length)} messages`);
      return names.map((name, i) => ({
        name: `${file} ${name}`,
        expected: `${layer} ${contentWord(MESSAGE)}`,
        actual: () => openedWords(input(messages[i]!)),
      }));
    };
    const pairs = (first: readonly string[], second: readonly string[]) =>
      first.flatMap((a) => second.map((b) => `${a} with ${b}`));

    return [
      ...cmsCases("cms-signed-data", SIGNERS, "valid", (message) => ({ message, certificates })),
      ...cmsCases("cms-signed-data-detached", SIGNERS, "valid", (message) => ({
        message,
        certificates,
        detachedContent: MESSAGE,
      })),
      ...cmsCases("cms-enveloped-ktri-data", pairs(CIPHERS, KEY_TRANSPORT), "decrypted", (message) => ({
        message,
        keys: [pair("rsa")],
      })),
      ...cmsCases("cms-enveloped-kari-data", pairs(CIPHERS, KDF_DIGESTS), "decrypted", (message) => ({
        message,
        keys: [pair("ecdsa-p256")],
      })),
      ...["rsa", "ed25519"].flatMap((kind) =>
        blocks(`${kind}-pkcs12.pem`).map((file, i): VectorCase => ({
          name: `${kind}-pkcs12 ${PKCS12_FILES[i]!}`,
          expected: "keys 1, certificates 1",
          actual: () => pkcs12Words(file, PASSPHRASE),
        })),
      ),
    ];
  },
};
