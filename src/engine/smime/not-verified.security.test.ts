import { describe, expect, it } from "vitest";
import { Attribute } from "../asn1/oids.ts";
import { octetString, oid, time } from "../asn1/writer.ts";
import { KeyPurpose } from "../x509/extended-key-usage.ts";
import { certificate, TEST_TIME } from "../../testing/certificate-builder.ts";
import { attributeOf, digestOf, signedData, type SignerRecipe } from "../../testing/cms-builder.ts";
import {
  ALICE,
  bytesOf,
  clearSigned,
  MALLORY,
  open,
  opaque,
  ROOT,
  signedMail,
  textEntity,
  textOf,
} from "../../testing/mail-builder.ts";

const TEXT = textEntity("Hello");
const good: SignerRecipe = { signer: ALICE };
const person = certificate().email("alice@example.com").key("p-256").issuedBy(ROOT);
const evilRoot = certificate().subject("CN=Practice Root").ca().build();
const mail = (recipe: Partial<SignerRecipe>) => signedMail(TEXT, recipe);
const garbled = (bytes: Uint8Array, at: number) => bytes.map((octet, i) => (i === at ? octet ^ 1 : octet));
const signature = new Uint8Array(70).fill(0x30);

/** Each step of RFC 5652 section 5.6, RFC 5280 and RFC 8550, broken alone. */
const BROKEN: readonly (readonly [string, Uint8Array])[] = [
  ["content", bytesOf(textOf(mail({})).replace("Hello", "Hallo"))],
  ["content type of the text", bytesOf(textOf(mail({})).replace("text/plain", "text/html"))],
  ["messageDigest", mail({ digestOf: textEntity("Hallo") })],
  ["messageDigest missing", mail({ attributes: [attributeOf(Attribute.contentType, oid("1.2.840.113549.1.7.1"))] })],
  ["messageDigest twice", mail({ added: [attributeOf(Attribute.messageDigest, octetString(digestOf(TEXT)))] })],
  [
    "messageDigest with two values",
    mail({
      attributes: [
        attributeOf(Attribute.contentType, oid("1.2.840.113549.1.7.1")),
        attributeOf(Attribute.messageDigest, octetString(digestOf(TEXT)), octetString(digestOf(textEntity("Hallo")))),
      ],
    }),
  ],
  [
    "messageDigest cut off",
    mail({
      attributes: [
        attributeOf(Attribute.contentType, oid("1.2.840.113549.1.7.1")),
        attributeOf(Attribute.messageDigest, octetString(digestOf(TEXT).subarray(0, 16))),
      ],
    }),
  ],
  ["contentType", mail({ contentType: "1.2.840.113549.1.7.2" })],
  ["signingTime twice", mail({ added: [attributeOf(Attribute.signingTime, time(TEST_TIME))] })],
  ["signature value", mail({ signature })],
  ["signature value empty", mail({ signature: new Uint8Array(0) })],
  ["signature value zero", mail({ signature: Uint8Array.of(0x30, 6, 2, 1, 0, 2, 1, 0) })],
  ["sid", mail({ sidOf: MALLORY })],
  ["certificate missing", signedMail(TEXT, {}, { certificates: [] })],
  ["no signer", signedMail(TEXT, {}, { signers: [], certificates: [ALICE] })],
  ["one more signer, broken", signedMail(TEXT, {}, { signers: [good, { signer: ALICE, signature }] })],
  [
    "an eContent in a detached signature",
    clearSigned(TEXT, signedData({ content: TEXT, eContent: "attached", signers: [good] })),
  ],
  [
    "signature part",
    clearSigned(TEXT, garbled(signedData({ content: TEXT, eContent: "detached", signers: [good] }), 1)),
  ],
  ["attached content", opaque(signedData({ content: TEXT, eContent: textEntity("Hallo"), signers: [good] }))],
  ["path: self-signed", mail({ signer: certificate().email("alice@example.com").key("p-256").build() })],
  ["path: another key of the issuer", mail({ signer: person.issuedBy(evilRoot).build() })],
  ["path: broken signature", mail({ signer: person.brokenSignature().build() })],
  ["path: ended", mail({ signer: person.expired().build() })],
  ["path: not begun", mail({ signer: person.notYetValid().build() })],
  ["path: purpose", mail({ signer: person.extendedKeyUsage(KeyPurpose.serverAuth).build() })],
  ["path: key usage", mail({ signer: person.keyUsage("keyAgreement").build() })],
  ["path: critical extension", mail({ signer: person.unknownCriticalExtension().build() })],
  [
    "path: issuer is no CA",
    signedMail(TEXT, { signer: certificate().email("alice@example.com").key("p-256").issuedBy(ALICE).build() }, {}),
  ],
  ["digest: SHA-1", mail({ digest: "sha-1" })],
];

describe("attack 11: a verification that leaves a step out", () => {
  it("is valid with nothing broken", async () => {
    expect((await open(mail({}))).verdict).toMatchObject({ signature: "valid", sender: "matches" });
    expect(
      (await open(opaque(signedData({ content: TEXT, eContent: "attached", signers: [good] })))).verdict.signature,
    ).toBe("valid");
  });

  it.each(BROKEN)("is not valid with one step broken: %s", async (_name, message) => {
    const { verdict } = await open(message);
    expect(verdict.signature).not.toMatch(/^valid/);
    expect(verdict.reasons.filter((reason) => reason !== "headers-not-protected")).not.toEqual([]);
  });
});
