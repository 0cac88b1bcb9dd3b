import { execFileSync } from "node:child_process";
import { beforeAll, describe, expect, it } from "vitest";
import { readCertificateContainer } from "../../src/engine/x509/containers.ts";
import { writeCertificateBag } from "../../src/engine/x509/p7b.ts";
import { writePem } from "../../src/engine/x509/pem.ts";
import { at, openssl, read, write } from "./openssl.ts";
import { makePki } from "./pki.ts";

beforeAll(() => {
  makePki(["rsa2048", "p256"]);
});

const certificates = () =>
  ["rsa2048.pem", "p256.pem", "ca.pem"].flatMap((name) => readCertificateContainer(read(name)).certificates);

describe("a P7B that we write", () => {
  it("holds for OpenSSL and Java what went in", () => {
    write("ours.p7b", writeCertificateBag(certificates()));
    const printed = openssl("pkcs7", "-inform", "DER", "-in", "ours.p7b", "-print_certs").toString();
    expect(printed.match(/BEGIN CERTIFICATE/g)).toHaveLength(3);
    for (const name of ["CN = rsa2048", "CN = p256", "CN = Practice CA"]) expect(printed).toContain(`subject=${name}`);
    const java = execFileSync("keytool", ["-J-Duser.language=en", "-printcert", "-file", at("ours.p7b")], {
      encoding: "utf8",
    });
    expect(java.match(/^Owner: /gm)).toHaveLength(3);
  });

  it("is read in PEM by OpenSSL too, and one of OpenSSL by us", () => {
    write("ours.pem", writePem("PKCS7", writeCertificateBag(certificates())));
    expect(
      openssl("pkcs7", "-in", "ours.pem", "-print_certs")
        .toString()
        .match(/BEGIN CERTIFICATE/g),
    ).toHaveLength(3);
    openssl(
      "crl2pkcs7",
      "-nocrl",
      "-certfile",
      "rsa2048.pem",
      "-certfile",
      "ca.pem",
      "-outform",
      "DER",
      "-out",
      "theirs.p7b",
    );
    expect(readCertificateContainer(read("theirs.p7b"))).toMatchObject({ kind: "p7b", certificates: [{}, {}] });
  });
});
