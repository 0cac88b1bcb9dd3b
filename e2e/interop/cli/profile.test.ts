import { beforeAll, describe, expect, it } from "vitest";
import { openssl, read, write } from "../openssl.ts";
import { makePki, messageFrom } from "../pki.ts";
import { type Line, line, lines, signet } from "./signet.ts";

const ALICE = ["--key", "rsa2048.key", "--cert", "rsa2048.pem"];
const BOB = ["--key", "p256.key", "--cert", "p256.pem"];
const TRUST = ["--trust", "ca.pem"];

beforeAll(() => {
  makePki(["rsa2048", "p256"]);
  write("in.eml", messageFrom("rsa2048").replace("bob@example.com", "p256@example.com"));
  write("old", "secret\n");
  write("new", "Schönes Paßwort\n");
});

function run(...args: readonly string[]): void {
  const { status, stdout, stderr } = signet(args);
  expect({ status, stdout: stdout.toString(), stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
}

const opened = (file: string, ...more: readonly string[]): Line => line(["open", ...TRUST, ...more, file]);
const text = (name: string): string => new TextDecoder().decode(read(name));

describe("signed receipts", () => {
  const asking = ["--receipt-to", "rsa2048@example.com"];

  it("are asked for, written, and prove who read the message", () => {
    run("protect", ...ALICE, ...asking, "--to", "p256.pem", "in.eml", "sent.eml");
    run("receipt", ...BOB, ...TRUST, "sent.eml", "receipt.eml");
    expect(opened("receipt.eml", ...ALICE, "--answers", "sent.eml")).toMatchObject({
      verdict: { signature: "valid", sender: "matches" },
      content: null,
      receipt: { status: "proof", by: ["p256@example.com"] },
    });
    run("sign", ...ALICE, ...asking, "in.eml", "other.eml");
    expect(opened("receipt.eml", "--answers", "other.eml")).toMatchObject({
      receipt: { status: "no-proof", reason: "other-message" },
    });
  });

  it("fit for OpenSSL", () => {
    run("sign", ...ALICE, ...asking, "in.eml", "sent.eml");
    run("receipt", ...BOB, ...TRUST, "sent.eml", "receipt.eml");
    expect(() =>
      openssl("cms", "-verify_receipt", "receipt.eml", "-in", "sent.eml", "-CAfile", "ca.pem"),
    ).not.toThrow();
  });

  it("are not written unasked, nor for a signature that does not fit", () => {
    run("sign", ...ALICE, "in.eml", "sent.eml");
    const unasked = signet(["receipt", ...BOB, ...TRUST, "sent.eml", "receipt.eml"]);
    expect([unasked.status, unasked.stderr]).toEqual([1, expect.stringContaining("receipt.not-requested")]);
    run("sign", ...ALICE, ...asking, "--opaque", "in.eml", "sent.eml");
    const untrusted = signet(["receipt", ...BOB, "--trust", "p256.pem", "sent.eml", "receipt.eml"]);
    expect([untrusted.status, untrusted.stderr]).toEqual([1, expect.stringContaining("receipt.not-confirmed")]);
  });
});

describe("what a signer says beside", () => {
  it("is printed: label, capabilities, request", () => {
    const label = ["--label", "1.2.3.4", "--classification", "3", "--privacy-mark", "FOR THE BOARD"];
    run(
      "sign",
      ...ALICE,
      ...label,
      "--receipt-to",
      "a@example.com",
      "--receipt-from",
      "first-tier",
      "in.eml",
      "out.eml",
    );
    expect(opened("out.eml")).toMatchObject({
      layers: [
        {
          signers: [
            {
              claims: {
                securityLabel: { policy: "1.2.3.4", classification: 3, privacyMark: "FOR THE BOARD", categories: [] },
                receiptRequest: { from: "first-tier", to: ["a@example.com"] },
                capabilities: [{ oid: "2.16.840.1.101.3.4.1.42", parameters: null }, {}, {}],
              },
            },
          ],
        },
      ],
    });
  });

  it.each([
    ["--label", "abc"],
    ["--classification", "1"],
    ["--label", "1.2.3", "--classification", "257"],
  ])("is refused where it is none: %s %s", (...options) => {
    expect(signet(["sign", ...ALICE, ...options, "in.eml", "out.eml"]).status).toBe(2);
  });
});

describe("header protection", () => {
  it("hides by policy, and repeats in the text what older programs do not find", () => {
    run("protect", ...ALICE, "--to", "p256.pem", "--header-policy", "shy", "--legacy-display", "in.eml", "out.eml");
    expect(text("out.eml")).toMatch(/^From: rsa2048@example.com\r\n/);
    expect(text("out.eml")).toContain("Subject: [...]\r\n");
    const described = opened("out.eml", ...BOB);
    const fields = (described["header"] as { fields: { name: string; status: string }[] }).fields;
    const status = (wanted: string) => fields.find(({ name }) => name === wanted)?.status;
    expect([status("Subject"), status("From"), status("Message-ID")]).toEqual([
      ...["signed+encrypted", "signed+encrypted", "signed"],
    ]);
    openssl("cms", "-decrypt", "-in", "out.eml", "-inkey", "p256.key", "-recip", "p256.pem", "-out", "inner.eml");
    expect(text("inner.eml")).toMatch(/hp-legacy-display="?1/);
    expect(text("inner.eml")).toMatch(/\r\n\r\nFrom: Practice <[^>]*>\r\nTo: Bob <[^>]*>\r\nSubject: Practice\r\n\r\n/);
  });
});

describe("signet export", () => {
  it("writes a PKCS#12 file under another passphrase, which OpenSSL reads", () => {
    const pair = ["-in", "p256.pem", "-inkey", "p256.key", "-certfile", "ca.pem"];
    openssl("pkcs12", "-export", "-legacy", ...pair, "-passout", "pass:secret", "-out", "old.p12");
    const passphrases = ["--passphrase-file", "old", "--new-passphrase-file", "new"];
    run("export", "--format", "pkcs12", ...passphrases, "old.p12", "new.p12");
    openssl("pkcs12", "-in", "new.p12", "-passin", "file:new", "-nodes", "-out", "all.pem");
    expect(text("all.pem")).toContain("BEGIN PRIVATE KEY");
    expect(line(["certs", "--passphrase-file", "new", "new.p12"])).toMatchObject({
      mac: { digest: "sha-256", iterations: 600_000 },
      keys: 1,
    });
    run("export", "--format", "pkcs12", "--pbmac1", ...passphrases, "old.p12", "new.p12");
    expect(line(["certs", "--passphrase-file", "new", "new.p12"])).toMatchObject({
      mac: { digest: "sha-256" },
      keys: 1,
    });
  });

  it.each([
    ["p7b", "p7b"],
    ["pem", "pem"],
    ["der", "der"],
    ["vcard3", "vcard"],
    ["vcard4", "vcard"],
  ])("writes %s, and no key", (format, kind) => {
    run("export", "--format", format, "p256.pem", "out");
    expect(lines(signet(["certs", "out"]))).toMatchObject([{ kind, keys: 0, certificates: [{ subject: "CN=p256" }] }]);
  });
});
