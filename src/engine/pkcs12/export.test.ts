import { execFileSync } from "node:child_process";
import { createHmac, pbkdf2Sync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { certificate, type TestCertificate } from "../../testing/certificate-builder.ts";
import { authSafeOf, inTemporaryDirectory } from "../../testing/pkcs12-file.ts";
import { readAlgorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { Asn1Reader, readWhole } from "../asn1/reader.ts";
import { toHex } from "../bytes/hex.ts";
import { type ExportedIdentity, exportPkcs12, EXPORT_ITERATIONS, type Pkcs12ExportOptions } from "./export.ts";
import { importPkcs12, pairIdentities } from "./import.ts";

const root = certificate().subject("CN=Root").ca().build();
const issuing = certificate().subject("CN=Issuing").ca().issuedBy(root).build();
const alice = certificate().subject("CN=Alice").email("alice@example.com").issuedBy(issuing).build();
const bob = certificate().subject("CN=Bob").key("p-256").issuedBy(issuing).build();

const PASSPHRASE = "Schönes Paßwort 🔑";
const exported = (owner: TestCertificate, friendlyName: string | null): ExportedIdentity => ({
  pkcs8: owner.privateKeyPkcs8,
  certificate: owner.certificate,
  chain: [issuing.certificate, root.certificate],
  friendlyName,
});
const write = (options: Partial<Pkcs12ExportOptions> = {}, ...owners: ExportedIdentity[]) =>
  exportPkcs12(owners.length > 0 ? owners : [exported(alice, "Älice 🔑")], {
    passphrase: PASSPHRASE,
    iterations: 2000,
    ...options,
  });

function openssl(file: Uint8Array, passphrase: string, ...args: string[]): string {
  return inTemporaryDirectory((directory) => {
    writeFileSync(join(directory, "p12"), file);
    const env = { ...process.env, LC_ALL: "C.UTF-8", PASSPHRASE: passphrase };
    // -info writes to standard error.
    const command = `openssl pkcs12 -in p12 -passin env:PASSPHRASE ${args.join(" ")} 2>&1`;
    return execFileSync("sh", ["-c", command], { cwd: directory, env, encoding: "utf8" });
  });
}

describe("exportPkcs12", () => {
  it("writes what it reads, with either MAC", async () => {
    for (const mac of ["pkcs12", "pbmac1"] as const) {
      const file = await write({ mac });
      const contents = await importPkcs12(file, PASSPHRASE);
      expect(contents.mac).toEqual({ digest: "sha-256", iterations: 2000 });
      expect(contents.keys.map(({ friendlyName }) => friendlyName)).toEqual(["Älice 🔑"]);
      const [identity, ...others] = await pairIdentities(contents);
      expect(others).toEqual([]);
      expect(toHex(identity!.key.pkcs8)).toBe(toHex(alice.privateKeyPkcs8));
      expect([identity!.certificate, ...identity!.chain].map(({ der }) => toHex(der))).toEqual(
        [alice, issuing, root].map(({ der }) => toHex(der)),
      );
      await expect(importPkcs12(file, "Schönes Passwort 🔑")).rejects.toMatchObject({
        code: "pkcs12.wrong-passphrase",
      });
    }
  });

  it.each([PASSPHRASE, "secret", ""])(
    "writes what OpenSSL reads under %j, with the algorithms asked for",
    async (pass) => {
      const file = await write({ passphrase: pass });
      const info = openssl(file, pass, "-info", "-nodes");
      expect(info).toMatch(/MAC: sha256, Iteration 2000/);
      expect(info.match(/PBES2, PBKDF2, AES-256-CBC, Iteration 2000, PRF hmacWithSHA256/g)).toHaveLength(2);
      const key = /-----BEGIN PRIVATE KEY-----[\s\S]*?-----END PRIVATE KEY-----/.exec(info)?.[0];
      expect(key?.trim()).toBe(alice.privateKeyPem.trim());
      expect(info.match(/BEGIN CERTIFICATE/g)).toHaveLength(3);
    },
  );

  it("writes what Java reads, key and chain", async () => {
    const file = await write({ passphrase: "secret" }, exported(alice, "alice"), exported(bob, "bob"));
    const listed = inTemporaryDirectory((directory) => {
      const store = join(directory, "p12");
      writeFileSync(store, file);
      const args = ["-list", "-v", "-storetype", "PKCS12", "-keystore", store, "-storepass", "secret"];
      return execFileSync("keytool", ["-J-Duser.language=en", ...args], { encoding: "utf8" });
    });
    expect(listed).toContain("Your keystore contains 2 entries");
    expect(listed.match(/Entry type: PrivateKeyEntry/g)).toHaveLength(2);
    expect(listed.match(/Certificate chain length: 3/g)).toHaveLength(2);
  });

  it("writes the certificates of several identities once", async () => {
    const contents = await importPkcs12(await write({}, exported(alice, null), exported(bob, null)), PASSPHRASE);
    expect(contents.certificates).toHaveLength(4);
    expect(contents.keys.map(({ friendlyName }) => friendlyName)).toEqual([null, null]);
    expect(await pairIdentities(contents)).toHaveLength(2);
  });

  it("writes a PBMAC1 that fits by RFC 9579, computed by others", async () => {
    const file = await write({ mac: "pbmac1", passphrase: "secret" });
    const pfx = readWhole(file);
    pfx.integer();
    pfx.sequence();
    const macData = pfx.sequence();
    const digestInfo = macData.sequence();
    const algorithm = readAlgorithmIdentifier(digestInfo);
    expect(algorithm.oid).toBe("1.2.840.113549.1.5.14");
    const params = new Asn1Reader(algorithm.parameters!.bytes).sequence();
    const kdf = readAlgorithmIdentifier(params);
    const pbkdf2 = new Asn1Reader(kdf.parameters!.bytes).sequence();
    const [salt, iterations, keyLength] = [pbkdf2.octetString(), pbkdf2.smallInteger(), pbkdf2.smallInteger()];
    expect([kdf.oid, salt.length, iterations, keyLength]).toEqual(["1.2.840.113549.1.5.12", 16, 2000, 32]);
    const key = pbkdf2Sync("secret", salt, iterations, keyLength, "sha256");
    expect(toHex(digestInfo.octetString())).toBe(createHmac("sha256", key).update(authSafeOf(file)).digest("hex"));
  });

  it("takes new salts and initialization vectors each time", async () => {
    const [one, two] = [await write(), await write()];
    expect(toHex(authSafeOf(one))).not.toBe(toHex(authSafeOf(two)));
  });

  it("derives with as many iterations as OWASP asks for, and leaves nothing of the key readable", async () => {
    const file = await write({ iterations: EXPORT_ITERATIONS });
    expect((await importPkcs12(file, PASSPHRASE)).mac).toMatchObject({ iterations: 600_000 });
    expect(toHex(file)).not.toContain(toHex(alice.privateKeyPkcs8.subarray(40, 60)));
    expect(toHex(file)).not.toContain(toHex(alice.der.subarray(40, 60)));
  }, 60_000);
});
