import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gpgsm, makeGpgsmHome, stopGpgAgent } from "./gpgsm-home.ts";
import { at, read, write } from "./openssl.ts";
import {
  ENTITY,
  TEXT,
  isInstalled,
  openBare,
  openedText,
  writeOurEnvelope,
  writeOurOpaque,
  writeOurSignature,
} from "./peer.ts";
import { makePki } from "./pki.ts";

const KINDS = ["rsa2048", "p256"] as const;

// Not compared: PSS with a salt of another length, OAEP, GCM and ECDH, which gpgsm 2.2 cannot, whoever wrote them.
describe.skipIf(!isInstalled("gpgsm", "gpg-agent", "gpgconf"))("gpgsm", () => {
  beforeAll(() => {
    makePki(KINDS);
    makeGpgsmHome(KINDS);
    write("entity.txt", ENTITY);
  });
  afterAll(stopGpgAgent);

  describe("verifies what we sign", () => {
    it.each([
      ["rsa2048", { digest: "sha-256" }],
      ["rsa2048", { digest: "sha-384" }],
      ["rsa2048", { digest: "sha-512" }],
      // gpgsm refuses salts of other lengths than the digest's.
      ["rsa2048", { digest: "sha-256", rsaScheme: "rsa-pss" }],
      ["rsa2048", { digest: "sha-512", rsaScheme: "rsa-pss" }],
      ["p256", { digest: "sha-256" }],
    ] as const)("%s with %j", async (kind, options) => {
      await writeOurSignature("ours", kind, options);
      const { status, stdout } = gpgsm("--status-fd", "1", "--verify", "ours.p7s", "ours.txt");
      expect(stdout).toMatch(/^\[GNUPG:\] GOODSIG /m);
      expect(stdout).toMatch(/^\[GNUPG:\] TRUST_FULLY/m);
      expect(status).toBe(0);
    });

    it("in opaque form, and takes the content out of it", async () => {
      await writeOurOpaque("ours.p7m", "rsa2048");
      rmSync(at("taken.txt"), { force: true });
      const { stdout } = gpgsm("--status-fd", "1", "--output", "taken.txt", "--verify", "ours.p7m");
      expect(stdout).toMatch(/^\[GNUPG:\] GOODSIG /m);
      expect(Buffer.from(read("taken.txt")).toString()).toContain("Subject: Practice\r\n");
    });

    it("and refuses it once a byte of it is changed", async () => {
      await writeOurSignature("ours", "rsa2048");
      write("ours.txt", Buffer.from(read("ours.txt")).toString().replace("Practice", "Practise"));
      const { status, stdout } = gpgsm("--status-fd", "1", "--verify", "ours.p7s", "ours.txt");
      expect(stdout).toMatch(/^\[GNUPG:\] BADSIG /m);
      expect(status).not.toBe(0);
    });
  });

  describe("decrypts what we encrypt", () => {
    it.each(["aes-128-cbc", "aes-192-cbc", "aes-256-cbc"] as const)("to RSA with %s", async (cipher) => {
      await writeOurEnvelope("ours.p7m", "rsa2048", cipher);
      const { status, stdout } = gpgsm("--decrypt", "ours.p7m");
      expect(status).toBe(0);
      expect(stdout).toContain("From: Practice <rsa2048@example.com>\r\n");
    });
  });

  describe("signs what we verify", () => {
    it.each([
      ["rsa2048", "sha256"],
      ["rsa2048", "sha512"],
      ["p256", "sha256"],
    ] as const)("%s with %s, clear and opaque", async (kind, digest) => {
      for (const form of ["--detach-sign", "--sign"]) {
        rmSync(at("theirs.p7s"), { force: true });
        const options = ["--digest-algo", digest, "--local-user", `${kind}@example.com`, "--output", "theirs.p7s"];
        expect(gpgsm(...options, form, "entity.txt").status).toBe(0);
        const opened = await openBare(read("theirs.p7s"), [], form === "--sign" ? undefined : read("entity.txt"));
        expect(opened.verdict).toMatchObject({ signature: "valid", sender: "no-address" });
        expect(openedText(opened)).toBe(TEXT);
      }
    });
  });

  describe("encrypts what we decrypt", () => {
    it.each(["AES128", "AES192", "AES256", "3DES"])("to RSA with %s", async (cipher) => {
      rmSync(at("theirs.p7m"), { force: true });
      const options = ["--cipher-algo", cipher, "--recipient", "rsa2048@example.com", "--output", "theirs.p7m"];
      expect(gpgsm(...options, "--encrypt", "entity.txt").status).toBe(0);
      const opened = await openBare(read("theirs.p7m"), ["rsa2048"]);
      expect(opened.verdict.encryption).toBe("unauthenticated");
      expect(openedText(opened)).toBe(TEXT);
    });
  });
});
