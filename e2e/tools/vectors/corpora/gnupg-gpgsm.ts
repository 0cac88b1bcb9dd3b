import { readPemBlocks } from "../../../../src/engine/x509/pem.ts";
import type { Corpus, VectorCase } from "../corpus.ts";
import { folderWith, readBytes, readText } from "./files.ts";
import { gpgKeyToPkcs1 } from "./gpg-key.ts";
import { contentWord, openedWords, opensslDecrypt, type KeyPair } from "./messages.ts";

const ENCRYPTED = ["plain-1", "plain-2", "plain-3", "plain-large"];

/** tests/sm-verify: which are good, and the content of those that have one. */
const OPAQUE = [
  { file: "text-1.osig.pem", isGood: true, text: "text-1.txt" },
  { file: "text-1.osig-bad.pem", isGood: false, text: null },
  { file: "text-2.osig.pem", isGood: true, text: null },
  { file: "text-2.osig-bad.pem", isGood: false, text: null },
];

/** GnuPG's own messages for gpgsm: BER in indefinite lengths, T61 names, an issuer that is only named. */
export const gnupgGpgsm: Corpus = {
  name: "gnupg-gpgsm",
  source: { package: "gnupg2", paths: ["tests/gpgsm/*", "tests/text-*", "tests/sm-verify", "tests/samplekeys/*"] },
  cases: (folder) => {
    const root = folderWith(folder, "tests/gpgsm/verify.scm") + "/tests";
    const certificate = readBytes(root, "gpgsm/cert_g10code_test1.der");
    const key = gpgKeyToPkcs1(readBytes(root, "gpgsm/32100C27173EF6E9C4E9A25D3D69F86D37A4F939"));
    if (!key) throw new Error("the key cannot be read");
    const pair: KeyPair = { certificate, key };
    const cms = (...path: string[]) => readPemBlocks(readBytes(root, ...path))[0]!.der;

    const encrypted = ENCRYPTED.map((name): VectorCase => {
      const message = cms("gpgsm", `${name}.cms.asc`);
      const plain = opensslDecrypt(message, pair);
      return {
        name: `decrypt ${name}`,
        expected: plain ? `decrypted ${contentWord(plain)}` : "OpenSSL cannot decrypt",
        actual: () => openedWords({ message, keys: [pair] }),
      };
    });
    const opaque = OPAQUE.map(({ file, isGood, text }): VectorCase => {
      const message = cms(file);
      return {
        name: `verify ${file}`,
        expected: isGood ? `valid${text ? ` ${contentWord(readBytes(root, text))}` : ""}` : "invalid",
        actual: async () => {
          const words = await openedWords({ message, certificates: [certificate] });
          return text ? words : (words.split(" ")[0] ?? "");
        },
      };
    });
    // verify.scm holds one detached signature in its source, with a text that fits and one that does not.
    const [signature] = readPemBlocks(readText(root, "gpgsm/verify.scm"));
    const texts = { "Hallo Leute!\n": "valid", "Hallo Leute?\n": "invalid" };
    const detached = Object.entries(texts).map(([content, expected]): VectorCase => ({
      name: `verify.scm ${JSON.stringify(content)}`,
      expected,
      actual: async () => {
        const detachedContent = new Uint8Array(Buffer.from(content));
        const words = await openedWords({ message: signature!.der, certificates: [certificate], detachedContent });
        return words.split(" ")[0] ?? "";
      },
    }));
    return [...encrypted, ...opaque, ...detached];
  },
};
