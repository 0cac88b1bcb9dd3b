import { execFileSync } from "node:child_process";
import { createPrivateKey } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { SmimeError } from "../errors.ts";
import { readPrivateKey } from "./private-key-file.ts";

const folder = mkdtempSync(join(tmpdir(), "signet-keys-"));
const file = (name: string) => new Uint8Array(readFileSync(join(folder, name)));
const ascii = (content: string) => new Uint8Array(Buffer.from(content, "latin1"));

function openssl(...args: string[]): void {
  execFileSync("openssl", args, { cwd: folder, stdio: "ignore" });
}
openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", "rsa.pem");
openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384", "-out", "ec.pem");
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The public key that node (OpenSSL) finds in what was read, beside the one that it finds in the source. */
function expectSameKey(pkcs8: Uint8Array, source: string): void {
  const read = createPrivateKey({ key: Buffer.from(pkcs8), format: "der", type: "pkcs8" });
  expect(read.equals(createPrivateKey(Buffer.from(file(source))))).toBe(true);
}

function code(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof SmimeError) return error.code;
    throw error;
  }
  return "none";
}

describe("the private key of a file", () => {
  it.each(["rsa", "ec"])("reads PKCS#8 of %s from PEM and DER", (kind) => {
    openssl("pkcs8", "-topk8", "-nocrypt", "-in", `${kind}.pem`, "-outform", "DER", "-out", `${kind}.p8`);
    expectSameKey(readPrivateKey(file(`${kind}.pem`)), `${kind}.pem`);
    expectSameKey(readPrivateKey(file(`${kind}.p8`)), `${kind}.pem`);
  });

  it("wraps PKCS#1", () => {
    openssl("rsa", "-in", "rsa.pem", "-traditional", "-out", "rsa1.pem");
    openssl("rsa", "-in", "rsa.pem", "-traditional", "-outform", "DER", "-out", "rsa1.der");
    expect(Buffer.from(file("rsa1.pem")).toString()).toContain("BEGIN RSA PRIVATE KEY");
    expectSameKey(readPrivateKey(file("rsa1.pem")), "rsa.pem");
    expectSameKey(readPrivateKey(file("rsa1.der")), "rsa.pem");
  });

  it("wraps SEC 1, after the EC PARAMETERS that OpenSSL writes before it", () => {
    openssl("ecparam", "-name", "prime256v1", "-genkey", "-out", "sec1.pem");
    openssl("ec", "-in", "sec1.pem", "-outform", "DER", "-out", "sec1.der");
    expect(Buffer.from(file("sec1.pem")).toString()).toContain("BEGIN EC PARAMETERS");
    expectSameKey(readPrivateKey(file("sec1.pem")), "sec1.pem");
    expectSameKey(readPrivateKey(file("sec1.der")), "sec1.pem");
  });

  it("reads a key that stands after certificates", () => {
    openssl("req", "-x509", "-key", "ec.pem", "-subj", "/CN=x", "-out", "cert.pem");
    const both = Buffer.concat([file("cert.pem"), file("ec.pem")]);
    expectSameKey(readPrivateKey(new Uint8Array(both)), "ec.pem");
  });

  it("says that encrypted keys and keys of other kinds are not supported", () => {
    openssl("pkcs8", "-topk8", "-in", "ec.pem", "-passout", "pass:x", "-out", "encrypted.pem");
    openssl("pkcs8", "-topk8", "-in", "ec.pem", "-passout", "pass:x", "-outform", "DER", "-out", "encrypted.der");
    openssl("rsa", "-in", "rsa.pem", "-traditional", "-aes128", "-passout", "pass:x", "-out", "legacy.pem");
    const openssh = ascii("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n");
    for (const name of ["encrypted.pem", "encrypted.der", "legacy.pem"]) {
      expect(code(() => readPrivateKey(file(name)))).toBe("unsupported.key");
    }
    expect(code(() => readPrivateKey(openssh))).toBe("unsupported.key");
  });

  it("refuses what is no key with an SmimeError", () => {
    for (const bytes of [new Uint8Array(), ascii("prose"), Uint8Array.of(0x30, 3, 2, 1, 0), file("cert.pem")]) {
      expect(code(() => readPrivateKey(bytes))).toBe("malformed.key");
    }
    const key = file("ec.pem");
    for (let i = 0; i < key.length; i++) {
      const changed = key.slice();
      changed[i] = changed[i]! ^ 0x41;
      expect(code(() => readPrivateKey(changed))).toMatch(/^(none|malformed|unsupported)/);
    }
  });
});
