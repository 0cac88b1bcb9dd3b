import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gpgsm, makeGpgsmHome, stopGpgAgent } from "./gpgsm-home.ts";
import { at, read, write } from "./openssl.ts";
import { ENTITY, TEXT, isInstalled, openBare, openedText } from "./peer.ts";
import { makePki } from "./pki.ts";

const KINDS = ["rsa2048", "p256"] as const;

describe.skipIf(!isInstalled("gpgsm", "gpg-agent", "gpgconf"))("gpgsm", () => {
  beforeAll(() => {
    makePki(KINDS);
    makeGpgsmHome(KINDS);
    write("entity.txt", ENTITY);
  });
  afterAll(stopGpgAgent);

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
