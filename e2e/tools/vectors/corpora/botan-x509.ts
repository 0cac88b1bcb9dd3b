import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { readPemBlocks } from "../../../../src/engine/x509/pem.ts";
import type { Corpus, VectorCase } from "../corpus.ts";
import { filesBelow, folderWith, readBytes, readText } from "./files.ts";
import { judgePath, type PathInput } from "./paths.ts";

/** What Botan says of a path that it trusts; warnings do not keep it from trusting. */
const TRUSTED = /^(Verified|Warning: .*)$/;

/**
 * The older NIST suite, the BSI's and Botan's own, in Botan's data: a folder or a file a case, `expected.txt` beside
 * them. Botan 2 has not all of them.
 */
export const botanX509: Corpus = {
  name: "botan-x509",
  source: { package: "botan3", suite: "sid", paths: ["src/tests/data/x509/*"] },
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
      ...pssCertificates(root),
      ...nameConstraints(root),
      ...pathBuilding(root),
    ];
  },
};

/** A chain in one PEM file for each case, leaf first. */
function nameConstraints(root: string): VectorCase[] {
  const folder = join(root, "name_constraints");
  return expectations(folder, ":").map(([test, result]) => {
    const [leaf, ...intermediates] = readPemBlocks(readBytes(folder, `${test}.pem`)).map(({ der }) => der);
    if (!leaf) throw new Error(`${test} has no leaf`);
    const anchors = [readBytes(folder, "root.pem")];
    return pathCase(`name_constraints ${test}`, result, {
      leaf,
      anchors,
      intermediates,
      at: new Date("2027-01-01T00:00:00Z"),
    });
  });
}

/** Leaves below a pool of intermediate certificates. */
function pathBuilding(root: string): VectorCase[] {
  const folder = join(root, "path_building");
  return expectations(folder, ":").map(([test, result]) =>
    pathCase(`path_building ${test}`, result, {
      leaf: readBytes(folder, test),
      anchors: [readBytes(folder, "root.pem")],
      intermediates: filesBelow(folder)
        .filter((path) => /level[12]_/.test(path))
        .map((path) => readBytes(path)),
      at: new Date("2026-04-01T04:20:00Z"),
    }),
  );
}

/** Those with a root; the others are certificate requests, and certificates whose own signature is asked about. */
function pssCertificates(root: string): VectorCase[] {
  const folder = join(root, "pss_certs");
  const years = new Map(readExpectations(folder, "validation_times.txt", ":"));
  return expectations(folder, ":").flatMap(([test, result]) => {
    const files = filesBelow(join(folder, test));
    const [leaf, anchor] = ["end.crt", "root.crt"].map((name) => files.find((path) => basename(path) === name));
    if (leaf === undefined || anchor === undefined) return [];
    const lists = files.filter((path) => path.endsWith(".crl"));
    return pathCase(`pss_certs ${test}`, result, {
      leaf: readBytes(leaf),
      anchors: [readBytes(anchor)],
      intermediates: [],
      at: new Date(`${years.get(test) ?? ""}-01-01T00:00:00Z`),
      ...(lists.length > 0 && { crls: lists.map((path) => readBytes(path)) }),
    });
  });
}

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
  return expectations(join(root, name), separator).map(([test, result]) => {
    const allFiles = filesBelow(join(root, name, test));
    const files = allFiles.filter((path) => path.endsWith(".crt"));
    const { leaf, anchors, intermediates } = roles(files);
    if (leaf === undefined) throw new Error(`${name} ${test} has no leaf`);
    // The BSI's readme: lists are asked where the name of the case has CRL in it.
    const lists = test.includes("CRL") ? allFiles.filter((path) => path.endsWith(".crl")) : null;
    return pathCase(`${name} ${test}`, result, {
      leaf: readBytes(leaf),
      anchors,
      intermediates: intermediates.map((path) => readBytes(path)),
      at: new Date(at),
      ...(lists && { crls: lists.map((path) => readBytes(path)) }),
    });
  });
}

function pathCase(name: string, result: string, input: PathInput): VectorCase {
  return {
    name: `${name}: ${result}`,
    expected: TRUSTED.test(result) ? "trusted" : "untrusted",
    actual: () => judgePath(input),
  };
}

/** Case and result; none where this version of Botan does not have the suite. */
function expectations(folder: string, separator: string): [test: string, result: string][] {
  return existsSync(folder) ? readExpectations(folder, "expected.txt", separator) : [];
}

function readExpectations(folder: string, file: string, separator: string): [test: string, result: string][] {
  return readText(folder, file)
    .split("\n")
    .flatMap((line): [string, string][] => {
      const [test = "", result = ""] = line.split(separator, 2);
      return test === "" || test.startsWith("#") || result === "" ? [] : [[test, result]];
    });
}
