import { constants, createPublicKey, diffieHellman, generateKeyPairSync, publicEncrypt, verify } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { certificate, type TestCertificate } from "../testing/certificate-builder.ts";
import { sha256Hex } from "../testing/memory-key-store.ts";
import type { KeyStore } from "./key-store.ts";

/** A store with keys, as the contract needs it. */
export interface StoreUnderTest {
  readonly store: KeyStore;
  readonly add: (...certificates: readonly TestCertificate[]) => Promise<void>;
  readonly lock: () => Promise<void>;
  readonly unlock: () => Promise<void>;
}

const words = new TextEncoder().encode("to be signed");

/** What every key store does, whatever its keys lie in. What keys do is checked with Node's crypto, not with our own. */
export function keyStoreContract(name: string, make: () => Promise<StoreUnderTest>): void {
  describe(`${name} as a key store`, () => {
    const rsa = certificate().subject("CN=Rsa").email("rsa@a.example").build();
    const ec = certificate().subject("CN=Ec").email("ec@a.example").key("p-256").build();
    const [rsaName, ecName] = [sha256Hex(rsa.der), sha256Hex(ec.der)];
    let tested: StoreUnderTest;
    beforeEach(async () => {
      tested = await make();
      await tested.add(rsa, ec);
    });
    const identityOf = async (fingerprint: string) => {
      const identity = await tested.store.identityFor(fingerprint);
      if (identity === null) throw new Error("no identity");
      return identity;
    };

    it("lists certificates, locked or not", async () => {
      await tested.lock();
      const listed = await tested.store.list();
      expect(listed.map(({ fingerprint }) => fingerprint).sort()).toEqual([rsaName, ecName].sort());
      expect(listed.find(({ fingerprint }) => fingerprint === rsaName)?.certificate.der).toEqual(rsa.der);
      expect(await tested.store.identities()).toHaveLength(2);
    });

    it("has no identity that it was not given", async () => {
      expect(await tested.store.identityFor("00".repeat(32))).toBeNull();
      expect(await tested.store.isOpen("00".repeat(32))).toBe(false);
    });

    it("signs so that others find it right", async () => {
      const pss = { key: rsa.pem, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
      const { key } = await identityOf(rsaName);
      const plain = await key.sign({ kind: "rsa-pkcs1", digest: "sha-256" }, words);
      expect(verify("sha256", words, rsa.pem, plain)).toBe(true);
      const salted = await key.sign({ kind: "rsa-pss", digest: "sha-256", saltLength: 32 }, words);
      expect(verify("sha256", words, pss, salted)).toBe(true);
      const curve = await (await identityOf(ecName)).key.sign({ kind: "ecdsa", digest: "sha-384" }, words);
      expect(verify("sha384", words, ec.pem, curve)).toBe(true);
    });

    it("opens what others encrypted to it", async () => {
      const { key } = await identityOf(rsaName);
      const secret = new Uint8Array(32).fill(7);
      const padded = publicEncrypt({ key: rsa.pem, padding: constants.RSA_PKCS1_PADDING }, secret);
      expect(await key.unwrapRsaPkcs1(padded, 32)).toEqual(secret);
      const oaep = publicEncrypt(
        { key: rsa.pem, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha256" },
        secret,
      );
      expect(await key.unwrapRsaOaep(oaep, "sha-256", "sha-256", new Uint8Array())).toEqual(secret);
    });

    it("agrees on the secret that others have", async () => {
      const peer = generateKeyPairSync("ec", { namedCurve: "P-256" });
      const spki = new Uint8Array(peer.publicKey.export({ type: "spki", format: "der" }));
      const { key } = await identityOf(ecName);
      const expected = diffieHellman({ privateKey: peer.privateKey, publicKey: createPublicKey(ec.pem) });
      expect(await key.agree(spki)).toEqual(new Uint8Array(expected));
    });

    it("tells of a key what its certificate tells, also while it is locked", async () => {
      await tested.lock();
      const { key } = await identityOf(rsaName);
      expect([key.type, key.curve, key.modulusBits]).toEqual(["rsa", null, 2048]);
      const other = (await identityOf(ecName)).key;
      expect([other.type, other.curve, other.curveOid]).toEqual(["ec", "P-256", "1.2.840.10045.3.1.7"]);
      const spki = createPublicKey(ec.pem).export({ type: "spki", format: "der" });
      expect(other.publicKeySpki).toEqual(new Uint8Array(spki));
    });

    it("does nothing with a key while it is locked, and goes on with the same one after it", async () => {
      const identity = await identityOf(rsaName);
      const sign = (): Promise<Uint8Array> => identity.key.sign({ kind: "rsa-pkcs1", digest: "sha-256" }, words);
      expect(await tested.store.isOpen(rsaName)).toBe(true);
      await tested.lock();
      const locked = { name: "KeyStoreError", code: "vault.locked" };
      expect(await tested.store.isOpen(rsaName)).toBe(false);
      await expect(sign()).rejects.toMatchObject(locked);
      const { key } = identity;
      await expect(key.unwrapRsaPkcs1(new Uint8Array(256), 32)).rejects.toMatchObject(locked);
      await expect(key.unwrapRsaOaep(words, "sha-256", "sha-256", new Uint8Array())).rejects.toMatchObject(locked);
      const agree = (await identityOf(ecName)).key.agree(new Uint8Array());
      await expect(agree).rejects.toMatchObject(locked);
      await tested.unlock();
      expect(verify("sha256", words, rsa.pem, await sign())).toBe(true);
    });

    it("hands out nothing of a private key", async () => {
      const identity = await identityOf(rsaName);
      expect(JSON.stringify(identity.key)).not.toMatch(/pkcs8|private/i);
      expect(Object.values(identity.key).filter((value) => value instanceof Uint8Array)).toEqual([
        identity.key.publicKeySpki,
      ]);
    });
  });
}
