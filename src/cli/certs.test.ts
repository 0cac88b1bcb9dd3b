import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SmimeError } from "../engine/errors.ts";
import { describeCertificates } from "./certs.ts";

const folder = mkdtempSync(join(tmpdir(), "signet-certs-"));
const file = (name: string) => new Uint8Array(readFileSync(join(folder, name)));
const foreign = (name: string) => new X509Certificate(file(name));
const hex = (fingerprint: string) => fingerprint.replaceAll(":", "").toLowerCase();

function openssl(...args: string[]): void {
  execFileSync("openssl", args, { cwd: folder, stdio: "ignore" });
}

beforeAll(() => {
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384"];
  openssl("req", "-x509", ...curve, "-nodes", "-subj", "/CN=Practice CA", "-keyout", "ca.key", "-out", "ca.pem");
  openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/C=DE/CN=Alice", "-keyout", "a.key",
    "-out", "a.pem", "-addext", "subjectAltName=email:alice@example.com", "-addext", "basicConstraints=CA:FALSE",
    "-addext", "keyUsage=critical,digitalSignature,keyEncipherment", "-set_serial", "0x0a1b",
    "-addext", "extendedKeyUsage=emailProtection,1.3.6.1.4.1.311.10.3.4", "-days", "30"); // prettier-ignore
  openssl("pkcs12", "-export", "-in", "a.pem", "-inkey", "a.key", "-certfile", "ca.pem", "-passout", "pass:secret",
    "-out", "a.p12"); // prettier-ignore
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("what is in a certificate file", () => {
  it("says of a certificate what OpenSSL says of it", async () => {
    const { kind, keys, certificates } = await describeCertificates(file("a.pem"), null);
    const expected = foreign("a.pem");
    expect({ kind, keys }).toEqual({ kind: "pem", keys: 0 });
    expect(certificates).toEqual([
      {
        subject: "CN=Alice,C=DE",
        issuer: "CN=Alice,C=DE",
        serial: "0a1b",
        emails: ["alice@example.com"],
        notBefore: new Date(expected.validFrom).toISOString().replace(".000", ""),
        notAfter: new Date(expected.validTo).toISOString().replace(".000", ""),
        key: { algorithm: "rsa", bits: 2048, curve: null },
        keyUsage: ["digitalSignature", "keyEncipherment"],
        extendedKeyUsage: ["emailProtection", "1.3.6.1.4.1.311.10.3.4"],
        sha256: hex(expected.fingerprint256),
        sha1: hex(expected.fingerprint),
        hasKey: false,
      },
    ]);
  });

  it("says which certificate of a PKCS#12 file has the key, and shows nothing of the key", async () => {
    const described = await describeCertificates(file("a.p12"), "secret");
    expect({ kind: described.kind, keys: described.keys }).toEqual({ kind: "pkcs12", keys: 1 });
    const [alice, ca] = described.certificates;
    expect([alice?.subject, alice?.hasKey]).toEqual(["CN=Alice,C=DE", true]);
    expect([ca?.subject, ca?.hasKey]).toEqual(["CN=Practice CA", false]);
    expect(ca?.key).toEqual({ algorithm: "ec", bits: 384, curve: "P-384" });
    expect(Object.keys(alice ?? {})).not.toContain("pkcs8");
  });

  it("refuses a wrong passphrase, and a file that is none", async () => {
    await expect(describeCertificates(file("a.p12"), "wrong")).rejects.toMatchObject({
      code: "pkcs12.wrong-passphrase",
    });
    await expect(describeCertificates(file("a.key"), null)).rejects.toBeInstanceOf(SmimeError);
  });
});
