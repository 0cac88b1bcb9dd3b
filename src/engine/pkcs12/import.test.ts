import { execFileSync } from "node:child_process";
import { createCipheriv, pbkdf2Sync } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { certificate } from "../../testing/certificate-builder.ts";
import {
  authenticatedSafe,
  authSafeOf,
  certificateBag,
  inTemporaryDirectory,
  keyBag,
  opensslPkcs12,
  pfx,
  safeBag,
  toBer,
} from "../../testing/pkcs12-file.ts";
import { Cipher, ContentType } from "../asn1/oids.ts";
import { encode, encoded, explicit, octetString, oid, sequence, smallInteger } from "../asn1/writer.ts";
import { concatBytes } from "../bytes/concat.ts";
import { toHex } from "../bytes/hex.ts";
import { utf8Bytes } from "../bytes/text.ts";
import { isPkcs12 } from "../x509/containers.ts";
import { writePem } from "../x509/pem.ts";
import { importPrivateKey, matchesPublicKey } from "../primitives/private-key.ts";
import { importPkcs12, pairIdentities, type Pkcs12Contents } from "./import.ts";

const root = certificate().subject("CN=Root").ca().build();
const issuing = certificate().subject("CN=Issuing").ca().issuedBy(root).build();
const alice = certificate().subject("CN=Alice").email("alice@example.com").issuedBy(issuing).build();
const bob = certificate().subject("CN=Bob").key("p-256").issuedBy(issuing).build();

async function expectAlice(contents: Pkcs12Contents): Promise<void> {
  expect(contents.keys).toHaveLength(1);
  const key = await importPrivateKey(contents.keys[0]!.pkcs8);
  expect(matchesPublicKey(key, alice.certificate.spki)).toBe(true);
  expect(toHex(contents.certificates[0]!.der)).toBe(toHex(alice.der));
}

function bmp(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0)).reduce<Uint8Array>(
    (octets, unit) => concatBytes(octets, Uint8Array.of(0, unit)),
    new Uint8Array(0),
  );
}

const friendlyName = (name: string) =>
  ["1.2.840.113549.1.9.20", encoded(concatBytes(Uint8Array.of(0x1e, 2 * name.length), bmp(name)))] as const;
const localKeyId = (...id: number[]) => ["1.2.840.113549.1.9.21", octetString(Uint8Array.from(id))] as const;

describe("importPkcs12 of OpenSSL's files", () => {
  it.each([
    ["PBE-SHA1-RC4-128", ["-legacy"]],
    ["PBE-SHA1-RC4-40", ["-legacy"]],
    ["PBE-SHA1-3DES", []],
    ["PBE-SHA1-2DES", []],
    ["PBE-SHA1-RC2-128", ["-legacy"]],
    ["PBE-SHA1-RC2-40", ["-legacy"]],
    ["AES-128-CBC", []],
    ["AES-192-CBC", []],
    ["AES-256-CBC", []],
    ["DES-EDE3-CBC", []],
    ["RC2-CBC", ["-legacy"]],
    ["RC2-40-CBC", ["-legacy"]],
    ["NONE", []],
  ])("reads keys and certificates under %s", async (scheme, args) => {
    const file = opensslPkcs12(alice, "secret", [...args, "-keypbe", scheme, "-certpbe", scheme, "-name", "Alice"]);
    const contents = await importPkcs12(file, "secret");
    await expectAlice(contents);
    expect(contents.keys[0]?.friendlyName).toBe("Alice");
    expect(contents.keys[0]?.localKeyId).toHaveLength(20);
    expect(contents.attributes.get(contents.certificates[0]!)).toEqual({
      friendlyName: "Alice",
      localKeyId: contents.keys[0]?.localKeyId,
    });
  });

  it.each(["md5", "sha1", "sha224", "sha256", "sha384", "sha512"])("checks a MAC with %s", async (digest) => {
    const file = opensslPkcs12(alice, "secret", ["-macalg", digest, "-iter", "3"]);
    const contents = await importPkcs12(file, "secret");
    const name = digest === "md5" ? digest : `sha-${digest.slice(3)}`;
    expect(contents.mac).toEqual({ digest: name, iterations: 3 });
    await expectAlice(contents);
    await expect(importPkcs12(file, "Secret")).rejects.toMatchObject({ code: "pkcs12.wrong-passphrase" });
  });

  it("reads a MAC without an iteration count", async () => {
    const contents = await importPkcs12(opensslPkcs12(alice, "secret", ["-nomaciter"]), "secret");
    expect(contents.mac).toMatchObject({ iterations: 1 });
    await expectAlice(contents);
  });

  it.each(["Schönes Paßwort", "пароль", "密码", "🔑 emoji 👩‍💻", "e\u0301", "a".repeat(500), ""])(
    "reads a file whose passphrase is %j, legacy and new",
    async (passphrase) => {
      for (const args of [["-legacy"], []]) {
        const file = opensslPkcs12(alice, passphrase, args);
        await expectAlice(await importPkcs12(file, passphrase));
        await expect(importPkcs12(file, `${passphrase}x`)).rejects.toMatchObject({ code: "pkcs12.wrong-passphrase" });
      }
    },
  );

  it("reads what OpenSSL before 1.1.0 made of a passphrase that is not ASCII", async () => {
    // Each octet of UTF-8 became a character: "ä" is C3 A4.
    const file = opensslPkcs12(alice, "p\u00c3\u00a4ss", ["-legacy"]);
    await expectAlice(await importPkcs12(file, "päss"));
  });

  it("reads the whole chain and puts it in order", async () => {
    const file = opensslPkcs12(alice, "secret", [], [root, issuing]);
    const [identity, ...others] = await pairIdentities(await importPkcs12(file, "secret"));
    expect(others).toEqual([]);
    expect(toHex(identity!.certificate.der)).toBe(toHex(alice.der));
    expect(identity!.chain.map(({ der }) => toHex(der))).toEqual([toHex(issuing.der), toHex(root.der)]);
  });

  it.each(["p-256", "p-384", "p-521", "rsa-pss"] as const)("pairs a %s key", async (kind) => {
    const carol = certificate().subject("CN=Carol").key(kind).build();
    const identities = await pairIdentities(await importPkcs12(opensslPkcs12(carol, "secret"), "secret"));
    expect(identities.map((identity) => toHex(identity.certificate.der))).toEqual([toHex(carol.der)]);
  });

  it("refuses a wrong passphrase of a file without a MAC", async () => {
    for (const args of [[], ["-legacy"], ["-legacy", "-keypbe", "PBE-SHA1-RC4-40", "-certpbe", "PBE-SHA1-RC4-40"]]) {
      const file = opensslPkcs12(alice, "secret", ["-nomac", ...args]);
      await expectAlice(await importPkcs12(file, "secret"));
      for (const wrong of ["", "x", "Secret"]) {
        await expect(importPkcs12(file, wrong)).rejects.toMatchObject({ code: "pkcs12.wrong-passphrase" });
      }
    }
  });

  it("reads what old NSS encrypted with a key of 32 octets and called AES-128, its passphrase in BMPString", async () => {
    const [salt, iv] = [new Uint8Array(16).fill(1), new Uint8Array(16).fill(2)];
    const key = pbkdf2Sync(bmp("secret\0"), salt, 2000, 32, "sha1");
    const cipher = createCipheriv("aes-256-cbc", key, iv);
    const encrypted = Buffer.concat([cipher.update(alice.privateKeyPkcs8), cipher.final()]);
    const derivation = sequence(octetString(salt), smallInteger(2000), smallInteger(32));
    const pbes2 = sequence(
      oid("1.2.840.113549.1.5.13"),
      sequence(sequence(oid("1.2.840.113549.1.5.12"), derivation), sequence(oid(Cipher.aes128Cbc), octetString(iv))),
    );
    const shrouded = safeBag("1.2.840.113549.1.12.10.1.2", sequence(pbes2, octetString(new Uint8Array(encrypted))));
    const file = pfx(authenticatedSafe(certificateBag(alice.der), shrouded));
    await expectAlice(await importPkcs12(file, "secret"));
    await expect(importPkcs12(file, "Secret")).rejects.toMatchObject({ code: "pkcs12.wrong-passphrase" });
  });

  it("reads PEM, with what gpgsm writes above it", async () => {
    const block = writePem("PKCS12", opensslPkcs12(alice, "secret"));
    for (const text of [block, `Issuer ...: /CN=Issuing\nSubject ..: /CN=Alice\n\n${block}`]) {
      expect(isPkcs12(utf8Bytes(text))).toBe(true);
      await expectAlice(await importPkcs12(utf8Bytes(text), "secret"));
    }
    await expect(importPkcs12(utf8Bytes(block.replace("-----END", "")), "secret")).rejects.toMatchObject({
      code: "malformed.pem",
    });
  });

  it("reads BER with indefinite lengths and strings in pieces", async () => {
    for (const args of [["-nomac"], ["-nomac", "-legacy"]]) {
      const file = opensslPkcs12(alice, "secret", args);
      await expectAlice(await importPkcs12(toBer(pfx(toBer(authSafeOf(file)))), "secret"));
    }
    await expectAlice(await importPkcs12(toBer(opensslPkcs12(alice, "secret")), "secret"));
  });

  it.each(["hmacWithSHA1", "hmacWithSHA224", "hmacWithSHA256", "hmacWithSHA384", "hmacWithSHA512"])(
    "derives with %s",
    async (prf) => {
      const encrypted = inTemporaryDirectory(() =>
        execFileSync(
          "openssl",
          ["pkcs8", "-topk8", "-v2", "aes-256-cbc", "-v2prf", prf, "-outform", "DER", "-passout", "pass:secret"],
          { input: alice.privateKeyPem },
        ),
      );
      const shrouded = safeBag("1.2.840.113549.1.12.10.1.2", encoded(new Uint8Array(encrypted)));
      const file = pfx(authenticatedSafe(shrouded, certificateBag(alice.der)));
      await expectAlice(await importPkcs12(file, "secret"));
    },
  );
});

describe("importPkcs12 of unusual files", () => {
  it("reads several keys, and SafeContents inside SafeContents", async () => {
    const inner = safeBag(
      "1.2.840.113549.1.12.10.1.6",
      sequence(keyBag(bob.privateKeyPkcs8, friendlyName("Bob")), certificateBag(bob.der)),
    );
    const file = pfx(authenticatedSafe(keyBag(alice.privateKeyPkcs8), certificateBag(alice.der), inner));
    const contents = await importPkcs12(file, "");
    expect(contents.mac).toBe("absent");
    expect(contents.keys.map((key) => key.friendlyName)).toEqual([null, "Bob"]);
    const identities = await pairIdentities(contents);
    expect(identities.map((identity) => toHex(identity.certificate.der))).toEqual([toHex(alice.der), toHex(bob.der)]);
  });

  it("passes over CRLs, secrets, SDSI certificates and unknown bags", async () => {
    const unknown = ["1.2.840.113549.1.12.10.1.4", "1.2.840.113549.1.12.10.1.5", "1.2.3"].map((bagId) =>
      safeBag(bagId, sequence(oid("1.2.3"), explicit(0, octetString(new Uint8Array(3))))),
    );
    const sdsi = safeBag(
      "1.2.840.113549.1.12.10.1.3",
      sequence(oid("1.2.840.113549.1.9.22.2"), explicit(0, octetString(new Uint8Array(3)))),
    );
    const file = pfx(authenticatedSafe(...unknown, sdsi, keyBag(alice.privateKeyPkcs8), certificateBag(alice.der)));
    await expectAlice(await importPkcs12(file, ""));
  });

  it("keeps what it can read where a certificate is broken", async () => {
    const file = pfx(
      authenticatedSafe(
        certificateBag(Uint8Array.of(0x30, 0)),
        keyBag(alice.privateKeyPkcs8),
        certificateBag(alice.der),
      ),
    );
    const contents = await importPkcs12(file, "");
    expect(contents.unreadableCertificates).toBe(1);
    await expectAlice(contents);
  });

  it("pairs by the key and not by the localKeyId, which may lie", async () => {
    const file = pfx(
      authenticatedSafe(
        keyBag(alice.privateKeyPkcs8, localKeyId(1)),
        certificateBag(bob.der, localKeyId(1)),
        certificateBag(alice.der, localKeyId(2)),
      ),
    );
    const identities = await pairIdentities(await importPkcs12(file, ""));
    expect(identities.map(({ certificate: { der } }) => toHex(der))).toEqual([toHex(alice.der)]);
  });

  it("makes an identity of each certificate with the same key, the named one first", async () => {
    const renewed = certificate().subject("CN=Alice").key(alice).issuedBy(issuing).build();
    const file = pfx(
      authenticatedSafe(
        certificateBag(alice.der),
        certificateBag(renewed.der, localKeyId(7)),
        keyBag(alice.privateKeyPkcs8, localKeyId(7)),
      ),
    );
    const identities = await pairIdentities(await importPkcs12(file, ""));
    expect(identities.map(({ certificate: { der } }) => toHex(der))).toEqual([toHex(renewed.der), toHex(alice.der)]);
  });

  it("leaves out keys that cannot be used, and certificates that issue each other", async () => {
    const a = certificate().subject("CN=A").issuerName("CN=B").build();
    const b = certificate().subject("CN=B").issuerName("CN=A").build();
    const broken = encode(sequence(smallInteger(0), sequence(oid("1.3.101.112")), octetString(new Uint8Array(34))));
    const file = pfx(
      authenticatedSafe(keyBag(broken), keyBag(a.privateKeyPkcs8), certificateBag(a.der), certificateBag(b.der)),
    );
    const contents = await importPkcs12(file, "");
    expect(contents.keys).toHaveLength(2);
    const identities = await pairIdentities(contents);
    expect(identities.map((identity) => identity.chain.map(({ der }) => toHex(der)))).toEqual([[toHex(b.der)]]);
  });
});

describe("importPkcs12 of files that it cannot read", () => {
  const version3 = smallInteger(3);
  const data = (content: Uint8Array) => sequence(oid(ContentType.data), explicit(0, octetString(content)));

  it.each([
    ["nothing", new Uint8Array(0), "malformed.pkcs12"],
    ["text", utf8Bytes("-----BEGIN"), "malformed.pkcs12"],
    ["another version", encode(sequence(smallInteger(4), data(new Uint8Array(0)))), "unsupported.version"],
    ["no content", encode(sequence(version3, sequence(oid(ContentType.data)))), "malformed.pkcs12"],
    [
      "public-key integrity",
      encode(sequence(version3, sequence(oid(ContentType.signedData), explicit(0, sequence())))),
      "unsupported.option",
    ],
    [
      "public-key privacy",
      pfx(encode(sequence(sequence(oid(ContentType.envelopedData), explicit(0, sequence()))))),
      "unsupported.option",
    ],
    ["trailing data", concatBytes(pfx(authenticatedSafe()), Uint8Array.of(0)), "malformed.pkcs12"],
    ["another content in the safe", pfx(encode(sequence(data(utf8Bytes("x"))))), "malformed.pkcs12"],
  ])("says so of %s", async (_, file, code) => {
    await expect(importPkcs12(file, "secret")).rejects.toMatchObject({ code });
  });

  it("names the algorithm that it does not read, by its OID and where known by its name", async () => {
    const streebog = "1.2.643.7.1.1.2.3";
    const digestInfo = sequence(sequence(oid(streebog)), octetString(new Uint8Array(64)));
    const macData = sequence(digestInfo, octetString(new Uint8Array(8)), smallInteger(1));
    await expect(importPkcs12(pfx(authenticatedSafe(), macData), "")).rejects.toMatchObject({
      code: "unsupported.algorithm",
      context: { oid: streebog, name: "GOST" },
    });
    const scrypt = sequence(oid("1.3.6.1.4.1.11591.4.11"), sequence());
    const pbes2 = sequence(oid("1.2.840.113549.1.5.13"), sequence(scrypt, sequence(oid("1.2.3"))));
    const bag = safeBag("1.2.840.113549.1.12.10.1.2", sequence(pbes2, octetString(new Uint8Array(16))));
    await expect(importPkcs12(pfx(authenticatedSafe(bag)), "")).rejects.toMatchObject({
      code: "unsupported.algorithm",
      context: { oid: "1.3.6.1.4.1.11591.4.11", name: "scrypt" },
    });
  });

  it("throws nothing but SmimeErrors for a file that is cut or altered anywhere", async () => {
    const file = opensslPkcs12(alice, "secret", ["-nomac", "-iter", "1"]);
    const bare = pfx(authenticatedSafe(keyBag(bob.privateKeyPkcs8), certificateBag(bob.der, friendlyName("Bob"))));
    for (const original of [file, bare]) {
      for (let i = 0; i < original.length; i += 7) {
        const altered = original.slice();
        altered[i]! ^= 0x55;
        for (const wrong of [altered, original.subarray(0, i)]) {
          const outcome = await importPkcs12(wrong, "secret").then(
            () => "SmimeError",
            (error: unknown) => (error as Error).name,
          );
          expect(outcome).toBe("SmimeError");
        }
      }
    }
  });
});

describe("importPkcs12 of Java's files", () => {
  function keytool(directory: string, ...args: readonly string[]): void {
    const store = ["-keystore", `${directory}/store.p12`, "-storetype", "PKCS12", "-storepass", "changeit"];
    execFileSync("keytool", [args[0]!, ...store, ...args.slice(1)], { stdio: "pipe" });
  }

  it("reads two entries of a keytool store", async () => {
    const file = inTemporaryDirectory((directory) => {
      keytool(directory, "-genkeypair", "-alias", "first", "-keyalg", "RSA", "-dname", "CN=First");
      keytool(directory, "-genkeypair", "-alias", "second", "-keyalg", "EC", "-dname", "CN=Second");
      return new Uint8Array(readFileSync(`${directory}/store.p12`));
    });
    const contents = await importPkcs12(file, "changeit");
    expect(contents.keys.map((key) => key.friendlyName).sort()).toEqual(["first", "second"]);
    expect(await pairIdentities(contents)).toHaveLength(2);
    expect(contents.mac).toMatchObject({ digest: "sha-256" });
  }, 30_000);

  it("reads a keytool store with the old algorithms", async () => {
    const file = inTemporaryDirectory((directory) => {
      const legacy = "-J-Dkeystore.pkcs12.legacy";
      keytool(directory, "-genkeypair", "-alias", "old", "-keyalg", "EC", "-dname", "CN=Old", legacy);
      return new Uint8Array(readFileSync(`${directory}/store.p12`));
    });
    const contents = await importPkcs12(file, "changeit");
    expect(await pairIdentities(contents)).toHaveLength(1);
    expect(contents.mac).toMatchObject({ digest: "sha-1" });
  }, 30_000);
});
