import { describe, expect, it } from "vitest";
import { makeCrl } from "../cli/bench/crl.ts";
import { certificate } from "./certificate-builder.ts";
import { signedData } from "./cms-builder.ts";
import { doublingRatio } from "./doubling.ts";
import { envelope } from "./envelope-builder.ts";
import { ALICE, bytesOf, HEADER, identityOf, lines, open, opaque, ROOT } from "./mail-builder.ts";
import { signedMail, textEntity } from "./mail-builder.ts";
import { rfc822Name } from "./names.ts";
import { ocspDer } from "./ocsp-builder.ts";
import { authenticatedSafe, certificateBag, pfx, toBer } from "./pkcs12-file.ts";
import { Asn1Reader, readWhole } from "../engine/asn1/reader.ts";
import { Tag } from "../engine/asn1/tag.ts";
import { constructed, encode, encoded, explicit, octetString, oid, sequence } from "../engine/asn1/writer.ts";
import { decodeBase64 } from "../engine/bytes/base64.ts";
import { concatBytes } from "../engine/bytes/concat.ts";
import { SmimeError } from "../engine/errors.ts";
import { canonicalLineEnds } from "../engine/mime/canonical.ts";
import type { Entity } from "../engine/mime/entity.ts";
import { harmlessText } from "../engine/mime/harmless-text.ts";
import { parseEntity } from "../engine/mime/parse.ts";
import { decodeQuotedPrintable } from "../engine/mime/quoted-printable.ts";
import { sevenBit } from "../engine/mime/seven-bit.ts";
import { importPkcs12 } from "../engine/pkcs12/import.ts";
import { readCertificateList } from "../engine/revocation/certificate-list.ts";
import { readOcspResponse } from "../engine/revocation/ocsp-response.ts";
import { textWithoutLegacyDisplay } from "../engine/smime/legacy-display.ts";
import { fieldStatuses, type ProtectedHeader, readProtectedHeader } from "../engine/smime/protected-header.ts";
import { parseCertificate } from "../engine/x509/certificate.ts";
import { readCertificateContainer } from "../engine/x509/containers.ts";
import { certificateEmails } from "../engine/x509/email-addresses.ts";
import { writeCertificateBag } from "../engine/x509/p7b.ts";
import { writeVcard } from "../engine/x509/vcard.ts";

/** Twice the input may take this many times as long. */
const LIMIT = 2.3;

const BOB = certificate().subject("CN=Bob").email("bob@example.com").key("rsa-2048").issuedBy(ROOT).build();
const bob = await identityOf(BOB);
const repeated = (text: string, times: number): Uint8Array =>
  new Uint8Array(Buffer.alloc(text.length * times, text, "latin1"));
const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const multipart = (part: string, count: number): Uint8Array =>
  bytesOf(`Content-Type: multipart/mixed; boundary=b\r\n\r\n${part.repeat(count)}--b--\r\n`);

type Trap = readonly [name: string, size: number, make: (size: number) => () => unknown];

const MIME: readonly Trap[] = [
  ["parts", 500, (size) => on(multipart("--b\r\nA: b\r\n\r\nText\r\n", size), parseEntity)],
  ["base64", 200_000, (size) => on(repeated("TWVl\r\n", size / 6), decodeBase64)],
  ["quoted-printable", 100_000, (size) => on(repeated("=C3=A9 =\r\n", size / 10), decodeQuotedPrintable)],
  ["blanks in quoted-printable", 100_000, (size) => on(repeated(" ", size), decodeQuotedPrintable)],
  ["line ends", 200_000, (size) => on(repeated("a\n", size / 2), canonicalLineEnds)],
  ["parts to be encoded", 500, (size) => on(parseEntity(multipart("--b\r\n\r\n\xe4\xf6\r\n", size)), sevenBit)],
  ["marks and blanks in a name", 10_000, (size) => on(" \u200b".repeat(size), harmlessText)],
  ["tags of HTML", 30_000, (size) => on(htmlPart("<div class=a><b ".repeat(size)), textWithoutLegacyDisplay)],
];

const FILES: readonly Trap[] = [
  [
    "alternative names of a certificate",
    500,
    (size) => on(named(size), (der) => certificateEmails(parseCertificate(der))),
  ],
  ["entries of a CRL", 2_000, (size) => on(makeCrl(size).der, readCertificateList)],
  ["answers of an OCSP response", 100, (size) => on(responses(size), readOcspResponse)],
  ["PEM blocks", 200, (size) => on(bytesOf(ALICE.pem.repeat(size)), readCertificateContainer)],
  [
    "base64 of one PEM block",
    60_000,
    (size) => on(bytesOf(`-----BEGIN X-----\n${"TWVl\n".repeat(size / 5)}-----END X-----\n`), readRefused),
  ],
  [
    "certificates of a P7B",
    50,
    (size) => on(writeCertificateBag(times(size, () => ALICE.certificate)), readCertificateContainer),
  ],
  [
    "certificates of a P7B in BER",
    25,
    (size) => on(toBer(writeCertificateBag(times(size, () => ALICE.certificate))), readRefused),
  ],
  ["elements of a store", 50, (size) => on(store(size), readCertificateContainer)],
  [
    "keys of a vCard",
    25,
    (size) => on(bytesOf(writeVcard(ALICE.certificate, "3.0").repeat(size)), readCertificateContainer),
  ],
  [
    "bags of a PKCS#12 file",
    50,
    (size) =>
      on(pfx(authenticatedSafe(...times(size, () => certificateBag(ALICE.der)))), (file) => importPkcs12(file, "")),
  ],
];

const MESSAGES: readonly Trap[] = [
  ["a text signed in the clear", 250_000, (size) => on(signedMail(textOf(size)), reading)],
  ["a text signed opaque", 250_000, (size) => on(opaque(attached(textOf(size))), reading)],
  ["an encrypted text", 250_000, (size) => on(opaque(envelope({ content: textOf(size), recipient: BOB })), reading)],
  [
    "recipients",
    200,
    (size) => on(opaque(envelope({ content: textOf(9), recipient: ALICE_RSA, copies: size })), reading),
  ],
  [
    "certificates with a signature",
    60,
    (size) => on(signedMail(textOf(9), {}, { certificates: times(size, () => ALICE) }), reading),
  ],
  ["attached signatures", 50, (size) => on(multipart(`--b\r\n${ATTACHED}\r\n`, size), reading)],
  ["blanks and marks in a list's name", 5_000, (size) => on(fromList("\xe2\x80\x8b ".repeat(size)), reading)],
  ["protected header fields", 500, (size) => on(protectedFields(size), statuses)],
];

function on<T>(input: T, run: (input: T) => unknown): () => unknown {
  return () => run(input);
}

function textOf(size: number): Uint8Array {
  return concatBytes(textEntity(""), repeated("Meet me at noon, and bring the papers.\r\n", Math.ceil(size / 40)));
}

const reading = (message: Uint8Array) => open(message, { identities: [bob] });
const ALICE_RSA = certificate().subject("CN=Somebody").key("rsa-2048").issuedBy(ROOT).build();
const SIGNED = signedMail(textOf(9), {}, { header: [] });
const ATTACHED = Buffer.from(opaque(attached(textOf(9)), [])).toString("latin1");

function attached(content: Uint8Array): Uint8Array {
  return signedData({ content, eContent: "attached", signers: [{ signer: ALICE }] });
}

/** SmimeErrors are as good as results here. */
function readRefused(file: Uint8Array): void {
  try {
    readCertificateContainer(file);
  } catch (error) {
    if (!(error instanceof SmimeError)) throw error;
  }
}

function named(size: number): Uint8Array {
  const names = times(size, (i) => rfc822Name(`a${i}@example.com`));
  return certificate()
    .key("p-256")
    .altName(...names)
    .build().der;
}

/** MS-OSHARED section 2.3.9.1. */
function store(size: number): Uint8Array {
  const head = Buffer.alloc(12);
  [0x20, 1, ALICE.der.length].forEach((number, i) => head.writeUInt32LE(number, 4 * i));
  const elements = times(size, () => concatBytes(head, ALICE.der));
  return concatBytes(Uint8Array.of(0, 0, 0, 0, 0x43, 0x45, 0x52, 0x54), ...elements, new Uint8Array(12));
}

function responses(size: number): Uint8Array {
  const whole = new Asn1Reader(ocspDer(ALICE, ROOT)).sequence();
  whole.any();
  const bytes = whole.sequence(0xa0).sequence();
  bytes.oid();
  const basic = readWhole(bytes.octetString());
  const tbs = basic.sequence();
  const [responder, producedAt] = [tbs.any(), tbs.any()];
  const first = tbs.sequence().any();
  const list = sequence(...times(size, () => encoded(first.bytes)));
  const written = sequence(
    sequence(encoded(responder.bytes), encoded(producedAt.bytes), list),
    ...basic.rest().map((rest) => encoded(rest.bytes)),
  );
  const typed = sequence(oid("1.3.6.1.5.5.7.48.1.1"), octetString(encode(written)));
  return encode(sequence(constructed(Tag.Enumerated, encoded(Uint8Array.of(0))), explicit(0, typed)));
}

function htmlPart(html: string): Entity {
  return parseEntity(bytesOf(lines("Content-Type: text/html; hp-legacy-display=1", "", html)));
}

function fromList(name: string): Uint8Array {
  const parts = ["--b", Buffer.from(SIGNED).toString("latin1"), "--b", "", "Footer", "--b--", ""];
  return bytesOf(lines(...HEADER, `List-Id: a${name}b`, "Content-Type: multipart/mixed; boundary=b", "", ...parts));
}

/** As many fields inside as outside, all of them others. */
function protectedFields(size: number): ProtectedHeader {
  const fields = (word: string) => times(size, (i) => `X-${word}-${i}: ${i}`);
  const content = parseEntity(bytesOf(lines("Content-Type: text/plain; hp=clear", ...fields("In"), "", "Text")));
  const outer = parseEntity(bytesOf(lines(...fields("Out"), "", "")));
  return readProtectedHeader(content, outer)!;
}

const statuses = (header: ProtectedHeader) => fieldStatuses(header, { isSigned: true, isEncrypted: true });

// What makes many small objects is not here but in tests of its cost (mime-bomb, nested-lengths, malformed-cms): where the
// garbage collector steps in is no doubling.
describe("attack 58: input whose work grows with its square", () => {
  it.each([...MIME, ...FILES, ...MESSAGES])("is none: %s", async (_name, size, make) => {
    expect(await doublingRatio(make, size, LIMIT)).toBeLessThanOrEqual(LIMIT);
  });

  it("is told where there is some", async () => {
    const quadratic = (size: number) => () => {
      let sum = 0;
      for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) sum = (sum + i * j) | 0;
      return sum;
    };
    expect(await doublingRatio(quadratic, 300, LIMIT)).toBeGreaterThan(LIMIT);
  });
});
