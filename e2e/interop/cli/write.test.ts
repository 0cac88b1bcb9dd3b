import { beforeAll, describe, expect, it } from "vitest";
import { makePki, messageFrom } from "../pki.ts";
import { openssl, read, write } from "../openssl.ts";
import { type Line, line, sha256, signet } from "./signet.ts";

const ALICE = ["--key", "rsa2048.key", "--cert", "rsa2048.pem"];
const BOB = ["--key", "p256.key", "--cert", "p256.pem"];

beforeAll(() => {
  makePki(["rsa2048", "p256"]);
  write("in.eml", messageFrom("rsa2048"));
});

function run(...args: readonly string[]): void {
  const { status, stdout, stderr } = signet(args);
  expect({ status, stdout: stdout.toString(), stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
}

function opened(file: string, ...identity: readonly string[]): Line {
  return line(["open", "--trust", "ca.pem", ...identity, file]);
}

const text = (name: string) => new TextDecoder().decode(read(name));
const layerTypes = (described: Line) => (described["layers"] as { type: string }[]).map(({ type }) => type);

describe("signet sign", () => {
  it.each([
    [[], "multipart-signed", "sha-256", "rsa-pkcs1"],
    [["--opaque"], "signed-data", "sha-256", "rsa-pkcs1"],
    [["--digest", "sha384"], "multipart-signed", "sha-384", "rsa-pkcs1"],
    [["--digest", "sha512", "--pss"], "multipart-signed", "sha-512", "rsa-pss"],
  ])("with %j makes %s with %s by %s, which OpenSSL accepts", (options, type, digest, signature) => {
    run("sign", ...options, ...ALICE, "in.eml", "out.eml");
    expect(opened("out.eml")).toMatchObject({
      layers: [{ type, signers: [{ digest, signature, sender: { status: "matches" } }] }],
      verdict: { signature: "valid", encryption: "none", sender: "matches" },
    });
    openssl("cms", "-verify", "-in", "out.eml", "-CAfile", "ca.pem", "-out", "verified.txt");
  });

  it("takes an identity from PKCS#12", () => {
    const pair = ["-in", "p256.pem", "-inkey", "p256.key"];
    openssl("pkcs12", "-export", ...pair, "-passout", "pass:secret", "-out", "p256.p12");
    write("secret", "secret\n");
    run("sign", "--identity", "p256.p12", "--passphrase-file", "secret", "in.eml", "out.eml");
    expect(opened("out.eml")).toMatchObject({ layers: [{ signers: [{ subject: "CN=p256", signature: "ecdsa" }] }] });
  });

  it("keeps the message's fields outside and copies them under the signature (RFC 9788)", () => {
    run("sign", ...ALICE, "in.eml", "out.eml");
    const [outer = "", inner = ""] = text("out.eml").split(/^--[^\r]*\r\n/m);
    for (const part of [outer, inner]) {
      expect(part).toContain("From: Practice <rsa2048@example.com>\r\n");
      expect(part).toContain("Subject: Practice\r\n");
    }
    expect(inner).toMatch(/; hp="?clear/);
  });

  it("takes a file with LF for the same in CRLF", () => {
    write("lf.eml", text("in.eml").replaceAll("\r\n", "\n"));
    run("sign", ...ALICE, "in.eml", "crlf-out.eml");
    run("sign", ...ALICE, "lf.eml", "lf-out.eml");
    expect(opened("lf-out.eml")["content"]).toEqual(opened("crlf-out.eml")["content"]);
  });

  it("reads standard input and writes standard output, a bare body with --type", () => {
    const body = "Hello\nBob\n";
    const { status, stdout } = signet(["sign", ...ALICE, "--type", "text/plain", "-", "-"], body);
    expect(status).toBe(0);
    const described = line(["open", "--trust", "ca.pem", "-"], stdout);
    expect(described).toMatchObject({
      content: { type: "text/plain" },
      parts: [{ size: 12, sha256: sha256("Hello\r\nBob\r\n"), covered: "signed" }],
      verdict: { signature: "valid", sender: "no-address" },
    });
  });

  it.each([
    [["--digest", "md5"], "--digest is one of"],
    [["--type", "text/plain\r\nBcc: eve@example.com"], "--type is a media type"],
    [["--cipher", "aes-256-cbc"], "unknown option --cipher"],
  ])("with %j exits 2", (options, reason) => {
    const { status, stderr } = signet(["sign", ...ALICE, ...options, "in.eml", "out.eml"]);
    expect([status, stderr.includes(reason)]).toEqual([2, true]);
  });

  it("with a key that is not the certificate's exits 1 and writes nothing", () => {
    const { status, stdout, stderr } = signet(["sign", "--key", "p256.key", "--cert", "rsa2048.pem", "in.eml", "-"]);
    expect([status, stdout.length]).toEqual([1, 0]);
    expect(JSON.parse(stderr)).toMatchObject({ file: "in.eml", error: { code: "sign.key-mismatch" } });
  });
});

describe("signet encrypt", () => {
  it.each(["aes-128-cbc", "aes-192-cbc", "aes-256-cbc", "aes-128-gcm", "aes-256-gcm"])(
    "with %s adds nobody to the recipients",
    (cipher) => {
      run("encrypt", "--to", "rsa2048.pem", "--to", "p256.pem", "--cipher", cipher, "in.eml", "out.eml");
      const type = cipher.endsWith("gcm") ? "authenveloped-data" : "enveloped-data";
      const described = opened("out.eml", ...BOB);
      expect(described).toMatchObject({ layers: [{ type, cipher, recipient: { kind: "kari" } }] });
      expect((described["layers"] as { recipients: unknown[] }[])[0]?.recipients).toHaveLength(2);
      openssl("cms", "-decrypt", "-in", "out.eml", "-recip", "rsa2048.pem", "-inkey", "rsa2048.key", "-out", "plain");
    },
  );

  it("with --oaep wraps RSA keys by OAEP", () => {
    run("encrypt", "--oaep", "--to", "rsa2048.pem", "in.eml", "out.eml");
    expect(opened("out.eml", ...ALICE)).toMatchObject({
      layers: [{ cipher: "aes-256-cbc", recipient: { kind: "ktri", algorithm: "rsa-oaep" } }],
    });
  });

  it("takes the first certificate of a --to file, in DER or PEM", () => {
    openssl("x509", "-in", "p256.pem", "-outform", "DER", "-out", "p256.der");
    write("chain.pem", Buffer.concat([read("rsa2048.pem"), read("ca.pem")]));
    run("encrypt", "--to", "p256.der", "--to", "chain.pem", "in.eml", "out.eml");
    const [layer] = opened("out.eml", ...BOB)["layers"] as { recipients: unknown[] }[];
    expect(layer?.recipients).toHaveLength(2);
  });

  it("names the --cipher choices", () => {
    const { status, stderr } = signet(["encrypt", "--to", "p256.pem", "--cipher", "rc2-40", "in.eml", "out.eml"]);
    expect([status, stderr.includes("--cipher is one of aes-128-cbc")]).toEqual([2, true]);
  });
});

describe("signet protect", () => {
  it("signs, then encrypts to the recipients and the signer", () => {
    run("protect", ...ALICE, "--to", "p256.pem", "in.eml", "out.eml");
    for (const reader of [ALICE, BOB]) {
      const described = opened("out.eml", ...reader);
      expect(layerTypes(described)).toEqual(["enveloped-data", "multipart-signed"]);
      expect(described["verdict"]).toMatchObject({
        signature: "valid",
        encryption: "unauthenticated",
        sender: "matches",
      });
    }
  });

  it("with --triple-wrap signs once more outside", () => {
    run(
      "protect",
      ...ALICE,
      "--to",
      "p256.pem",
      "--triple-wrap",
      "--opaque",
      "--cipher",
      "aes-256-gcm",
      "in.eml",
      "out.eml",
    );
    const described = opened("out.eml", ...BOB);
    expect(layerTypes(described)).toEqual(["signed-data", "authenveloped-data", "signed-data"]);
    expect(described["verdict"]).toMatchObject({ signature: "valid", encryption: "authenticated", sender: "matches" });
  });

  it("needs both a signer and a recipient", () => {
    expect(signet(["protect", ...ALICE, "in.eml", "out.eml"]).status).toBe(2);
    expect(signet(["protect", "--to", "p256.pem", "in.eml", "out.eml"]).status).toBe(2);
  });
});
