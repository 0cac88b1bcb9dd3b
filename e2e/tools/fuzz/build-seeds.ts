import { generateKeyPairSync } from "node:crypto";
import { deflateSync } from "node:zlib";
import { algorithmIdentifier } from "../../../src/engine/asn1/algorithm-identifier.ts";
import { Attribute, Compression, ContentType, Digest } from "../../../src/engine/asn1/oids.ts";
import {
  type Der,
  encode,
  explicit,
  octetString,
  oid,
  sequence,
  smallInteger,
} from "../../../src/engine/asn1/writer.ts";
import { concatBytes } from "../../../src/engine/bytes/concat.ts";
import { exportPkcs12 } from "../../../src/engine/pkcs12/export.ts";
import { encodeReceipt } from "../../../src/engine/smime/ess/receipt.ts";
import { Ess } from "../../../src/engine/smime/ess/oids.ts";
import { HEADER_POLICIES } from "../../../src/engine/smime/header-policy.ts";
import { encryptMessage, protectMessage, signMessage } from "../../../src/engine/smime/protect.ts";
import { ExtensionId } from "../../../src/engine/x509/extension.ts";
import { writeCertificateBag } from "../../../src/engine/x509/p7b.ts";
import { writePem } from "../../../src/engine/x509/pem.ts";
import { writeVcard } from "../../../src/engine/x509/vcard.ts";
import { certificate, TEST_TIME, type TestCertificate } from "../../../src/testing/certificate-builder.ts";
import { attributeOf, digestOf, signedData } from "../../../src/testing/cms-builder.ts";
import { crl, distributionPoint, Reason } from "../../../src/testing/crl-builder.ts";
import { envelope } from "../../../src/testing/envelope-builder.ts";
import { ALICE, bytesOf, clearSigned, HEADER, identityOf, lines, opaque } from "../../../src/testing/mail-builder.ts";
import { ROOT, signedMail, somebody, textEntity, textOf } from "../../../src/testing/mail-builder.ts";
import { directoryName, dnsName, ipAddress, otherName, registeredId, rfc822Name } from "../../../src/testing/names.ts";
import { smtpUtf8Mailbox, uri, utf8String } from "../../../src/testing/names.ts";
import { ocspDer, ocspError } from "../../../src/testing/ocsp-builder.ts";
import { opensslCms } from "../../../src/testing/openssl-cms.ts";
import { authenticatedSafe, certificateBag, keyBag, opensslPkcs12 } from "../../../src/testing/pkcs12-file.ts";
import { pfx, safeBag, toBer } from "../../../src/testing/pkcs12-file.ts";
import type { Seed, SeedKind } from "./seeds.ts";

/** The seeds, and what their reader has. */
export interface BuiltSeeds {
  readonly seeds: readonly Seed[];
  /** DER of the CA that is trusted. */
  readonly root: Uint8Array;
  /** Of those who can decrypt. */
  readonly identities: readonly { readonly certificate: Uint8Array; readonly pkcs8: Uint8Array }[];
  readonly passphrase: string;
}

const PASSPHRASE = "Practice 1";
const TEXT = textEntity("Meet me at noon.");
const HTML = bytesOf(lines("Content-Type: text/html; charset=utf-8", "", "<p>Meet me at <b>noon</b>.</p>"));
// Short, since each decryption takes its square.
const BOB = certificate().subject("CN=Bob").email("bob@example.com").key("rsa-1024").issuedBy(ROOT).build();
const CAROL = somebody("carol@example.com");

/** Makes them anew, with keys and random numbers of their own. */
export async function buildSeeds(): Promise<BuiltSeeds> {
  const sealed = await Promise.all([signedSeeds(), encryptedSeeds(), pkcs12Seeds()]);
  return {
    seeds: [
      ...sealed.flat(),
      ...wrappedSeeds(),
      ...mimeSeeds(),
      ...certificateSeeds(),
      ...revocationSeeds(),
      ...keySeeds(),
    ],
    root: ROOT.der,
    identities: [BOB, CAROL].map((owner) => ({ certificate: owner.der, pkcs8: owner.privateKeyPkcs8 })),
    passphrase: PASSPHRASE,
  };
}

function seed(kind: SeedKind, name: string, octets: Uint8Array): Seed {
  return { kind, name, octets };
}

const signing = async () => ({ identity: await identityOf(ALICE), form: "clear", signingTime: TEST_TIME }) as const;
const MAIL = concatBytes(bytesOf(`${lines(...HEADER.slice(0, 4))}\r\n`), TEXT);

async function signedSeeds(): Promise<Seed[]> {
  const asked = { from: "all", to: ["alice@example.com"] } as const;
  const twice = [{ signer: ALICE }, { signer: somebody("notary@example.com"), digest: "sha-384" }] as const;
  const receipt = encodeReceipt({
    contentType: ContentType.data,
    contentIdentifier: digestOf(TEXT),
    signatureValue: digestOf(TEXT),
    signatureDigest: digestOf(TEXT),
  });
  const attached = signedData({ content: TEXT, eContent: "attached", signers: [{ signer: ALICE }] });
  const added = [attributeOf(Ess.msgSigDigest, octetString(digestOf(TEXT)))];
  return [
    seed("message", "signed in the clear", signedMail(TEXT)),
    seed("message", "signed opaque", opaque(attached)),
    seed(
      "message",
      "signed as we do, asking for receipts",
      await signMessage(MAIL, { ...(await signing()), receiptRequest: asked }),
    ),
    seed("message", "signed by two", signedMail(TEXT, {}, { signers: twice })),
    seed("message", "a signed receipt", opaque(receiptOf(receipt, added))),
    seed(
      "cms",
      "detached signature",
      signedData({ content: TEXT, eContent: "detached", signers: [{ signer: ALICE }] }),
    ),
    seed("cms", "attached signature in BER", toBer(attached)),
  ];
}

function receiptOf(content: Uint8Array, added: readonly Der[]): Uint8Array {
  const signers = [{ signer: ALICE, contentType: Ess.receipt, added }];
  return signedData({ content, eContent: "attached", eContentType: Ess.receipt, signers });
}

const ENCRYPTED = "application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m";

async function encryptedSeeds(): Promise<Seed[]> {
  const encryption = {
    recipients: [CAROL.certificate],
    cipher: "aes-256-cbc",
    keyTransport: { kind: "rsa-pkcs1" },
  } as const;
  const options = { signing: await signing(), encryption, headerPolicy: HEADER_POLICIES.baseline, wrapsTwice: true };
  const attributes = [attributeOf(Attribute.contentType, oid(ContentType.data))];
  const authAttrs = { attributes, tag: 1, areFed: true } as const;
  const gcm = envelope({ content: TEXT, recipient: BOB, cipher: "aes-256-gcm", authAttrs });
  const inner = opaque(signedData({ content: TEXT, eContent: "attached", signers: [{ signer: ALICE }] }), []);
  const keys = { in: TEXT, "bob.pem": BOB.pem };
  const byOpenssl = ["-encrypt", "-binary", "-in", "in", "-outform", "DER", "-aes128"];
  const streamed = opensslCms([...byOpenssl, "-stream", "-keyid", "bob.pem"], keys);
  const password = opensslCms([...byOpenssl, "-pwri_password", PASSPHRASE], keys);
  return [
    seed("message", "encrypted", opaque(envelope({ content: TEXT, recipient: BOB }), HEADER, ENCRYPTED)),
    seed("message", "signed and encrypted", opaque(envelope({ content: inner, recipient: BOB }), HEADER, ENCRYPTED)),
    seed("message", "encrypted and authenticated", opaque(gcm, HEADER, ENCRYPTED)),
    seed(
      "message",
      "encrypted by key agreement",
      await encryptMessage(MAIL, { ...encryption, headerPolicy: HEADER_POLICIES.shy }),
    ),
    seed("message", "wrapped three times", await protectMessage(MAIL, options)),
    seed("cms", "enveloped in BER", toBer(envelope({ content: TEXT, recipient: BOB, rid: "key-identifier" }))),
    ...(streamed ? [seed("cms", "enveloped by openssl -stream", streamed)] : []),
    ...(password ? [seed("cms", "enveloped by a password", password)] : []),
  ];
}

function contentInfo(type: string, content: Der): Uint8Array {
  return encode(sequence(oid(type), explicit(0, content)));
}

function wrappedSeeds(): Seed[] {
  const encapsulated = (content: Uint8Array) => sequence(oid(ContentType.data), explicit(0, octetString(content)));
  const compressed = (content: Uint8Array) =>
    contentInfo(
      ContentType.compressedData,
      sequence(
        smallInteger(0),
        algorithmIdentifier(Compression.zlib, "absent"),
        encapsulated(new Uint8Array(deflateSync(content))),
      ),
    );
  const digested = sequence(
    smallInteger(0),
    algorithmIdentifier(Digest.sha256, "null"),
    encapsulated(TEXT),
    octetString(digestOf(TEXT)),
  );
  return [
    seed("message", "compressed", opaque(compressed(signedMail(TEXT, {}, { header: [] })))),
    seed("cms", "compressed twice", compressed(compressed(TEXT))),
    seed("cms", "digested", contentInfo(ContentType.digestedData, digested)),
  ];
}

function mimeSeeds(): Seed[] {
  const signed = textOf(signedMail(TEXT, {}, { header: [] }));
  const mixed = (...parts: readonly string[]) => [
    'Content-Type: multipart/mixed; boundary="b b"',
    "",
    "Preamble.",
    ...parts.flatMap((part) => ["--b b", part]),
    "--b b--",
  ];
  const file = [
    "Content-Type: application/octet-stream; name*0*=utf-8''%e2%82%ac; name*1=\" x\"",
    'Content-Disposition: attachment; filename="=?utf-8?q?a=2Epdf?="',
    "Content-Transfer-Encoding: base64",
    "",
    "TWVldCBtZSBhdCBub29uLCBub3QgYXQgb25lLCBhbmQgYnJpbmcgdGhlIHBhcGVycy4=",
  ];
  const wrapped = bytesOf(lines("Content-Type: message/rfc822; forwarded=no", "", ...HEADER, textOf(HTML)));
  const legacy = bytesOf(
    lines(
      "Content-Type: text/plain; hp=cipher; hp-legacy-display=1",
      "HP-Outer: Subject: [...]",
      "Subject: Noon",
      "",
      "Subject: Noon",
      "",
      "Text.",
    ),
  );
  const header = [
    "Received: from a (b [192.0.2.1])\r\n\tby c; Mon, 01 Jun 2026 12:00:00 +0000 (UTC)",
    "From: =?iso-8859-1?Q?Andr=E9?= =?utf-8?B?4oKs?= (a (nested) comment) <andre@example.com>",
    'Sender: "a \\"quoted\\" name" <sender@[192.0.2.1]>',
    'To: Friends: bob@example.com, "C. D." <carol@example.com>;, undisclosed:;',
  ];
  return [
    seed(
      "message",
      "a list around a signed part",
      bytesOf(lines(...HEADER, "List-Id: Friends <friends.example.com>", ...mixed(signed, textOf(TEXT)))),
    ),
    seed(
      "message",
      "parts of all kinds",
      bytesOf(
        lines(
          ...header,
          ...mixed(lines(...file), textOf(HTML), "Content-Type: message/rfc822\r\n\r\nSubject: In\r\n\r\nText"),
        ),
      ),
    ),
    seed("message", "a message wrapped and signed", clearSigned(wrapped, signatureOf(wrapped))),
    seed("message", "a protected header, signed", clearSigned(legacy, signatureOf(legacy))),
    seed(
      "message",
      "quoted-printable",
      bytesOf(
        lines(
          ...HEADER,
          "Content-Transfer-Encoding: quoted-printable",
          "",
          "caf=C3=A9 =",
          "=",
          "=3D =zz",
          "soft=  ",
          "end",
        ),
      ),
    ),
  ];
}

function signatureOf(content: Uint8Array): Uint8Array {
  return signedData({ content, eContent: "detached", signers: [{ signer: ALICE }] });
}

const POLICY = "1.3.6.1.4.1.99999.8.1";

function richCertificate(): TestCertificate {
  const mapping = sequence(oid(POLICY), oid(`${POLICY}.1`));
  const point = distributionPoint({
    fullName: [uri("http://crl.example.com/a.crl")],
    reasons: [1, 2],
    crlIssuer: [directoryName("CN=C")],
  });
  const qualifier = sequence(oid("1.3.6.1.5.5.7.2.1"), utf8String("https://example.com/cps"));
  return certificate()
    .subject("CN=Everything,OU=Unit,O=Example,DC=example,emailAddress=old@example.com,C=DE")
    .email("alice@example.com", "ä@example.com")
    .altName(dnsName("example.com"), uri("https://example.com/"), ipAddress(192, 0, 2, 1), registeredId("1.2.3"))
    .altName(directoryName("CN=Other"), otherName("1.3.6.1.4.1.311.20.2.3", utf8String("alice@example.com")))
    .ca(3)
    .nameConstraints({
      permitted: [rfc822Name("example.com"), directoryName("O=Example"), ipAddress(192, 0, 2, 0, 255, 255, 255, 0)],
      excluded: [dnsName(".evil.example"), uri("evil.example"), smtpUtf8Mailbox("ö@example.com")],
    })
    .extension(ExtensionId.certificatePolicies, "not-critical", sequence(sequence(oid(POLICY), sequence(qualifier))))
    .extension(ExtensionId.policyMappings, "critical", sequence(mapping))
    .extension(ExtensionId.cRLDistributionPoints, "not-critical", sequence(point))
    .issuedBy(ROOT)
    .build();
}

function certificateSeeds(): Seed[] {
  const rich = richCertificate();
  const all = [ROOT, rich, ALICE];
  return [
    seed("certificate", "with every extension", rich.der),
    seed("certificate", "of a person", ALICE.der),
    seed("certificate", "of an authority", ROOT.der),
    seed("certificate", "of an RSA key, in PEM", bytesOf(BOB.pem.replaceAll("\n", "\r\n"))),
    seed("container", "PEM of several", bytesOf(all.map(({ pem }) => pem.replaceAll("\n", "\r\n")).join("Text\r\n"))),
    seed("container", "P7B", writeCertificateBag([ALICE.certificate, ROOT.certificate])),
    seed("container", "P7B in BER", toBer(writeCertificateBag([ALICE.certificate]))),
    seed("container", "serialized store", serializedStore(ALICE.der, ROOT.der)),
    seed(
      "container",
      "vCard",
      new Uint8Array(Buffer.from(writeVcard(ALICE.certificate, "3.0") + writeVcard(BOB.certificate, "4.0"))),
    ),
    seed("container", "bare base64", bytesOf(Buffer.from(ALICE.der).toString("base64"))),
    seed(
      "directory",
      "settings of Outlook",
      concatBytes(setting(3, ALICE.der), setting(8, BOB.der), setting(1, Uint8Array.of(1))),
    ),
    seed(
      "directory",
      "userSMIMECertificate",
      signedData({ content: bytesOf("x"), eContent: "attached", signers: [{ signer: ALICE }] }),
    ),
  ];
}

/** MS-OSHARED section 2.3.9.1: elements of id, kind of encoding, length, octets; numbers little-endian. */
function serializedStore(...certificates: readonly Uint8Array[]): Uint8Array {
  const element = (id: number, kind: number, octets: Uint8Array) => {
    const head = Buffer.alloc(12);
    [id, kind, octets.length].forEach((number, i) => head.writeUInt32LE(number, 4 * i));
    return concatBytes(head, octets);
  };
  const header = Uint8Array.of(0, 0, 0, 0, 0x43, 0x45, 0x52, 0x54);
  const property = element(3, 1, new Uint8Array(20));
  const elements = certificates.flatMap((der) => [property, element(0x20, 1, der)]);
  return concatBytes(header, ...elements, element(0, 0, new Uint8Array(0)));
}

/** MS-OXOABK section 2.2.4.36.1. */
function setting(tag: number, octets: Uint8Array): Uint8Array {
  const length = octets.length + 4;
  return concatBytes(Uint8Array.of(tag, 0, length & 255, length >> 8), octets);
}

function revocationSeeds(): Seed[] {
  const scope = { fullName: [uri("http://crl.example.com/a.crl")], reasons: [1, 2], indirect: true };
  const list = crl(ROOT).number(5).revoke(ALICE, { reason: Reason.superseded, invalidSince: TEST_TIME });
  const responder = certificate()
    .subject("CN=Responder")
    .key("p-256")
    .extendedKeyUsage("1.3.6.1.5.5.7.3.9")
    .issuedBy(ROOT)
    .build();
  return [
    seed("crl", "complete", list.revoke(CAROL).build().der),
    seed(
      "crl",
      "indirect",
      list
        .scope(scope)
        .revokeSerial(Uint8Array.of(7), { issuer: [directoryName("CN=Other")] })
        .build().der,
    ),
    seed(
      "crl",
      "delta, in PEM",
      bytesOf(writePem("X509 CRL", crl(ROOT).number(6).deltaOf(5).build().der).replaceAll("\n", "\r\n")),
    ),
    seed("ocsp", "good", ocspDer(ALICE, ROOT)),
    seed(
      "ocsp",
      "revoked, by a responder",
      ocspDer(ALICE, ROOT, {
        status: { revoked: TEST_TIME, reason: 1 },
        signer: responder,
        certificates: [responder],
        nonce: Uint8Array.of(1, 2, 3, 4),
        responderId: "key",
      }),
    ),
    seed("ocsp", "try later", ocspError(3)),
  ];
}

/** With few iterations: what a file asks for is not what is tried here. */
async function pkcs12Seeds(): Promise<Seed[]> {
  const own = {
    pkcs8: CAROL.privateKeyPkcs8,
    certificate: CAROL.certificate,
    chain: [ROOT.certificate],
    friendlyName: "Carol",
  };
  const written = async (mac: "pkcs12" | "pbmac1") =>
    exportPkcs12([own], { passphrase: PASSPHRASE, mac, iterations: 2 });
  const inner = sequence(keyBag(CAROL.privateKeyPkcs8), certificateBag(CAROL.der));
  const safe = authenticatedSafe(
    keyBag(CAROL.privateKeyPkcs8),
    certificateBag(CAROL.der),
    safeBag("1.2.840.113549.1.12.10.1.6", inner),
  );
  const old = ["-legacy", "-iter", "2", "-keypbe", "PBE-SHA1-RC4-40", "-certpbe", "PBE-SHA1-RC2-40"];
  return [
    seed("pkcs12", "as we write it", await written("pkcs12")),
    seed("pkcs12", "with PBMAC1, in BER", toBer(await written("pbmac1"))),
    seed("pkcs12", "in the clear", pfx(safe)),
    seed("pkcs12", "by openssl", opensslPkcs12(CAROL, PASSPHRASE, ["-iter", "2"], [ROOT])),
    seed("pkcs12", "by openssl, as Windows 7 did", opensslPkcs12(CAROL, PASSPHRASE, old)),
  ];
}

function keySeeds(): Seed[] {
  const sec1 = CAROL.privateKey.export({ type: "sec1", format: "pem" }).toString();
  const pkcs1 = BOB.privateKey.export({ type: "pkcs1", format: "der" });
  const ed25519 = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "der" });
  return [
    seed("key", "RSA", BOB.privateKeyPkcs8),
    seed("key", "RSA, PKCS#1", new Uint8Array(pkcs1)),
    seed("key", "Ed25519", new Uint8Array(ed25519)),
    seed("key", "elliptic curve, SEC1 in PEM", bytesOf(sec1.replaceAll("\n", "\r\n"))),
  ];
}
