import { join } from "node:path";
import type { Corpus, VectorCase } from "../corpus.ts";
import { folderWith, readBytes, readText } from "./files.ts";
import { opensslSource } from "./openssl-source.ts";
import { judgePath } from "./paths.ts";

/** `ok(!verify("leaf", "purpose", ["root"], [qw(ca ca2)], options…), "title");` of 25-test_verify.t. */
const CASE =
  /^\s*ok\((!?)verify\("([^"]+)",\s*"([^"]*)",\s*\[([^\]]*)\],\s*\[([^\]]*)\]\s*(?:,\s*([^)]*))?\)\s*,\s*"([^"]+)"/gm;

/** OpenSSL's own trust settings (`TRUSTED CERTIFICATE`) and TLS purposes are no part of this engine. */
const OTHER_RULES = /serverAuth|clientAuth|anyEKU|proxy|server-|ct-|fake-gp|policies|purpose/;

/** As test certificates of 2016 and later are valid for a hundred years. */
const AT = new Date("2026-01-01T00:00:00Z");

/** OpenSSL's path tests without options: basic constraints, name constraints, names, keys, weak signatures. */
export const opensslVerify: Corpus = {
  name: "openssl-verify",
  source: opensslSource,
  cases: (folder) => {
    const root = folderWith(folder, "test/recipes/25-test_verify.t");
    const file = (name: string) => readBytes(join(root, "test/certs", `${name}.pem`));
    const cases: VectorCase[] = [];
    const suite = readText(root, "test/recipes/25-test_verify.t");
    for (const [, not, leaf = "", purpose, roots = "", others = "", options = "", title = ""] of suite.matchAll(CASE)) {
      const anchors = names(roots);
      const intermediates = names(others);
      if (options.trim() !== "" || OTHER_RULES.test([leaf, ...anchors, ...intermediates, title].join(" "))) continue;
      if (purpose !== "" && purpose !== "sslserver") continue;
      const used = [leaf, anchors.join("+"), intermediates.join("+")].filter(Boolean).join(" < ");
      cases.push({
        name: `${title} [${used}]`,
        expected: not === "!" ? "untrusted" : "trusted",
        actual: () =>
          judgePath({ leaf: file(leaf), anchors: anchors.map(file), intermediates: intermediates.map(file), at: AT }),
      });
    }
    return cases;
  },
};

/** `"a", "b"` or `qw(a b)` */
function names(list: string): string[] {
  return list
    .replaceAll(/qw\(|[)"]/g, " ")
    .split(/[\s,]+/)
    .filter(Boolean);
}
