import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { certificate, type TestCertificate } from "../../testing/certificate-builder.ts";
import { ALICE, bytesOf, HEADER, identityOf, lines, open, ROOT, somebody, textOf } from "../../testing/mail-builder.ts";
import { importPrivateKey } from "../primitives/private-key.ts";
import { signMessage } from "./protect.ts";
import type { SigningOptions } from "./sign-entity.ts";

const AT = new Date("2026-06-01T12:00:00Z");
const MESSAGE = bytesOf(lines(...HEADER, "Content-Type: text/plain; charset=utf-8", "", "Hello", ""));

async function sign(
  owner: TestCertificate,
  options: Partial<SigningOptions> = {},
  message: Uint8Array = MESSAGE,
): Promise<Uint8Array> {
  return signMessage(message, { identity: await identityOf(owner), form: "clear", signingTime: AT, ...options });
}

/** What OpenSSL prints of the structure. */
function printed(message: Uint8Array): string {
  return execFileSync("openssl", ["cms", "-cmsout", "-print", "-noout"], { input: message, encoding: "latin1" });
}

const by = (kind: Parameters<ReturnType<typeof certificate>["key"]>[0]) =>
  certificate().email("alice@example.com").key(kind).issuedBy(ROOT).build();

describe("what is signed", () => {
  it("carries the seven attributes, as OpenSSL reads them", async () => {
    const text = printed(await sign(ALICE));
    const signed = text.slice(
      text.indexOf("signedAttrs:"),
      text.indexOf("signatureAlgorithm:", text.indexOf("signedAttrs:")),
    );
    const types = [...signed.matchAll(/^\s+object: (.+)$/gm)].map(([, type = ""]) => type.replace(/ \(.*/, ""));
    expect(types.sort()).toEqual([
      "S/MIME Capabilities",
      "contentType",
      "id-smime-aa-encrypKeyPref",
      "id-smime-aa-signingCertificateV2",
      "messageDigest",
      "signingTime",
      "undefined",
    ]);
    // OpenSSL has no name for CMSAlgorithmProtection (RFC 6211).
    expect(signed).toContain("(1.2.840.113549.1.9.52)");
    expect(signed).toContain("UTCTIME:Jun  1 12:00:00 2026 GMT");
  });

  it("carries the chain without its root (RFC 8551 section 2.3)", async () => {
    const middle = certificate().subject("CN=Middle").ca().issuedBy(ROOT).build();
    const leaf = certificate().email("alice@example.com").key("p-256").issuedBy(middle).build();
    const chain = [ROOT.certificate, middle.certificate];
    const identity = { certificate: leaf.certificate, key: await importPrivateKey(leaf.privateKeyPkcs8), chain };
    const text = printed(await sign(leaf, { identity }));
    const subjects =
      text.slice(text.indexOf("certificates:"), text.indexOf("signerInfos:")).match(/subject: .*/g) ?? [];
    expect(subjects).toHaveLength(2);
    expect(subjects.join()).toContain("CN=Middle");
    expect(subjects.join()).not.toContain("Practice Root");
  });

  it.each([
    ["rsa-2048", "sha-256", "rsa-pkcs1"],
    ["p-256", "sha-256", "ecdsa"],
    ["p-384", "sha-384", "ecdsa"],
    ["p-521", "sha-512", "ecdsa"],
  ] as const)("by %s is digested with %s unless something else is asked", async (kind, digest, signature) => {
    const message = await sign(by(kind));
    expect(textOf(message)).toContain(`micalg=${digest}`);
    expect((await open(message)).layers).toMatchObject([{ signers: [{ digest, signature }] }]);
    const other = await open(await sign(by(kind), { digest: "sha-512" }));
    expect(other.layers).toMatchObject([{ signers: [{ digest: "sha-512" }] }]);
    expect(other.verdict.signature).toBe("valid");
  });

  it.each([
    ["sha-256", "20"],
    ["sha-384", "30"],
    ["sha-512", "40"],
  ] as const)("by RSA-PSS with %s has a salt as long as the digest (RFC 4056 section 3)", async (digest, salt) => {
    const text = printed(await sign(by("rsa-2048"), { rsaScheme: "rsa-pss", digest }));
    const [, algorithm = ""] = text.split("algorithm: rsassaPss");
    // saltLength is the only INTEGER of RSASSA-PSS-params; OpenSSL prints it in hexadecimal.
    expect(/INTEGER +:([0-9A-F]+)/.exec(algorithm)?.[1]).toBe(salt);
  });

  it("is by RSA-PSS where the key is for nothing else (RFC 4055 section 1.2)", async () => {
    const message = await sign(by("rsa-pss"));
    expect(printed(message)).toContain("algorithm: rsassaPss");
    expect((await open(message)).verdict.signature).toBe("valid");
  });
});

describe("a message that transports would change", () => {
  const body = (...content: readonly string[]) => bytesOf(lines(...HEADER, ...content));

  it("is signed clear in seven bits, with the same text", async () => {
    const eightBit = body(
      "Content-Type: text/plain; charset=iso-8859-1",
      "Content-Transfer-Encoding: 8bit",
      "",
      "Gr\xfc\xdfe ",
      "From here",
      "",
    );
    const message = await sign(ALICE, {}, eightBit);
    expect(textOf(message)).toMatch(/^[\0-\x7f]*$/);
    expect(textOf(message)).not.toMatch(/^From /m);
    const opened = await open(message);
    expect(opened.verdict.signature).toBe("valid");
    expect(opened.layers.map(({ type }) => type)).toEqual(["multipart-signed"]);
  });

  it("is signed opaque where a part of it must not be encoded anew", async () => {
    const inner = ["Content-Type: multipart/signed; protocol=x/y; micalg=z; boundary=in", "", "--in"];
    const signed = [
      ...inner,
      "Content-Type: text/plain; charset=utf-8",
      "Content-Transfer-Encoding: 8bit",
      "",
      "Gr\xc3\xbc\xc3\x9fe",
    ];
    const message = await sign(ALICE, {}, body(...signed, "--in", "Content-Type: x/y", "", "z", "--in--", ""));
    const opened = await open(message);
    expect(opened.layers[0]?.type).toBe("signed-data");
    expect(opened.verdict.signature).toBe("valid");
  });

  it("has lines of CRLF, whatever it came with", async () => {
    const lf = bytesOf(textOf(MESSAGE).replaceAll("\r\n", "\n"));
    const text = textOf(await sign(ALICE, {}, lf));
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  });
});

describe("an identity that must not sign", () => {
  it.each([
    ["keyEncipherment only", ["keyEncipherment"] as const, false],
    ["digitalSignature", ["digitalSignature"] as const, true],
    ["nonRepudiation", ["nonRepudiation"] as const, true],
  ])("is told by keyUsage: %s (RFC 8550 section 4.4.2)", async (_name, usages, isAllowed) => {
    const owner = certificate()
      .email("alice@example.com")
      .key("p-256")
      .keyUsage(...usages)
      .issuedBy(ROOT)
      .build();
    const signing = sign(owner);
    if (isAllowed) await expect(signing).resolves.toBeInstanceOf(Uint8Array);
    else await expect(signing).rejects.toMatchObject({ code: "sign.unusable-certificate" });
  });

  it("is one whose key is not the certificate's", async () => {
    const bob = somebody("bob@example.com");
    const identity = { ...(await identityOf(ALICE)), certificate: bob.certificate };
    await expect(sign(ALICE, { identity })).rejects.toMatchObject({ code: "sign.key-mismatch" });
  });
});
