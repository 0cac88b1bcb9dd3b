import { beforeAll, describe, expect, it } from "vitest";
import { makeNssDatabase } from "./nss-database.ts";
import { read, write } from "./openssl.ts";
import { ENTITY, type PeerRun, TEXT, isInstalled, openBare, openedText, runPeer } from "./peer.ts";
import { type KeyKind, makePki } from "./pki.ts";

const KINDS = ["rsa2048", "p256", "p384"] as const;
function cmsutil(...args: readonly string[]): PeerRun {
  return runPeer("cmsutil", [...args, "-d", "sql:nss"]);
}

describe.skipIf(!isInstalled("cmsutil", "certutil", "pk12util"))("NSS", () => {
  beforeAll(() => {
    makePki(KINDS);
    makeNssDatabase("nss", KINDS);
    write("entity.txt", ENTITY);
  });

  describe("signs what we verify", () => {
    const cases: readonly (readonly [KeyKind, string])[] = [
      ["rsa2048", "SHA256"],
      ["rsa2048", "SHA384"],
      ["rsa2048", "SHA512"],
      ["p256", "SHA256"],
      ["p384", "SHA384"],
    ];

    it.each(cases)("%s with %s, clear and opaque, with its attributes", async (kind, digest) => {
      for (const detached of [["-T"], []]) {
        const attributes = ["-G", "-P", "-Y", kind];
        const options = ["-N", kind, "-H", digest, ...attributes, ...detached];
        const { status } = cmsutil("-S", "-i", "entity.txt", "-o", "theirs.p7s", ...options);
        expect(status).toBe(0);
        const opened = await openBare(read("theirs.p7s"), [], detached.length > 0 ? read("entity.txt") : undefined);
        expect(opened.verdict).toMatchObject({ signature: "valid", sender: "no-address" });
        expect(openedText(opened)).toBe(TEXT);
      }
    });
  });

  it("encrypts what we decrypt to RSA", async () => {
    expect(cmsutil("-E", "-r", "rsa2048@example.com", "-i", "entity.txt", "-o", "theirs.p7m").status).toBe(0);
    const opened = await openBare(read("theirs.p7m"), ["rsa2048"]);
    expect(opened.verdict.encryption).toBe("unauthenticated");
    expect(openedText(opened)).toBe(TEXT);
  });
});
