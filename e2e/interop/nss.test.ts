import { mkdirSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { at, openssl, read, write } from "./openssl.ts";
import {
  ENTITY,
  type PeerRun,
  TEXT,
  isInstalled,
  openBare,
  openedText,
  runPeer,
  writeOurEnvelope,
  writeOurOpaque,
  writeOurSignature,
} from "./peer.ts";
import { type KeyKind, makePki } from "./pki.ts";

const KINDS = ["rsa2048", "p256", "p384"] as const;
const DATABASE = ["-d", "sql:nss"];
/** certUsageEmailSigner: the chain is judged, too. */
const EMAIL = ["-u", "4"];

function makeDatabase(): void {
  mkdirSync(at("nss"));
  run("certutil", "-N", "--empty-password");
  run("certutil", "-A", "-n", "ca", "-t", ",C,", "-i", "ca.pem");
  for (const kind of KINDS) {
    const pair = ["-in", `${kind}.pem`, "-inkey", `${kind}.key`, "-name", kind];
    openssl("pkcs12", "-export", ...pair, "-passout", "pass:test", "-out", `${kind}.p12`);
    run("pk12util", "-i", `${kind}.p12`, "-W", "test", "-K", "");
  }
}

function run(program: string, ...args: readonly string[]): void {
  const { status, stderr } = runPeer(program, [...args, ...DATABASE]);
  expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
}

function cmsutil(...args: readonly string[]): PeerRun {
  return runPeer("cmsutil", [...args, ...DATABASE]);
}

// Not compared: OAEP, GCM and ECDH, which cmsutil of NSS 3.87 cannot, whoever wrote them.
describe.skipIf(!isInstalled("cmsutil", "certutil", "pk12util"))("NSS", () => {
  beforeAll(() => {
    makePki(KINDS);
    makeDatabase();
    write("entity.txt", ENTITY);
  });

  describe("verifies what we sign", () => {
    it.each([
      ["rsa2048", { digest: "sha-256" }],
      ["rsa2048", { digest: "sha-384" }],
      ["rsa2048", { digest: "sha-512" }],
      ["rsa2048", { digest: "sha-256", rsaScheme: "rsa-pss" }],
      ["rsa2048", { digest: "sha-384", rsaScheme: "rsa-pss" }],
      ["p256", { digest: "sha-256" }],
      ["p384", { digest: "sha-384" }],
    ] as const)("%s with %j", async (kind, options) => {
      await writeOurSignature("ours", kind, options);
      const { stdout } = cmsutil("-D", "-i", "ours.p7s", "-c", "ours.txt", "-h", "0", "-n", ...EMAIL);
      expect(stdout).toContain("signer0.status=GoodSignature");
    });

    it("in opaque form, and takes the content out of it", async () => {
      await writeOurOpaque("ours.p7m", "rsa2048");
      const { status, stdout } = cmsutil("-D", "-i", "ours.p7m", ...EMAIL);
      expect(status).toBe(0);
      expect(stdout).toContain("From: Practice <rsa2048@example.com>\r\n");
    });

    it("and refuses it once a byte of it is changed", async () => {
      await writeOurSignature("ours", "rsa2048");
      write("ours.txt", Buffer.from(read("ours.txt")).toString().replace("Practice", "Practise"));
      const { stdout } = cmsutil("-D", "-i", "ours.p7s", "-c", "ours.txt", "-h", "0", "-n", ...EMAIL);
      expect(stdout).toContain("signer0.status=");
      expect(stdout).not.toContain("GoodSignature");
    });
  });

  it.each(["aes-128-cbc", "aes-192-cbc", "aes-256-cbc"] as const)(
    "decrypts what we encrypt to RSA with %s",
    async (cipher) => {
      await writeOurEnvelope("ours.p7m", "rsa2048", cipher);
      const { status, stdout } = cmsutil("-D", "-i", "ours.p7m", ...EMAIL);
      expect(status).toBe(0);
      expect(stdout).toContain("From: Practice <rsa2048@example.com>\r\n");
    },
  );

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
