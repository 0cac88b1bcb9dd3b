import { describe, expect, it } from "vitest";
import { certificate } from "../../testing/certificate-builder.ts";
import { costInPasses } from "../../testing/cost.ts";
import { toHex } from "../bytes/hex.ts";
import { latin1Bytes } from "../bytes/text.ts";
import { readCertificateContainer } from "./containers.ts";
import { writeCertificateBag } from "./p7b.ts";
import { writeVcard } from "./vcard.ts";

const alice = certificate().subject("CN=Alice\\; Ä,O=Example").email("alice@example.com", "a@example.com").build();
const bob = certificate().subject("CN=Bob").key("p-256").build();
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
const read = (text: string) => readCertificateContainer(new Uint8Array(Buffer.from(text, "utf8")));
const ders = (text: string) => read(text).certificates.map(({ der }) => toHex(der));
const card = (...lines: readonly string[]) => ["BEGIN:VCARD", "VERSION:3.0", ...lines, "END:VCARD", ""].join("\r\n");

describe("KEY of a vCard", () => {
  it.each(["3.0", "4.0"] as const)("is written and read in version %s, in lines of 75 octets", (version) => {
    const text = writeVcard(alice.certificate, version);
    expect(Math.max(...text.split("\r\n").map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(text).toContain(`VERSION:${version}\r\nFN:Alice`);
    expect(text.match(/^EMAIL/gm)).toHaveLength(2);
    expect(ders(text)).toEqual([toHex(alice.der)]);
    expect(read(text).kind).toBe("vcard");
  });

  it.each([
    ["version 2.1, folded as Outlook folds it", `KEY;X509;ENCODING=BASE64:\r\n ${base64(alice.der)}\r\n\r\n`],
    ["version 3.0", `KEY;TYPE=X509;ENCODING=b:${base64(alice.der)}`],
    ["version 3.0, other order, lower case", `key;encoding=B;type=x509:${base64(alice.der)}`],
    ["version 4.0", `KEY;PREF=1:data:application/pkix-cert;base64,${base64(alice.der)}`],
    ["version 4.0, with MEDIATYPE", `KEY;MEDIATYPE=application/pkix-cert:data:;base64,${base64(alice.der)}`],
    ["a group", `item1.KEY;ENCODING=b:${base64(alice.der)}`],
    ["a P7B", `KEY:data:application/pkcs7-mime;base64,${base64(writeCertificateBag([alice.certificate]))}`],
  ])("is read: %s", (_name, line) => {
    expect(ders(card(line))).toEqual([toHex(alice.der)]);
  });

  it("is read of every card in a file, and of every certificate in a card", () => {
    const [one, two] = [alice, bob].map(({ der }) => `KEY;ENCODING=b:${base64(der)}`);
    expect(ders(card(one!, two!) + card(two!))).toHaveLength(3);
  });

  it("is passed over where it is PGP's, elsewhere, or no base64", () => {
    const others = [
      ...["KEY;TYPE=PGP;ENCODING=b:mQENBF", "KEY:https://example.com/key.cer", "KEY;ENCODING=b:????", "KEY:text"],
      "KEY:data:application/pgp-keys;base64,mQENBF",
    ];
    expect(ders(card(...others, `KEY;ENCODING=b:${base64(bob.der)}`))).toEqual([toHex(bob.der)]);
    expect(() => read(card(...others))).toThrow("vcard-without-certificate");
  });

  it("takes linear time for a line without an end", async () => {
    const readBoth = () => {
      expect(() => read(card(`KEY${";a".repeat(200_000)}`))).toThrow("vcard-without-certificate");
      expect(() => readCertificateContainer(latin1Bytes(card(`KEY;"${"x".repeat(400_000)}`)))).toThrow();
    };
    expect(await costInPasses(readBoth)).toBeLessThan(50);
  });
});
