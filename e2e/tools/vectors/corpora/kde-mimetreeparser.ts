import { basename } from "node:path";
import { readTlv } from "../../../../src/engine/asn1/tlv.ts";
import { matchesPublicKey } from "../../../../src/engine/primitives/private-key.ts";
import { SmimeError } from "../../../../src/engine/errors.ts";
import { importPrivateKey } from "../../../../src/engine/primitives/private-key.ts";
import { parseCertificate, type Certificate } from "../../../../src/engine/x509/certificate.ts";
import { readPrivateKey } from "../../../../src/engine/x509/private-key-file.ts";
import type { Corpus, VectorCase } from "../corpus.ts";
import { filesBelow, readBytes } from "./files.ts";
import { gpgKeyToPkcs1 } from "./gpg-key.ts";
import { innermost, layerReasons, layerWords, open, type KeyPair } from "./messages.ts";

/**
 * What the trees beside the mails (`*.mbox.tree`) and the tests (basicobjecttreeparsertest.cpp, gpgsm with the keys of
 * messagecore's gnupg_home) say: the layers, and words of the text.
 */
const EXPECTED: Readonly<Record<string, { readonly layers: string; readonly text?: string }>> = {
  "smime-encrypted.mbox": { layers: "decrypted", text: "The quick brown fox jumped over the lazy dog." },
  "smime-encrypted-octet-stream.mbox": { layers: "decrypted" },
  "smime-opaque-sign.mbox": { layers: "valid", text: "A simple signed only test." },
  "smime-opaque-enc+sign.mbox": { layers: "decrypted, valid", text: "Encrypted and signed mail." },
  "smime-signed-encrypted.mbox": { layers: "decrypted, valid" },
  "smime-opaque-signed-encrypted-attachment.mbox": { layers: "decrypted, valid" },
};

/** KDE's MIME tree parser: mails of KMail, with the keys of its test home. */
export const kdeMimetreeparser: Corpus = {
  name: "kde-mimetreeparser",
  source: {
    package: "kf5-messagelib",
    paths: ["mimetreeparser/autotests/data/smime*", "messagecore/autotests/gnupg_home/*"],
  },
  cases: (folder) => {
    const files = filesBelow(folder);
    const mails = files.filter((path) => /\/smime[^/]*\.mbox$/.test(path));
    const keyring = files.find((path) => path.endsWith("/pubring.kbx"));
    if (mails.length === 0 || keyring === undefined) throw new Error("no mails or no keyring");
    const certificates = certificatesInside(readBytes(keyring));
    const keys = files
      .filter((path) => path.endsWith(".key"))
      .map((path) => gpgKeyToPkcs1(readBytes(path)))
      .filter((key) => key !== null);
    return mails
      .filter((path) => Object.hasOwn(EXPECTED, basename(path)))
      .map((path) => mailCase(basename(path), readBytes(path), keys, certificates));
  },
};

function mailCase(
  name: string,
  message: Uint8Array,
  keys: readonly Uint8Array[],
  certificates: readonly Certificate[],
): VectorCase {
  const { layers, text } = EXPECTED[name]!;
  return {
    name,
    expected: `${layers}${text === undefined ? "" : `, "${text}"`}`,
    actual: async () => {
      const pairs = await keyPairs(keys, certificates);
      const opened = await open({ message, keys: pairs, certificates: certificates.map(({ der }) => der) });
      const content = Buffer.from(innermost(opened) ?? []).toString("latin1");
      const found = text !== undefined && content.includes(text) ? `, "${text}"` : "";
      return `${layerWords(opened)}${found}${layerReasons(opened)}`;
    },
  };
}

async function keyPairs(keys: readonly Uint8Array[], certificates: readonly Certificate[]): Promise<KeyPair[]> {
  const pairs: KeyPair[] = [];
  for (const key of keys) {
    const privateKey = await importPrivateKey(readPrivateKey(key));
    const certificate = certificates.find(({ spki }) => matchesPublicKey(privateKey, spki));
    if (certificate) pairs.push({ certificate: certificate.der, key });
  }
  return pairs;
}

/** A keybox is a list of blobs with certificates in them; each begins as a SEQUENCE of more than 255 octets. */
function certificatesInside(keybox: Uint8Array): Certificate[] {
  const found: Certificate[] = [];
  for (let offset = 0; offset + 4 < keybox.length; offset++) {
    if (keybox[offset] !== 0x30 || keybox[offset + 1] !== 0x82) continue;
    try {
      found.push(parseCertificate(readTlv(keybox, offset, "der").bytes));
    } catch (error) {
      if (!(error instanceof SmimeError)) throw error;
    }
  }
  return found;
}
