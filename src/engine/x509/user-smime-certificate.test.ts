import { describe, expect, it } from "vitest";
import { certificate } from "../../testing/certificate-builder.ts";
import { signedData } from "../../testing/cms-builder.ts";
import { toHex } from "../bytes/hex.ts";
import { writeCertificateBag } from "./p7b.ts";
import { readUserSmimeCertificate } from "./user-smime-certificate.ts";

const root = certificate().subject("CN=Root").ca().build();
const signing = certificate().subject("CN=Alice").email("alice@example.com").key("p-256").issuedBy(root).build();
const encryption = certificate().subject("CN=Alice").email("alice@example.com").issuedBy(root).build();
const EMPTY_BODY = new TextEncoder().encode("Empty Body");

const setting = (tag: number, data: Uint8Array): Uint8Array => {
  const length = data.length + 4;
  return Uint8Array.of(tag & 255, tag >> 8, length & 255, length >> 8, ...data);
};
const list = (...settings: readonly Uint8Array[]) => Uint8Array.from(settings.flatMap((octets) => [...octets]));
const found = (value: Uint8Array) => {
  const { form, encryption: own, others } = readUserSmimeCertificate(value);
  return { form, encryption: own.map(({ der }) => toHex(der)), others: others.map(({ der }) => toHex(der)) };
};

describe("userSMIMECertificate", () => {
  it("is a SignedData (RFC 2798), with a content or as Outlook and we write it without", () => {
    const signed = signedData({
      content: EMPTY_BODY,
      eContent: "attached",
      signers: [{ signer: signing, digest: "sha-1" }],
    });
    expect(found(signed)).toEqual({ form: "signed-data", encryption: [toHex(signing.der)], others: [] });
    const bag = writeCertificateBag([encryption.certificate, root.certificate]);
    expect(found(bag).form).toBe("signed-data");
    expect(found(bag).encryption.sort()).toEqual([toHex(encryption.der), toHex(root.der)].sort());
  });

  it("is a certificate alone, as many directories have it", () => {
    expect(found(encryption.der)).toEqual({ form: "certificate", encryption: [toHex(encryption.der)], others: [] });
  });

  it("is Outlook's list of settings (MS-OXOABK 2.2.4.36), which tells what each certificate is for", () => {
    const version = setting(1, Uint8Array.of(1, 0, 0, 0));
    const value = list(
      ...[version, setting(9, new Uint8Array(20)), setting(3, encryption.der), setting(4, root.der)],
      ...[setting(8, signing.der), setting(0x80, new Uint8Array(3))],
    );
    expect(found(value)).toEqual({
      form: "settings",
      encryption: [toHex(encryption.der)],
      others: [toHex(root.der), toHex(signing.der)],
    });
  });

  it.each([
    ["empty", new Uint8Array(0)],
    ["a list without certificates", setting(1, Uint8Array.of(1, 0, 0, 0))],
    ["a list that is cut", setting(3, encryption.der).subarray(0, 200)],
    ["a list with a length below its own head", Uint8Array.of(1, 0, 0, 0)],
    ["no certificate where there should be one", setting(3, new Uint8Array(20))],
    ["text", new TextEncoder().encode("certificate")],
  ])("is refused where it is %s", (_name, value) => {
    expect(() => readUserSmimeCertificate(value)).toThrow("malformed.certificate");
  });
});
