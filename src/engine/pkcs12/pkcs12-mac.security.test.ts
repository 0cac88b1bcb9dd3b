import { createHmac, pbkdf2Sync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { costInPasses } from "../../testing/cost.ts";
import { certificate } from "../../testing/certificate-builder.ts";
import {
  authenticatedSafe,
  authSafeOf,
  certificateBag,
  keyBag,
  opensslPkcs12,
  pfx,
  safeBag,
} from "../../testing/pkcs12-file.ts";
import { encode, explicit, integer, octetString, oid, sequence, smallInteger, type Der } from "../asn1/writer.ts";
import { utf8Bytes } from "../bytes/text.ts";
import { importPkcs12 } from "./import.ts";
import { KdfPurpose, pkcs12Kdf } from "./kdf.ts";

const alice = certificate().subject("CN=Alice").key("p-256").build();
const SAFE = authenticatedSafe(keyBag(alice.privateKeyPkcs8), certificateBag(alice.der));
const SALT = utf8Bytes("saltsalt");
const HMAC_SHA256 = "1.2.840.113549.2.9";

const wrongPassphrase = { code: "pkcs12.wrong-passphrase" };
const limitExceeded = { code: "limit.exceeded" };

function macData(algorithm: Der, mac: Uint8Array, iterations: Der = smallInteger(1)): Der {
  return sequence(sequence(algorithm, octetString(mac)), octetString(SALT), iterations);
}

/** PBMAC1 (RFC 9579) made by OpenSSL's PBKDF2 and HMAC. */
function pbmac1(passphrase: string, prf: string, hash: string, iterations: number, keyLength: number | null): Der {
  const oids = { sha1: "1.2.840.113549.2.7", sha256: HMAC_SHA256, sha512: "1.2.840.113549.2.11" };
  const hmacOid = (name: string) => sequence(oid(oids[name as keyof typeof oids]), encodedNull());
  const key = pbkdf2Sync(passphrase, SALT, iterations, keyLength ?? 32, prf);
  const length = keyLength === null ? null : smallInteger(keyLength);
  const pbkdf2 = sequence(octetString(SALT), smallInteger(iterations), length, prf === "sha1" ? null : hmacOid(prf));
  const params = sequence(sequence(oid("1.2.840.113549.1.5.12"), pbkdf2), hmacOid(hash));
  const mac = createHmac(hash, key).update(SAFE).digest();
  return macData(sequence(oid("1.2.840.113549.1.5.14"), params), mac);
}

function encodedNull(): Der {
  return { length: 2, pieces: [Uint8Array.of(5, 0)] };
}

function encryptedBag(iterations: number): Der {
  const pbe = sequence(oid("1.2.840.113549.1.12.1.3"), sequence(octetString(SALT), smallInteger(iterations)));
  return safeBag("1.2.840.113549.1.12.10.1.2", sequence(pbe, octetString(new Uint8Array(16))));
}

describe("attack 44: PKCS#12 with no MAC or a weak one, and huge iteration counts (RFC 7292)", () => {
  it("tells that a file has no MAC, and with what a MAC is made", async () => {
    expect((await importPkcs12(pfx(SAFE), "")).mac).toBe("absent");
    const legacy = opensslPkcs12(alice, "secret", ["-legacy"]);
    expect((await importPkcs12(legacy, "secret")).mac).toEqual({ digest: "sha-1", iterations: 2048 });
    const weak = opensslPkcs12(alice, "secret", ["-macalg", "md5", "-nomaciter"]);
    expect((await importPkcs12(weak, "secret")).mac).toEqual({ digest: "md5", iterations: 1 });
  });

  it("checks the MAC before it decrypts: a changed file is refused though its parts are in the clear", async () => {
    const file = opensslPkcs12(alice, "secret", ["-keypbe", "NONE", "-certpbe", "NONE"]);
    const original = authSafeOf(file);
    for (const at of [10, original.length >> 1, original.length - 1]) {
      const altered = file.slice();
      altered[altered.length - 200 - (at % 300)]! ^= 1;
      await expect(importPkcs12(altered, "secret")).rejects.toMatchObject(wrongPassphrase);
    }
  });

  it("refuses a MAC that is cut, extended or empty", async () => {
    const key = pkcs12Kdf("sha-256", KdfPurpose.mac, Uint8Array.of(0, 0), SALT, 1, 32);
    const mac = new Uint8Array(createHmac("sha256", key).update(SAFE).digest());
    const sha256 = sequence(oid("2.16.840.1.101.3.4.2.1"), encodedNull());
    expect((await importPkcs12(pfx(SAFE, macData(sha256, mac)), "")).keys).toHaveLength(1);
    for (const wrong of [mac.subarray(0, 31), mac.subarray(0, 1), new Uint8Array(0), new Uint8Array(33)]) {
      await expect(importPkcs12(pfx(SAFE, macData(sha256, wrong)), "")).rejects.toMatchObject(wrongPassphrase);
    }
  });

  it("takes an empty passphrase for none at all too", async () => {
    const key = pkcs12Kdf("sha-256", KdfPurpose.mac, new Uint8Array(0), SALT, 1, 32);
    const mac = new Uint8Array(createHmac("sha256", key).update(SAFE).digest());
    const sha256 = sequence(oid("2.16.840.1.101.3.4.2.1"), encodedNull());
    expect((await importPkcs12(pfx(SAFE, macData(sha256, mac)), "")).keys).toHaveLength(1);
  });

  it.each([
    ["sha256", "sha256", 2048, 32],
    ["sha512", "sha512", 100, 64],
    ["sha1", "sha256", 10, 20],
    ["sha256", "sha512", 10, 100],
  ])("checks PBMAC1 with %s and %s (RFC 9579)", async (prf, hash, iterations, keyLength) => {
    const file = pfx(SAFE, pbmac1("pässword", prf, hash, iterations, keyLength));
    const contents = await importPkcs12(file, "pässword");
    expect(contents.mac).toEqual({ digest: hash === "sha256" ? "sha-256" : "sha-512", iterations });
    await expect(importPkcs12(file, "password")).rejects.toMatchObject(wrongPassphrase);
  });

  it.each([null, 1, 19, 1025])("refuses PBMAC1 with a key length of %s", async (keyLength) => {
    const file = pfx(SAFE, pbmac1("secret", "sha256", "sha256", 10, keyLength));
    await expect(importPkcs12(file, "secret")).rejects.toMatchObject({ code: "malformed.pkcs12" });
  });

  it("refuses iteration counts beyond the limit, at once", async () => {
    const sha1 = sequence(oid("1.3.14.3.2.26"), encodedNull());
    const mac = new Uint8Array(20);
    const refuseAll = async (): Promise<void> => {
      for (const iterations of [10_000_001, 0x7fffffff]) {
        await expect(importPkcs12(pfx(SAFE, macData(sha1, mac, smallInteger(iterations))), "")).rejects.toMatchObject(
          limitExceeded,
        );
        await expect(importPkcs12(pfx(authenticatedSafe(encryptedBag(iterations))), "")).rejects.toMatchObject(
          limitExceeded,
        );
      }
    };
    expect(await costInPasses(refuseAll)).toBeLessThan(100);
    const pbkdf2 = sequence(octetString(SALT), smallInteger(0x7fffffff), smallInteger(32));
    const params = sequence(sequence(oid("1.2.840.113549.1.5.12"), pbkdf2), sequence(oid(HMAC_SHA256)));
    const pbmac = macData(sequence(oid("1.2.840.113549.1.5.14"), params), mac);
    await expect(importPkcs12(pfx(SAFE, pbmac), "")).rejects.toMatchObject(limitExceeded);
    for (const octets of [[0], [0xff], [1, 0, 0, 0, 0]]) {
      const file = pfx(SAFE, macData(sha1, mac, integer(Uint8Array.from(octets))));
      await expect(importPkcs12(file, "")).rejects.toMatchObject({ code: "malformed.pkcs12" });
    }
  });

  it("limits the iterations of all bags together", async () => {
    const { iterationBudget, spendIterations } = await import("./iteration-budget.ts");
    const budget = iterationBudget();
    for (let i = 0; i < 10; i++) spendIterations(budget, 10_000_000);
    expect(() => {
      spendIterations(budget, 1);
    }).toThrow("limit.exceeded");
  });

  it("limits bags and their nesting", async () => {
    const empty = safeBag("1.2.840.113549.1.12.10.1.4", sequence());
    let nested = sequence();
    for (let i = 0; i < 20; i++) nested = sequence(safeBag("1.2.840.113549.1.12.10.1.6", nested));
    const deep = encode(sequence(sequence(oid("1.2.840.113549.1.7.1"), explicit(0, octetString(encode(nested))))));
    await expect(importPkcs12(pfx(deep), "")).rejects.toMatchObject(limitExceeded);
    const many = authenticatedSafe(...Array.from({ length: 10_001 }, () => keyBag(Uint8Array.of(0x30, 0))));
    await expect(importPkcs12(pfx(many), "")).rejects.toMatchObject(limitExceeded);
    expect((await importPkcs12(pfx(authenticatedSafe(empty)), "")).keys).toEqual([]);
  });
});
