import { beforeAll, describe, expect, it } from "vitest";
import { makePki } from "../pki.ts";
import { openssl, read, write } from "../openssl.ts";
import { line, lines, signet } from "./signet.ts";

beforeAll(() => {
  makePki(["rsa2048", "p256"]);
  const pair = ["-in", "p256.pem", "-inkey", "p256.key", "-certfile", "ca.pem"];
  openssl("pkcs12", "-export", ...pair, "-passout", "pass:secret", "-out", "p256.p12");
  write("secret", "secret\n");
});

describe("signet certs", () => {
  it("prints one line per file, with the certificates in it", () => {
    openssl("x509", "-in", "ca.pem", "-outform", "DER", "-out", "ca.der");
    openssl(
      "crl2pkcs7",
      "-nocrl",
      "-certfile",
      "ca.pem",
      "-certfile",
      "p256.pem",
      "-outform",
      "DER",
      "-out",
      "two.p7b",
    );
    const run = signet(["certs", "--passphrase-file", "secret", "ca.pem", "ca.der", "two.p7b", "p256.p12"]);
    expect(run.status).toBe(0);
    expect(lines(run)).toMatchObject([
      { file: "ca.pem", error: null, certificates: [{ subject: "CN=Practice CA", hasKey: false }] },
      { file: "ca.der", certificates: [{ subject: "CN=Practice CA" }] },
      { file: "two.p7b", certificates: [{ subject: "CN=Practice CA" }, { subject: "CN=p256" }] },
      { file: "p256.p12", keys: 1, certificates: [{ subject: "CN=p256", hasKey: true }, {}] },
    ]);
  });

  it("never prints key material or the passphrase", () => {
    const { stdout, stderr } = signet(["certs", "--passphrase-file", "secret", "p256.p12"]);
    const key = openssl("ec", "-in", "p256.key", "-noout", "-text").toString();
    const secret = /priv:([\s0-9a-f:]+)/.exec(key)?.[1]?.replaceAll(/[\s:]/g, "") ?? "";
    expect(secret.length).toBeGreaterThanOrEqual(64);
    const forms = [secret, Buffer.from(secret, "hex").toString("base64").slice(0, 20), "PRIVATE KEY", '"secret"'];
    for (const form of forms) expect(`${stdout.toString()}${stderr}`).not.toContain(form);
  });

  it("says that a passphrase is wrong, and exits 1", () => {
    const run = signet(["certs", "p256.p12", "ca.pem"]);
    expect(run.status).toBe(1);
    expect(lines(run)).toMatchObject([{ error: { code: "pkcs12.wrong-passphrase" } }, { error: null }]);
  });
});

describe("signet path", () => {
  it("prints the verdict and the path of each leaf", () => {
    const run = signet(["path", "--trust", "ca.pem", "rsa2048.pem", "p256.pem"]);
    expect(run.status).toBe(0);
    expect(lines(run)).toEqual(
      ["rsa2048", "p256"].map((kind) => ({
        file: `${kind}.pem`,
        status: "trusted",
        reason: null,
        path: [`CN=${kind}`, "CN=Practice CA"],
        revocation: "not-checked",
      })),
    );
  });

  it("is done with 0 where the verdict is untrusted", () => {
    expect(line(["path", "--trust", "p256.pem", "rsa2048.pem"])).toMatchObject({
      status: "untrusted",
      reason: "unknown-issuer",
    });
    expect(line(["path", "--trust", "ca.pem", "--at", "2016-01-01T00:00:00Z", "p256.pem"])["status"]).toBe("untrusted");
    expect(line(["path", "--trust", "ca.pem", "--email", "eve@example.com", "p256.pem"])["status"]).toBe("untrusted");
    const own = ["path", "--trust", "ca.pem", "--purpose", "any", "--email", "p256@example.com", "p256.pem"];
    expect(line(own)["status"]).toBe("trusted");
  });

  it("says of each leaf that an anchor cannot be read, and exits 1", () => {
    write("broken.pem", new TextDecoder().decode(read("ca.pem")).replace("MII", "AII"));
    const run = signet(["path", "--trust", "broken.pem", "p256.pem", "rsa2048.pem"]);
    expect(run.status).toBe(1);
    const answer = { status: "untrusted", error: { code: "malformed.certificate" } };
    expect(lines(run)).toMatchObject([
      { file: "p256.pem", ...answer },
      { file: "rsa2048.pem", ...answer },
    ]);
  });

  it("reads many cases from one file, each with its own outcome", () => {
    const pem = (name: string) => new TextDecoder().decode(read(name));
    const cases = [
      { id: "files", trust: ["ca.pem"], leaf: "p256.pem" },
      { id: "text", trust: [pem("ca.pem")], leaf: pem("p256.pem"), purpose: "email", revocation: "off", policy: [] },
      { id: 3, trust: ["p256.pem"], leaf: "rsa2048.pem" },
      { id: "missing", trust: ["ca.pem"], leaf: "missing.pem" },
      { id: "broken", trust: [pem("ca.pem").replace("MII", "AII")], leaf: "p256.pem" },
      { id: "policy", trust: ["ca.pem"], leaf: "p256.pem", initialExplicitPolicy: true },
      { id: "wrong", trust: ["ca.pem"], leaf: "p256.pem", initialExplicitPolicy: "yes" },
      { id: "last", trust: ["ca.pem"], leaf: "rsa2048.pem", at: "2026-12-01T00:00:00Z" },
    ];
    write("cases.jsonl", `${cases.map((fields) => JSON.stringify(fields)).join("\n")}\n`);
    const run = signet(["path", "--cases", "cases.jsonl"]);
    expect(run.status).toBe(1);
    expect(lines(run)).toMatchObject([
      { id: "files", status: "trusted", reason: null, revocation: "not-checked" },
      { id: "text", status: "trusted" },
      { id: 3, status: "untrusted", reason: "unknown-issuer" },
      { id: "missing", error: { code: "file.unreadable" } },
      { id: "broken", status: "untrusted", reason: "malformed.certificate", error: { code: "malformed.certificate" } },
      { id: "policy", status: "untrusted", reason: "no-valid-policy" },
      { id: "wrong", error: { code: "unsupported.option" } },
      { id: "last", status: "trusted" },
    ]);
  });
});
