import { beforeAll, describe, expect, it } from "vitest";
import { makePki, messageFrom } from "../pki.ts";
import { openssl, read, write } from "../openssl.ts";
import { line, lines, sha256, signet } from "./signet.ts";

const TEXT = "Hello Bob,\r\nthis is it.\r\n";
const ENTITY = `Content-Type: text/plain\r\n\r\n${TEXT}`;
const SIGNER = ["-signer", "rsa2048.pem", "-inkey", "rsa2048.key"];
const FROM = ["-from", "rsa2048@example.com", "-to", "bob@example.com", "-subject", "Practice"];
const BOB = ["--key", "p256.key", "--cert", "p256.pem"];

beforeAll(() => {
  makePki(["rsa2048", "p256"]);
  write("entity.txt", ENTITY);
  openssl("cms", "-sign", "-in", "entity.txt", "-out", "signed.eml", ...SIGNER, ...FROM);
  openssl("cms", "-sign", "-in", "entity.txt", "-out", "inner.eml", ...SIGNER);
  openssl("cms", "-encrypt", "-in", "inner.eml", "-out", "both.eml", "-aes256", ...FROM, "p256.pem", "rsa2048.pem");
  openssl("cms", "-encrypt", "-in", "entity.txt", "-out", "to-rsa.eml", "-aes256", "rsa2048.pem");
  openssl("cms", "-encrypt", "-in", "entity.txt", "-out", "to-ec.eml", "-aes-256-gcm", "p256.pem");
});

const lf = (text: string) => text.replaceAll("\r\n", "\n");
const text = (name: string) => new TextDecoder().decode(read(name));
/** CRLF, whatever line ends OpenSSL gave the file. */
const crlf = (name: string) => lf(text(name)).replaceAll("\n", "\r\n");

function verdict(...args: readonly string[]): unknown {
  return line(["open", "--trust", "ca.pem", ...args])["verdict"];
}

describe("signet open prints of a message that is signed, then encrypted", () => {
  const serial = () =>
    openssl("x509", "-in", "rsa2048.pem", "-noout", "-serial").toString().trim().slice(7).toLowerCase();

  it("everything that cli.md promises, under its names", () => {
    const described = line(["open", ...BOB, "--trust", "ca.pem", "both.eml"]);
    expect(described).toMatchObject({
      file: "both.eml",
      error: null,
      layers: [
        {
          type: "enveloped-data",
          cipher: "aes-256-cbc",
          recipient: { kind: "kari", match: "issuer-serial" },
          covers: { size: expect.any(Number) as number, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
        },
        {
          type: "multipart-signed",
          signers: [
            {
              subject: "CN=rsa2048",
              emails: ["rsa2048@example.com"],
              issuer: "CN=Practice CA",
              serial: serial(),
              digest: "sha-256",
              signature: "rsa-pkcs1",
              signingTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
              integrity: { status: "valid" },
              path: { status: "trusted" },
              revocation: { status: "not-checked" },
              sender: { status: "matches" },
            },
          ],
          covers: { size: ENTITY.length, sha256: sha256(ENTITY) },
        },
      ],
      verdict: { signature: "valid", encryption: "unauthenticated", sender: "matches" },
      content: { type: "text/plain", size: ENTITY.length, sha256: sha256(ENTITY) },
      nested: [],
      parts: [
        {
          path: "1",
          type: "text/plain",
          name: null,
          size: TEXT.length,
          sha256: sha256(TEXT),
          covered: "signed+encrypted",
        },
      ],
    });
    expect(Object.keys(described)).toEqual(
      expect.arrayContaining(["file", "error", "layers", "verdict", "content", "nested", "parts"]),
    );
    expect(Object.keys(described["verdict"] as object)).toEqual(["signature", "encryption", "sender", "reasons"]);
  });

  it("that it cannot be decrypted without a key, and nothing of what is inside", () => {
    expect(line(["open", "--trust", "ca.pem", "both.eml"])).toMatchObject({
      layers: [{ type: "enveloped-data", recipient: null, covers: null }],
      verdict: { signature: "none", encryption: "cannot-decrypt", sender: "none", reasons: ["decrypt.no-key"] },
      content: null,
      parts: [],
    });
  });

  it("how the key was found", () => {
    const layers = (file: string) =>
      line(["open", ...BOB, "--key", "rsa2048.key", "--cert", "rsa2048.pem", file])["layers"];
    expect(layers("to-rsa.eml")).toMatchObject([
      { type: "enveloped-data", recipient: { kind: "ktri", algorithm: "rsa-pkcs1", match: "issuer-serial" } },
    ]);
    expect(layers("to-ec.eml")).toMatchObject([
      { type: "authenveloped-data", cipher: "aes-256-gcm", recipient: { kind: "kari" } },
    ]);
  });
});

describe("signet open judges", () => {
  it("by Mozilla's roots where no anchor is given, which do not know a practice CA", () => {
    expect(line(["open", "signed.eml"])["verdict"]).toMatchObject({
      signature: "untrusted",
      reasons: expect.arrayContaining(["unknown-issuer"]) as string[],
    });
  });

  it("by anchors in PEM, DER, P7B and SST, several of them", () => {
    openssl("x509", "-in", "ca.pem", "-outform", "DER", "-out", "ca.der");
    openssl("crl2pkcs7", "-nocrl", "-certfile", "ca.pem", "-outform", "DER", "-out", "ca.p7b");
    openssl("crl2pkcs7", "-nocrl", "-certfile", "ca.pem", "-out", "ca-pem.p7b");
    const der = read("ca.der");
    const element = new DataView(new ArrayBuffer(12));
    [0x20, 1, der.length].forEach((word, i) => {
      element.setUint32(4 * i, word, true);
    });
    const end = new Uint8Array(12);
    write("ca.sst", Buffer.concat([Buffer.from("\0\0\0\0CERT"), Buffer.from(element.buffer), der, end]));
    for (const anchor of ["ca.pem", "ca.der", "ca.p7b", "ca-pem.p7b", "ca.sst"]) {
      expect(line(["open", "--trust", anchor, "signed.eml"])["verdict"]).toMatchObject({ signature: "valid" });
    }
    const several = line(["open", "--trust", "p256.pem", "--trust", "ca.sst", "signed.eml"]);
    expect(several["verdict"]).toMatchObject({ signature: "valid" });
  });

  it("by the time of --at", () => {
    expect(verdict("--at", "2056-01-01T00:00:00Z", "signed.eml")).toMatchObject({
      signature: "valid",
      reasons: expect.arrayContaining(["expired-since"]) as string[],
    });
    expect(verdict("--at", "2016-01-01T00:00:00Z", "signed.eml")).not.toMatchObject({ signature: "valid" });
  });

  it("by intermediates that are given, and passes over those that cannot be read", () => {
    openssl("cms", "-sign", "-nocerts", "-in", "entity.txt", "-out", "bare-signer.eml", ...SIGNER, ...FROM);
    const given = ["--intermediate", "entity.txt", "--intermediate", "rsa2048.pem"];
    expect(verdict(...given, "bare-signer.eml")).toMatchObject({ signature: "valid" });
  });

  it("each file on a line of its own, in order, whatever the verdict", () => {
    write("altered.eml", text("signed.eml").replace("this is it", "this is IT"));
    const run = signet(["open", "--trust", "ca.pem", "signed.eml", "altered.eml", "entity.txt"]);
    expect(run.status).toBe(0);
    const signatures = lines(run).map(({ file, verdict: found }) => [file, (found as { signature: string }).signature]);
    expect(signatures).toEqual([
      ["signed.eml", "valid"],
      ["altered.eml", "invalid"],
      ["entity.txt", "none"],
    ]);
  });
});

describe("signet open reads", () => {
  const expected = { content: { type: "text/plain", size: ENTITY.length, sha256: sha256(ENTITY) } };

  it.each([
    ["a file with LF", () => lf(text("signed.eml"))],
    ["a file with CRLF", () => crlf("signed.eml")],
    ["an mbox of one message", () => `From bob@example.com Fri Nov 20 10:00:00 2026\n${lf(text("signed.eml"))}\n`],
    ["a MIME entity without other fields", () => crlf("inner.eml")],
  ])("%s, and hashes what was signed in CRLF", (_name, content) => {
    write("read.eml", content());
    const described = line(["open", "--trust", "ca.pem", "read.eml"]);
    expect(described).toMatchObject({
      ...expected,
      layers: [{ covers: { size: ENTITY.length, sha256: sha256(ENTITY) } }],
      verdict: { signature: "valid" },
    });
  });

  it("standard input", () => {
    const described = line(["open", "--trust", "ca.pem", "-"], read("signed.eml"));
    expect(described).toMatchObject({ file: "-", ...expected, verdict: { signature: "valid" } });
  });

  it.each(["DER", "PEM"])("a bare CMS object in %s", (format) => {
    openssl("cms", "-sign", "-nodetach", "-in", "entity.txt", "-outform", format, "-out", "bare.p7m", ...SIGNER);
    expect(line(["open", "--trust", "ca.pem", "bare.p7m"])).toMatchObject({
      ...expected,
      layers: [{ type: "signed-data" }],
      verdict: { signature: "valid", sender: "no-address" },
    });
  });

  it("a bare signature beside its --content", () => {
    openssl("cms", "-sign", "-in", "entity.txt", "-outform", "DER", "-out", "bare.p7s", ...SIGNER);
    expect(verdict("--content", "entity.txt", "bare.p7s")).toMatchObject({ signature: "valid" });
    write("other.txt", ENTITY.replace("it", "IT"));
    expect(verdict("--content", "other.txt", "bare.p7s")).toMatchObject({ signature: "invalid" });
  });

  it("a PKCS#12 identity by the passphrase in the file behind it, and several", () => {
    const exportOf = (kind: string, passphrase: string) => {
      const pair = ["-in", `${kind}.pem`, "-inkey", `${kind}.key`];
      openssl("pkcs12", "-export", ...pair, "-passout", `pass:${passphrase}`, "-out", `${kind}.p12`);
      write(`${kind}.pass`, `${passphrase}\r\nmore\n`);
      return ["--identity", `${kind}.p12`, "--passphrase-file", `${kind}.pass`];
    };
    const both = [...exportOf("rsa2048", "first"), ...exportOf("p256", "Grüße")];
    expect(verdict(...both, "to-rsa.eml")).toMatchObject({ encryption: "unauthenticated" });
    expect(verdict(...both, "to-ec.eml")).toMatchObject({ encryption: "authenticated" });
    const swapped = ["--identity", "rsa2048.p12", "--passphrase-file", "p256.pass"];
    const { status, stdout, stderr } = signet(["open", ...swapped, "to-rsa.eml"]);
    expect([status, stdout.toString()]).toEqual([1, ""]);
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: "pkcs12.wrong-passphrase" } });
    expect(stderr).not.toContain("Grüße");
  });

  it("keys in DER", () => {
    openssl("pkey", "-in", "p256.key", "-outform", "DER", "-out", "p256.key.der");
    openssl("x509", "-in", "p256.pem", "-outform", "DER", "-out", "p256.der");
    expect(verdict("--cert", "p256.der", "--key", "p256.key.der", "to-ec.eml")).toMatchObject({
      encryption: "authenticated",
    });
  });
});

describe("signet open says why it cannot read", () => {
  it.each([
    ["a message whose CMS is cut", () => text("to-rsa.eml").slice(0, -400)],
    ["a bare CMS that is cut", () => read("bare.p7m").subarray(0, 300)],
  ])("%s", (_name, content) => {
    openssl("cms", "-sign", "-nodetach", "-in", "entity.txt", "-outform", "DER", "-out", "bare.p7m", ...SIGNER);
    write("cut.eml", content());
    const run = signet(["open", "cut.eml", "signed.eml"]);
    expect(run.status).toBe(1);
    expect(lines(run)).toMatchObject([
      { file: "cut.eml", error: { code: expect.stringMatching(/^malformed\./) as string, context: {} } },
      { file: "signed.eml", error: null },
    ]);
  });
});

describe("signet open --nested", () => {
  const forward = () => {
    const inner = crlf("signed.eml");
    const parts = ["Content-Type: text/plain\r\n\r\nsee below\r\n", `Content-Type: message/rfc822\r\n\r\n${inner}`];
    const header =
      'From: carol@example.com\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="fw"\r\n\r\n';
    write("forward.eml", `${header}${parts.map((part) => `--fw\r\n${part}\r\n`).join("")}--fw--\r\n`);
  };

  it("opens what is signed below the root, on its own; the root's verdict stays none", () => {
    forward();
    const closed = line(["open", "--trust", "ca.pem", "forward.eml"]);
    expect(closed).toMatchObject({ verdict: { signature: "none" }, nested: [{ type: "multipart-signed" }] });
    const [unopened] = closed["nested"] as Readonly<Record<string, unknown>>[];
    expect(Object.keys(unopened ?? {})).toEqual(["path", "type"]);
    expect(line(["open", "--nested", "--trust", "ca.pem", "forward.eml"])).toMatchObject({
      verdict: { signature: "none", sender: "none" },
      nested: [{ type: "multipart-signed", layers: [{ type: "multipart-signed" }], verdict: { signature: "valid" } }],
    });
  });
});

describe("signet open --extract", () => {
  it("writes the innermost entity and its leaf parts, numbered by file and part", () => {
    const leaf = "Content-Type: text/plain\r\n\r\none\r\n";
    const attached =
      "Content-Type: application/octet-stream; name=../../evil\r\nContent-Transfer-Encoding: base64\r\n\r\nAAEC\r\n";
    write("mixed.txt", `Content-Type: multipart/mixed; boundary=mix\r\n\r\n--mix\r\n${leaf}\r\n--mix\r\n${attached}--mix--\r\n`); // prettier-ignore
    openssl("cms", "-sign", "-in", "mixed.txt", "-out", "mixed.eml", ...SIGNER, ...FROM);
    const run = signet(["open", ...BOB, "--trust", "ca.pem", "--extract", "new/deep", "both.eml", "mixed.eml"]);
    expect(run.status).toBe(0);
    expect(text("new/deep/1.mime")).toBe(ENTITY);
    expect(text("new/deep/1-1")).toBe(TEXT);
    expect(text("new/deep/2.mime")).toBe(text("mixed.txt"));
    expect(text("new/deep/2-1.1")).toBe("one\r\n");
    expect(read("new/deep/2-1.2")).toEqual(Uint8Array.of(0, 1, 2));
    const [, mixed] = lines(run);
    expect(mixed?.["parts"]).toMatchObject([
      { path: "1.1", covered: "signed" },
      { path: "1.2", size: 3, sha256: sha256(Uint8Array.of(0, 1, 2)) },
    ]);
  });
});

describe("signet open hashes", () => {
  it("exact octets where they are no text", () => {
    const header = Buffer.from("Content-Type: application/octet-stream\r\n\r\n");
    const octets = Buffer.concat([header, Uint8Array.of(0, 10, 13, 10, 255)]);
    write("binary.txt", octets);
    openssl(
      "cms",
      "-sign",
      "-binary",
      "-nodetach",
      "-in",
      "binary.txt",
      "-outform",
      "DER",
      "-out",
      "binary.p7m",
      ...SIGNER,
    );
    expect(line(["open", "--trust", "ca.pem", "binary.p7m"])).toMatchObject({
      layers: [{ covers: { size: octets.length, sha256: sha256(octets) } }],
      parts: [{ size: 5, sha256: sha256(octets.subarray(-5)) }],
    });
  });

  it("text of a message that is not protected in CRLF", () => {
    const message = messageFrom("rsa2048");
    write("plain.eml", lf(message));
    expect(line(["open", "plain.eml"])["content"]).toMatchObject({ sha256: sha256(message) });
  });
});
