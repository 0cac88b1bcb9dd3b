import { basename, join } from "node:path";
import type { Corpus, VectorCase } from "../corpus.ts";
import { filesBelow, folderWith, readBytes, readText } from "./files.ts";
import { judgePath, type PathInput } from "./paths.ts";

/** What Botan says of a path that it trusts; warnings do not keep it from trusting. */
const TRUSTED = /^(Verified|Warning: .*)$/;

/** The older NIST suite, the BSI's and Botan's own, in Botan's data: a folder a case, `expected.txt` beside them. */
export const botanX509: Corpus = {
  name: "botan-x509",
  source: { package: "botan", paths: ["src/tests/data/x509/*"] },
  onlyWhenNamed: true,
  cases: (folder) => {
    const root = join(folderWith(folder, "src/tests/data/x509/nist/expected.txt"), "src/tests/data/x509");
    const nistRoot = readBytes(root, "nist/root.crt");
    return [
      ...suite(root, "nist", ":", "2018-04-01T09:30:33Z", (files) => {
        const end = files.find((path) => basename(path) === "end.crt");
        return { leaf: end, anchors: [nistRoot], intermediates: files.filter((path) => path !== end) };
      }),
      ...suite(root, "bsi", "$", "2017-08-19T12:00:00Z", (files) => {
        const leaf = files.find((path) => path.includes("TC"));
        const anchors = files.filter((path) => path.includes("TA"));
        const intermediates = files.filter((path) => path !== leaf && !anchors.includes(path));
        return { leaf, anchors: anchors.map((path) => readBytes(path)), intermediates };
      }),
      ...suite(root, "extended", ":", "2017-09-01T09:30:33Z", (files) => {
        const leaf = files.find((path) => basename(path) === "end.crt");
        const anchors = files.filter((path) => basename(path) === "root.crt");
        const intermediates = files.filter((path) => path !== leaf && !anchors.includes(path));
        return { leaf, anchors: anchors.map((path) => readBytes(path)), intermediates };
      }),
    ];
  },
};

interface Roles {
  readonly leaf: string | undefined;
  readonly anchors: readonly Uint8Array[];
  readonly intermediates: readonly string[];
}

function suite(
  root: string,
  name: string,
  separator: string,
  at: string,
  roles: (certificateFiles: readonly string[]) => Roles,
): VectorCase[] {
  const cases: VectorCase[] = [];
  for (const line of readText(root, name, "expected.txt").split("\n")) {
    const [test = "", result = ""] = line.split(separator, 2);
    if (test === "" || test.startsWith("#") || result === "") continue;
    const allFiles = filesBelow(join(root, name, test));
    const files = allFiles.filter((path) => path.endsWith(".crt"));
    const { leaf, anchors, intermediates } = roles(files);
    if (leaf === undefined) throw new Error(`${name} ${test} has no leaf`);
    // The BSI's readme: lists are asked where the name of the case has CRL in it.
    const lists = test.includes("CRL") ? allFiles.filter((path) => path.endsWith(".crl")) : null;
    const input: PathInput = {
      leaf: readBytes(leaf),
      anchors,
      intermediates: intermediates.map((path) => readBytes(path)),
      at: new Date(at),
      ...(lists && { crls: lists.map((path) => readBytes(path)) }),
    };
    cases.push({
      name: `${name} ${test}: ${result}`,
      expected: TRUSTED.test(result) ? "trusted" : "untrusted",
      actual: () => judgePath(input),
    });
  }
  return cases;
}
