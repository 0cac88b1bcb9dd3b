import { existsSync } from "node:fs";
import { join } from "node:path";
import { openMessage } from "../../../../src/engine/smime/open.ts";
import { readCertificates } from "../../../../src/engine/x509/containers.ts";
import { trustAnchor } from "../../../../src/engine/x509/trust-anchor.ts";
import type { Corpus, VectorCase } from "../corpus.ts";
import { filesBelow, folderWith, readBytes } from "./files.ts";
import { identity, layerReasons, layerWords, openssl, pkcs12KeyPair } from "./messages.ts";

/** README.md and smimeUtils.jsm: the passphrase of all PKCS#12 files. */
const PASSPHRASE = "nss";
const DAY_MS = 24 * 3600 * 1000;

/**
 * Thunderbird's S/MIME test data (comm/mailnews/test/data/smime), made by NSS' test suite. The names of the files say
 * what is in them, from the inside out: env (encrypted), sig (opaque), dsig (detached), bad (text altered), mismatch
 * (detached, with a content of its own). Thunderbird's source package is over 500 MB, so the folder has to be at hand.
 */
export const thunderbirdSmime: Corpus = {
  name: "thunderbird-smime",
  source: null,
  cases: (folder) => {
    const root = folderWith(folder, "TestCA.pem");
    const keys = ["Alice", "Bob", "Dave"]
      .map((name) => join(root, `${name}.p12`))
      .filter((path) => existsSync(path))
      .map((path) => pkcs12KeyPair(path, PASSPHRASE));
    const anchors = readCertificates(readBytes(root, "TestCA.pem")).map((certificate) => trustAnchor(certificate));
    const [leaf] = keys.flatMap(({ certificate }) => readCertificates(certificate));
    if (!leaf) throw new Error("no certificates");
    const at = new Date(leaf.notAfter.getTime() - DAY_MS);
    return filesBelow(root)
      .filter((path) => /\/alice\.[^/]*\.eml$/.test(path))
      .map((path): VectorCase => {
        const name = path.slice(root.length + 1);
        const layers = layersOf(name, path);
        return {
          name,
          expected: `${layers.join(", ")}; ${isGood(name, layers) ? "good" : "not good"}`,
          actual: async () => {
            const identities = await Promise.all(keys.map(identity));
            const opened = await openMessage(readBytes(path), { identities, anchors, intermediates: [], at });
            const counts = opened.verdict.signature.startsWith("valid");
            return `${layerWords(opened)}; ${counts ? "good" : "not good"} (${opened.verdict.signature}${layerReasons(opened)})`;
          },
        };
      });
  },
};

/**
 * Layers from the outside in. Some of the detached signatures over encrypted content do not fit what they stand beside,
 * in all programs: whether the outermost fits is OpenSSL's answer.
 */
function layersOf(name: string, path: string): readonly string[] {
  const layers: string[] = [];
  for (const word of name.split(".")) {
    if (word === "env") layers.unshift("decrypted");
    if (word === "sig" || word === "dsig") layers.unshift("valid");
    if (word === "mismatch-econtent") layers[0] = "invalid";
  }
  if (layers[0] === "valid") {
    const isValid = openssl(["cms", "-verify", "-noverify", "-in", "in"], { in: readBytes(path) }) !== null;
    if (!isValid) layers[0] = "invalid";
  }
  return layers;
}

/**
 * `sig_good` of test_smime_decrypt.js: Thunderbird calls a signature good where it is the only one, nothing inside it is
 * encrypted, and its digest is not SHA-1.
 */
function isGood(name: string, layers: readonly string[]): boolean {
  const signatures = layers.filter((layer) => layer !== "decrypted");
  const signsCiphertext = layers.lastIndexOf("decrypted") > layers.indexOf("valid");
  return signatures.length === 1 && signatures[0] === "valid" && !signsCiphertext && !name.includes(".SHA1.");
}
