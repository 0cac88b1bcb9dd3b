import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toHex } from "../bytes/hex.ts";
import { SmimeError } from "../errors.ts";
import { isPkcs12, readCertificateContainer, readCertificates, readCertificateWithChain } from "./containers.ts";
import { writePem } from "./pem.ts";

const folder = mkdtempSync(join(tmpdir(), "signet-containers-"));
const path = (name: string) => join(folder, name);
const file = (name: string) => new Uint8Array(readFileSync(path(name)));
const text = (name: string) => readFileSync(path(name), "latin1");
const ascii = (content: string) => new Uint8Array(Buffer.from(content, "latin1"));

function openssl(...args: string[]): Uint8Array {
  return new Uint8Array(execFileSync("openssl", args, { cwd: folder, stdio: ["ignore", "pipe", "ignore"] }));
}

/** What OpenSSL says a certificate's DER is. */
const expected: string[] = [];
const hexOf = (input: Uint8Array) => readCertificates(input).map(({ der }) => toHex(der));

/** Elements of a serialized store: id and content. */
function store(...elements: readonly [id: number, content: Uint8Array][]): Uint8Array {
  const pieces = [Buffer.from("0000000043455254", "hex")];
  for (const [id, content] of elements) {
    const header = Buffer.alloc(12);
    header.writeUInt32LE(id, 0);
    header.writeUInt32LE(id === 0 ? 0 : 1, 4);
    header.writeUInt32LE(content.length, 8);
    pieces.push(header, Buffer.from(content));
  }
  return new Uint8Array(Buffer.concat(pieces));
}
const END: [number, Uint8Array] = [0, new Uint8Array()];

function code(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof SmimeError) return error.code;
    throw error;
  }
  return "none";
}

beforeAll(() => {
  for (const name of ["a", "b"]) {
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", `/CN=${name}`,
      "-days", "30", "-keyout", `${name}.key`, "-out", `${name}.pem`); // prettier-ignore
    openssl("x509", "-in", `${name}.pem`, "-outform", "DER", "-out", `${name}.der`);
    expected.push(toHex(file(`${name}.der`)));
  }
  openssl("crl2pkcs7", "-nocrl", "-certfile", "a.pem", "-certfile", "b.pem", "-out", "ab.p7b.pem");
  openssl("crl2pkcs7", "-nocrl", "-certfile", "a.pem", "-certfile", "b.pem", "-outform", "DER", "-out", "ab.p7b");
  openssl("x509", "-in", "a.pem", "-trustout", "-addtrust", "emailProtection", "-out", "a.trusted.pem");
  openssl("pkcs12", "-export", "-in", "a.pem", "-inkey", "a.key", "-passout", "pass:x", "-out", "a.p12");
  writeFileSync(path("mail.txt"), "Hello");
  openssl("cms", "-sign", "-signer", "a.pem", "-inkey", "a.key", "-certfile", "b.pem", "-in", "mail.txt", "-stream",
    "-nodetach", "-outform", "DER", "-out", "signed.p7m"); // prettier-ignore
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("the certificates of a file", () => {
  it("reads a DER certificate", () => {
    expect(hexOf(file("a.der"))).toEqual([expected[0]]);
    expect(readCertificateContainer(file("a.der")).kind).toBe("der");
  });

  it("reads several PEM blocks with text, keys and other line ends between them", () => {
    const bundle = `Subject: CN=a\n\n${text("a.pem")}${text("a.key")}# and: b\n${text("b.pem").replaceAll("\n", "\r\n")}`;
    expect(hexOf(ascii(bundle))).toEqual(expected);
    expect(readCertificateContainer(ascii(bundle)).kind).toBe("pem");
  });

  it("reads PEM with the byte order mark of UTF-8, UTF-16LE and UTF-16BE", () => {
    const little = Buffer.from("\ufeff" + text("a.pem"), "utf16le");
    for (const marked of [Buffer.from("\ufeff" + text("a.pem")), little, Buffer.from(little).swap16()]) {
      expect(hexOf(new Uint8Array(marked))).toEqual([expected[0]]);
    }
  });

  it("reads PEM whose explanatory text begins like a SEQUENCE or has characters beyond ASCII", () => {
    expect(hexOf(ascii(`0) first\n${text("a.pem")}`))).toEqual([expected[0]]);
    expect(hexOf(ascii(`0\n${text("a.pem")}`))).toEqual([expected[0]]);
    expect(hexOf(new Uint8Array(Buffer.from(`Größe\n${text("a.pem")}`)))).toEqual([expected[0]]);
  });

  it.each(["X509 CERTIFICATE", "X.509 CERTIFICATE"])("reads the label %s", (label) => {
    expect(hexOf(ascii(writePem(label, file("a.der"))))).toEqual([expected[0]]);
  });

  it("reads OpenSSL's TRUSTED CERTIFICATE without its trust settings", () => {
    expect(hexOf(file("a.trusted.pem"))).toEqual([expected[0]]);
  });

  it("reads P7B as DER, PEM and bare base64", () => {
    expect(readCertificateContainer(file("ab.p7b")).kind).toBe("p7b");
    expect(hexOf(file("ab.p7b"))).toEqual(expected);
    expect(hexOf(file("ab.p7b.pem"))).toEqual(expected);
    expect(hexOf(ascii(writePem("CMS", file("ab.p7b"))))).toEqual(expected);
    expect(hexOf(ascii(Buffer.from(file("ab.p7b")).toString("base64")))).toEqual(expected);
  });

  it("reads the certificates of a signed message in BER", () => {
    expect(hexOf(file("signed.p7m")).sort()).toEqual([...expected].sort());
  });

  it("reads bare base64 of a certificate, as Windows writes .cer", () => {
    const lines = Buffer.from(file("a.der")).toString("base64").replaceAll(/.{64}/g, "$&\r\n");
    expect(hexOf(ascii(lines))).toEqual([expected[0]]);
  });

  it("reads a serialized store and passes over properties, CRLs and trust lists", () => {
    const friendlyName = new Uint8Array(Buffer.from("root\0", "utf16le"));
    const sst = store([0x0b, friendlyName], [0x02, ascii("key container")], [0x20, file("a.der")],
      [0x21, ascii("crl")], [0x22, ascii("ctl")], [0x20, file("b.der")], END); // prettier-ignore
    expect(readCertificateContainer(sst).kind).toBe("sst");
    expect(hexOf(sst)).toEqual(expected);
    expect(hexOf(store(END))).toEqual([]);
  });

  it("takes no other certificate for the first, where that cannot be read", () => {
    const [first, second] = readCertificates(file("ab.p7b"));
    const pem = (...ders: readonly Uint8Array[]) => ascii(ders.map((der) => writePem("CERTIFICATE", der)).join(""));
    const broken = ascii("no certificate");
    expect(readCertificateWithChain(pem(first!.der, broken, second!.der)).map(({ der }) => toHex(der))).toEqual(
      [first!, second!].map(({ der }) => toHex(der)),
    );
    expect(() => readCertificateWithChain(pem(broken, first!.der))).toThrow("malformed.certificate");
  });

  it("leaves out an unreadable certificate among others, and names it", () => {
    const sst = store([0x20, ascii("nothing")], [0x20, file("a.der")], END);
    expect(hexOf(sst)).toEqual([expected[0]]);
    expect(readCertificateContainer(sst).unreadable.map(({ error }) => error.code)).toEqual(["malformed.certificate"]);
    expect(code(() => readCertificates(store([0x20, ascii("nothing")], END)))).toBe("malformed.certificate");
  });

  it("knows PKCS#12, which needs a passphrase", () => {
    expect(isPkcs12(file("a.p12"))).toBe(true);
    expect(isPkcs12(file("a.der"))).toBe(false);
    expect(code(() => readCertificates(file("a.p12")))).toBe("unsupported.content-type");
  });
});

describe("hostile certificate files", () => {
  it.each([
    ["nothing", () => new Uint8Array(), "malformed.certificate"],
    ["prose", () => ascii("no certificate here"), "malformed.certificate"],
    ["a PEM of a key only", () => file("a.key"), "malformed.pem"],
    ["a PEM without an end", () => ascii("-----BEGIN CERTIFICATE-----\nMIIB"), "malformed.pem"],
    ["a PEM ended by another label", () => ascii(text("a.pem").replace("END CERT", "END X509 CERT")), "malformed.pem"],
    ["a PEM inside another", () => ascii(`-----BEGIN CERTIFICATE-----\n${text("a.pem")}`), "malformed.pem"],
    ["a PEM whose body is no certificate", () => ascii(writePem("CERTIFICATE", ascii("x"))), "malformed.certificate"],
    ["a certificate with trailing data", () => new Uint8Array([...file("a.der"), 0]), "malformed.certificate"],
    ["half a certificate", () => file("a.der").subarray(0, 100), "malformed.certificate"],
    ["half a P7B", () => file("ab.p7b").subarray(0, 200), "malformed.cms"],
    ["a store that ends early", () => store([0x20, file("a.der")]), "malformed.sst"],
    ["a store with trailing data", () => new Uint8Array([...store(END), 1]), "malformed.sst"],
    ["a store with a private element", () => store([0x1_0020, ascii("x")], END), "malformed.sst"],
    ["a store whose element is longer than the file",
      () => new Uint8Array([...store(), 0x20, 0, 0, 0, 1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]), "malformed.sst"],
  ] as const)("refuses %s", (_, input, expectedCode) => {
    expect(code(() => readCertificates(input()))).toBe(expectedCode);
  }); // prettier-ignore

  it("refuses more blocks and elements than any bundle has", () => {
    const blocks = "-----BEGIN X-----\n-----END X-----\n".repeat(10_001);
    expect(code(() => readCertificates(ascii(blocks)))).toBe("limit.exceeded");
    const property = store([0x03, new Uint8Array()]).subarray(8);
    const properties = Buffer.concat([store(), ...new Array<Uint8Array>(320_001).fill(property)]);
    expect(code(() => readCertificates(new Uint8Array(properties)))).toBe("limit.exceeded");
  });

  it("takes a change of any single byte with an SmimeError or a certificate", () => {
    for (const name of ["a.pem", "ab.p7b", "a.trusted.pem"]) {
      const original = file(name);
      for (let i = 0; i < original.length; i++) {
        const changed = original.slice();
        changed[i] = changed[i]! ^ 0x41;
        expect(code(() => readCertificates(changed))).toMatch(/^(none|malformed|limit|unsupported)/);
      }
    }
  });
});
