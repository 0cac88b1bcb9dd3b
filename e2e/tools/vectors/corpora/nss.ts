import { join } from "node:path";
import type { Corpus, VectorCase } from "../corpus.ts";
import { filesBelow, folderWith, readBytes, readText } from "./files.ts";
import { contentWord, openedWords, pkcs12KeyPair } from "./messages.ts";
import { pkcs12Words } from "./pkcs12.ts";

/** smime.sh: the passphrase of Fran's keys, and what stands in the messages to her. */
const PASSPHRASE = "nss";
const TEXT = "This is a test message to Fran.\r\n";

/** `pk12util -i ${TOOLSDIR}/data/NAME … -W PASSPHRASE`, or `-w ${R_PWFILE}` for the passphrase of all NSS tests. */
const IMPORT =
  /(?<!echo ")\$\{BINDIR\}\/pk12util -[il] \$\{TOOLSDIR\}\/data\/(\S+) .*?(?:-W '?([^\s']*)'?|-w \$\{R_PWFILE\})/g;

/** The result that the suite wants follows the command. */
const RESULT = /html_msg \$ret (\d+) /;

/**
 * What NSS' test suite keeps of others and of its own past: messages in CMS that OpenSSL encrypted with OAEP and ECDH of
 * every kind, and PKCS#12 files, with the results that smime.sh and tools.sh want.
 */
export const nss: Corpus = {
  name: "nss",
  source: {
    package: "nss",
    suite: "trixie",
    paths: ["nss/tests/smime/*", "nss/tests/tools/*"],
  },
  onlyWhenNamed: true,
  cases: (folder) => {
    const root = join(folderWith(folder, "tests/smime/smime.sh"), "tests");
    return [...messagesToFran(join(root, "smime/interop-openssl")), ...pkcs12Files(join(root, "tools"))];
  },
};

function messagesToFran(folder: string): VectorCase[] {
  const keys = ["Fran.p12", "Fran-ec.p12"].map((name) => pkcs12KeyPair(join(folder, name), PASSPHRASE));
  return filesBelow(folder)
    .filter((path) => path.endsWith(".env"))
    .map((path) => ({
      name: path.slice(folder.length + 1),
      expected: `decrypted ${contentWord(new Uint8Array(Buffer.from(TEXT)))}`,
      actual: () => openedWords({ message: readBytes(path), keys }),
    }));
}

/** Where the suite wants an import to work there is a key to read; which errors it wants is NSS' matter. */
function pkcs12Files(folder: string): VectorCase[] {
  const script = readText(folder, "tools.sh");
  return [...script.matchAll(IMPORT)].map((match): VectorCase => {
    const [, name = "", passphrase = PASSPHRASE] = match;
    const wanted = RESULT.exec(script.slice(match.index))?.[1];
    return {
      name: `pkcs12 ${name}`,
      expected: wanted === "0" ? "read" : "refused",
      actual: async () => {
        const words = await pkcs12Words(readBytes(folder, name), passphrase);
        return words.startsWith("keys") ? `read (${words})` : words;
      },
    };
  });
}
