import { beforeAll, describe, expect, it } from "vitest";
import { lines, signet } from "./cli/signet.ts";
import { openssl, write } from "./openssl.ts";
import { makePki } from "./pki.ts";

/** p256 is good, p384 was replaced, p521's key was lost after the complete list; nobody knows rsa2048 but the CA. */
const PEOPLE = ["p256", "p384", "p521", "rsa2048"] as const;
type Person = (typeof PEOPLE)[number];

const CONFIG = `
[ca]
default_ca = practice
[practice]
database = index.txt
crlnumber = crlnumber
default_md = sha256
default_crl_days = 30
[complete]
authorityKeyIdentifier = keyid
[delta]
authorityKeyIdentifier = keyid
2.5.29.27 = critical,DER:02:01:01
[responder]
basicConstraints = CA:FALSE
keyUsage = digitalSignature
extendedKeyUsage = OCSPSigning
`;

/** A line of OpenSSL's database of certificates. */
function entry(person: Person, revoked: string | null): string {
  const serial = openssl("x509", "-in", `${person}.pem`, "-noout", "-serial").toString().trim().replace("serial=", "");
  return [revoked === null ? "V" : "R", "401231235959Z", revoked ?? "", serial, "unknown", `/CN=${person}`].join("\t");
}

function database(...entries: readonly string[]): void {
  write("index.txt", entries.map((text) => `${text}\n`).join(""));
}

function gencrl(section: "complete" | "delta", out: string): void {
  const keys = ["-keyfile", "ca.key", "-cert", "ca.pem"];
  openssl("ca", "-gencrl", "-config", "ca.cnf", "-crlexts", section, ...keys, "-out", out);
}

/** OpenSSL's answer on one certificate, signed by somebody. */
function respond(person: Person, signer: string, out: string, ...options: readonly string[]): void {
  openssl("ocsp", "-issuer", "ca.pem", "-cert", `${person}.pem`, "-reqout", "request.der", ...options);
  const by = ["-rsigner", `${signer}.pem`, "-rkey", `${signer}.key`];
  openssl(
    "ocsp",
    "-index",
    "index.txt",
    "-CA",
    "ca.pem",
    ...by,
    "-ndays",
    "7",
    "-reqin",
    "request.der",
    "-respout",
    out,
  );
}

beforeAll(() => {
  makePki(PEOPLE);
  write("ca.cnf", CONFIG);
  write("crlnumber", "01\n");
  const replaced = entry("p384", "260101120000Z,superseded");
  database(entry("p256", null), replaced);
  gencrl("complete", "complete.crl");
  database(entry("p521", "260201120000Z,keyCompromise"));
  gencrl("delta", "delta.crl");
  database(entry("p256", null), replaced, entry("p521", "260201120000Z,keyCompromise"));
  openssl("req", "-nodes", "-newkey", "rsa:2048", "-keyout", "ocsp.key", "-out", "ocsp.csr", "-subj", "/CN=Responder");
  const extensions = ["-extfile", "ca.cnf", "-extensions", "responder", "-days", "3650"];
  openssl("x509", "-req", "-in", "ocsp.csr", "-CA", "ca.pem", "-CAkey", "ca.key", ...extensions, "-out", "ocsp.pem");
});

/** What signet path says of each one's revocation, and why. */
function judged(people: readonly Person[], ...evidence: readonly string[]): string[] {
  const leaves = people.map((person) => `${person}.pem`);
  const run = signet(["path", "--trust", "ca.pem", "--revocation", "soft", ...evidence, ...leaves]);
  return lines(run).map(({ revocation, revocationReason }) =>
    [revocation, revocationReason].filter((word) => typeof word === "string").join(": "),
  );
}

describe("signet path with OpenSSL's lists", () => {
  it("says whether a complete list revokes, and why", () => {
    expect(judged(["p256", "p384", "p521"], "--crl", "complete.crl")).toEqual(["good", "revoked: superseded", "good"]);
  });

  it("continues the complete list by a delta, which says nothing alone", () => {
    expect(judged(["p256", "p384", "p521"], "--crl", "complete.crl", "--crl", "delta.crl")).toEqual([
      "good",
      "revoked: superseded",
      "revoked: keyCompromise",
    ]);
    expect(judged(["p256"], "--crl", "delta.crl")).toEqual(["unknown: complete-list-missing"]);
  });
});

describe("signet path with OpenSSL's OCSP responses", () => {
  it.each([
    ["ca", "-nonce"],
    ["ca", "-no_nonce"],
    ["ocsp", "-nonce"],
    ["ocsp", "-no_nonce"],
  ])("takes those of the issuer and of its responder, with a nonce or without: %s %s", (signer, nonce) => {
    const responses = PEOPLE.flatMap((person) => {
      respond(person, signer, `${person}.ocsp`, nonce);
      return ["--ocsp", `${person}.ocsp`];
    });
    expect(judged(PEOPLE, ...responses)).toEqual([
      "good",
      "revoked: superseded",
      "revoked: keyCompromise",
      "unknown: responder-does-not-know",
    ]);
  });

  it("takes none of somebody else, and none about another certificate", () => {
    respond("p256", "rsa2048", "response.ocsp");
    expect(judged(["p256", "p521"], "--ocsp", "response.ocsp")).toEqual([
      "unknown: issuer-not-allowed",
      "unknown: no-list-and-no-response",
    ]);
  });
});
