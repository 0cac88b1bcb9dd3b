import { join } from "node:path";
import { ANY_POLICY } from "../../../../src/engine/x509/certificate-policies.ts";
import type { PolicyInputs } from "../../../../src/engine/x509/checks/policies.ts";
import type { Corpus, VectorCase } from "../corpus.ts";
import { filesBelow, folderWith, readBytes, readText } from "./files.ts";
import { judgePath } from "./paths.ts";

/** `{ "4.6.1", "Invalid Missing basicConstraints Test1 EE", {bad_cert, …}}` of the suite's source. */
const CASE = /\{\s*"(4\.[\d.]+)",\s*"([^"]+)",\s*(ok|\{bad_cert)/g;

/** `{"4.8.1.1", "All Certificates Same Policy Test1", "-policy anyPolicy …", …, 0}`: 0 is ok, others are X509 errors. */
const POLICY_CASE = /\{\s*"(4\.[\d.]+)",\s*"([^"]+)",\s*"([^"]*)",[^}]*?(\d+|ok)\s*\}/g;

/** A `-policy` that the suite gives: any, or one of NIST's test policies. */
const POLICY = /-policy (?:anyPolicy|\?NIST(\d))/g;
const TEST_POLICIES = "2.16.840.1.101.3.2.1.48";

/** Left out of the Erlang suite, which cannot follow a list whose issuer stands on that list; NIST has it as valid. */
const FURTHER: readonly (readonly [section: string, title: string])[] = [["4.14.30", "Valid cRLIssuer Test30 EE"]];

/** In the middle of the suite's validity, 2010 to 2030. */
const AT = new Date("2024-01-01T00:00:00Z");

/**
 * NIST's Public Key Interoperability Test Suite (PKITS 1.0.1), with the expectations that Erlang/OTP's public_key suite
 * holds for it. As NIST has it, each test has the whole repository of certificates and CRLs to find its path in, and
 * revocation is asked about in all of them.
 */
export const nistPkits: Corpus = {
  name: "nist-pkits",
  source: {
    package: "erlang",
    paths: ["lib/public_key/test/pkits_SUITE.erl", "lib/public_key/test/pkits_SUITE_data/*"],
  },
  cases: (folder) => {
    const root = folderWith(folder, "lib/public_key/test/pkits_SUITE.erl");
    const suite = readText(root, "lib/public_key/test/pkits_SUITE.erl").replaceAll(/^\s*%%.*$/gm, "");
    const pems = join(root, "lib/public_key/test/pkits_SUITE_data/pkits/smime-pem");
    const files = new Map(filesBelow(pems).map((path) => [path.slice(pems.length + 1), readBytes(path)]));
    const intermediates = [...files].filter(([name]) => name.endsWith("Cert.pem")).map(([, bytes]) => bytes);
    const anchor = files.get("TrustAnchorRootCertificate.pem");
    if (!anchor) throw new Error("PKITS has no trust anchor");

    const crls = filesBelow(join(root, "lib/public_key/test/pkits_SUITE_data/pkits/crls")).map((path) =>
      readBytes(path),
    );

    const cases: VectorCase[] = [];
    const add = (section: string, title: string, options: string, isValid: boolean): void => {
      const file = title.replaceAll(/[ -]/g, "");
      const leaf = files.get(`${file}.pem`) ?? files.get(`${file}EE.pem`);
      if (!leaf) return;
      cases.push({
        name: [section, title, options].join(" ").trim(),
        expected: isValid ? "trusted" : "untrusted",
        actual: () => judgePath({ leaf, anchors: [anchor], intermediates, at: AT, crls, policies: inputs(options) }),
      });
    };
    for (const [, section = "", title = "", result] of suite.matchAll(CASE)) {
      add(section, title, "", result === "ok");
    }
    for (const [, section = "", title = "", options = "", result] of suite.matchAll(POLICY_CASE)) {
      add(section, title, options, result === "0" || result === "ok");
    }
    for (const [section, title] of FURTHER) add(section, title, "", true);
    return cases;
  },
};

function inputs(options: string): PolicyInputs {
  const policies = [...options.matchAll(POLICY)].map(([, number]) => number && `${TEST_POLICIES}.${number}`);
  const isAny = policies.length === 0 || policies.includes(undefined);
  return {
    initialPolicies: new Set(isAny ? [ANY_POLICY] : policies.filter((policy) => policy !== undefined)),
    explicitPolicy: options.includes("-explicit_policy") ? "required" : "not-required",
    policyMapping: options.includes("-inhibit_map") ? "inhibited" : "allowed",
    anyPolicy: options.includes("-inhibit_any") ? "inhibited" : "allowed",
  };
}
