import { describe, expect, it } from "vitest";
import { KeyPurpose } from "../x509/extended-key-usage.ts";
import { certificate, type TestCertificate } from "../../testing/certificate-builder.ts";
import { signedData } from "../../testing/cms-builder.ts";
import { identityOf, lines, bytesOf, open, ROOT, signedMail, textEntity } from "../../testing/mail-builder.ts";
import { naivelyVerified } from "../../testing/openssl-cms.ts";
import { encryptMessage, signMessage } from "./protect.ts";
import { HEADER_POLICIES } from "./header-policy.ts";

const TEXT = textEntity("Hello");
const MAIL = bytesOf(lines("From: alice@example.com", "Content-Type: text/plain", "", "Hello", ""));
const person = certificate().email("alice@example.com").key("p-256").issuedBy(ROOT);

async function verdict(signer: TestCertificate): Promise<string> {
  const cms = signedData({ content: TEXT, eContent: "attached", signers: [{ signer }] });
  expect(naivelyVerified(cms)).toEqual(TEXT);
  const found = (await open(signedMail(TEXT, { signer }))).verdict;
  return `${found.signature} ${found.reasons[0] ?? ""}`;
}

describe("attack 43: a certificate for something else than mail (RFC 8550 section 4.4)", () => {
  it.each([
    ["TLS servers", person.extendedKeyUsage(KeyPurpose.serverAuth)],
    ["TLS clients", person.extendedKeyUsage(KeyPurpose.clientAuth)],
    ["code", person.extendedKeyUsage("1.3.6.1.5.5.7.3.3")],
    ["time stamps", person.extendedKeyUsage("1.3.6.1.5.5.7.3.8")],
    ["something unknown", person.extendedKeyUsage("1.3.6.1.4.1.99999.2")],
  ])("is not trusted where it is for %s", async (_name, recipe) => {
    expect(await verdict(recipe.build())).toBe("untrusted purpose-not-allowed");
  });

  it.each([
    ["mail", person.extendedKeyUsage(KeyPurpose.emailProtection)],
    ["mail and TLS", person.extendedKeyUsage(KeyPurpose.serverAuth, KeyPurpose.emailProtection)],
    ["any purpose", person.extendedKeyUsage(KeyPurpose.anyExtendedKeyUsage)],
    ["anything that it does not name", person.withoutExtendedKeyUsage()],
  ])("is trusted where it is for %s", async (_name, recipe) => {
    expect(await verdict(recipe.build())).toMatch(/^valid /);
  });

  it("is not trusted where the issuer is for something else", async () => {
    const issuer = certificate()
      .subject("CN=TLS CA")
      .ca()
      .extendedKeyUsage(KeyPurpose.serverAuth)
      .issuedBy(ROOT)
      .build();
    const signer = person.issuedBy(issuer).build();
    const found = await open(signedMail(TEXT, { signer }, { certificates: [signer, issuer] }));
    expect(found.verdict.signature).toBe("untrusted");
  });

  it.each([
    ["key agreement", person.keyUsage("keyAgreement")],
    ["certificates", person.keyUsage("keyCertSign")],
    ["revocation lists", person.keyUsage("cRLSign")],
  ])("is not trusted where the key is for %s", async (_name, recipe) => {
    expect(await verdict(recipe.build())).toBe("untrusted key-usage-not-allowed");
  });

  it.each([
    ["digitalSignature", person.keyUsage("digitalSignature")],
    ["nonRepudiation", person.keyUsage("nonRepudiation")],
    ["unnamed uses", person.withoutKeyUsage()],
  ])("is trusted where the key is for %s", async (_name, recipe) => {
    expect(await verdict(recipe.build())).toMatch(/^valid /);
  });

  it.each([
    ["its key is for something else", person.keyUsage("keyAgreement"), person.keyUsage("digitalSignature")],
    [
      "it is not for mail",
      person.extendedKeyUsage(KeyPurpose.serverAuth),
      person.extendedKeyUsage(KeyPurpose.clientAuth),
    ],
  ])("is neither signed with nor encrypted to where %s", async (_name, signer, recipient) => {
    const signing = { identity: await identityOf(signer.build()), form: "clear", signingTime: new Date(0) } as const;
    await expect(signMessage(MAIL, signing)).rejects.toMatchObject({ code: "sign.unusable-certificate" });
    const encryption = {
      recipients: [recipient.build().certificate],
      cipher: "aes-256-cbc",
      keyTransport: { kind: "rsa-pkcs1" },
      headerPolicy: HEADER_POLICIES.none,
    } as const;
    await expect(encryptMessage(MAIL, encryption)).rejects.toMatchObject({ code: "encrypt.unusable-certificate" });
  });
});
