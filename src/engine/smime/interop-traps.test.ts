import { describe, expect, it } from "vitest";
import { algorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { Attribute, ContentType, Digest } from "../asn1/oids.ts";
import { Tag } from "../asn1/tag.ts";
import {
  asciiString,
  constructed,
  type Der,
  encode,
  encoded,
  integer,
  octetString,
  oid,
  sequence,
  setOf,
} from "../asn1/writer.ts";
import { concatBytes } from "../bytes/concat.ts";
import { utf8Bytes } from "../bytes/text.ts";
import { leafText } from "../mime/transfer-encoding.ts";
import { certificate } from "../../testing/certificate-builder.ts";
import { signTbs } from "../../testing/certificate-signature.ts";
import {
  attributeOf,
  digestOf,
  signedAttrs,
  signedData,
  type SignerRecipe,
  usualAttributes,
} from "../../testing/cms-builder.ts";
import { envelope, type EnvelopeRecipe } from "../../testing/envelope-builder.ts";
import {
  ALICE,
  bytesOf,
  identityOf,
  open,
  opaque,
  ROOT,
  signedMail,
  textEntity,
  textOf,
  verdictOf,
} from "../../testing/mail-builder.ts";
import { naivelyVerified, opensslCms } from "../../testing/openssl-cms.ts";

const TEXT = textEntity("Hello");
const BOB = certificate().subject("CN=Bob").email("bob@example.com").key("rsa-2048").issuedBy(ROOT).build();
const bob = await identityOf(BOB);

async function decrypted(recipe: Partial<EnvelopeRecipe>) {
  const { verdict, content } = await open(opaque(envelope({ content: TEXT, recipient: BOB, ...recipe })), {
    identities: [bob],
  });
  return { encryption: verdict.encryption, reasons: verdict.reasons, text: content && leafText(content) };
}

describe("AES-GCM in EnvelopedData (Bouncy Castle before 2025, PKI.js; openssl#21414)", () => {
  const recipe = { cipher: "aes-256-gcm", type: "enveloped-data" } as const;

  it("is read where the tag fits, and said to be no standard", async () => {
    expect(await decrypted(recipe)).toEqual({
      encryption: "authenticated",
      reasons: ["gcm-in-enveloped-data"],
      text: "Hello",
    });
    expect((await decrypted({ ...recipe, tagLength: 12, statedTagLength: "default" })).text).toBe("Hello");
  });

  it("is not read where the tag does not fit", async () => {
    const found = await decrypted({ ...recipe, alterTag: (tag) => tag.map((octet) => octet ^ 1) });
    expect(found).toEqual({ encryption: "cannot-decrypt", reasons: ["decrypt.failed"], text: null });
  });
});

describe("authenticated attributes of AuthEnvelopedData (openssl#31695)", () => {
  const attributes = [
    attributeOf(Attribute.contentType, oid(ContentType.data)),
    attributeOf("1.3.6.1.4.1.99999.1", octetString(TEXT)),
  ];
  const recipe = { cipher: "aes-256-gcm", authAttrs: { attributes, tag: 1, areFed: true } } as const;

  it("under [1] are fed to the cipher as a SET OF in DER", async () => {
    expect((await decrypted(recipe)).text).toBe("Hello");
    expect((await decrypted({ ...recipe, authAttrs: { attributes, tag: 1, areFed: false } })).text).toBeNull();
  });

  it("under [2], as OpenSSL wrote them without feeding them, are passed over", async () => {
    expect((await decrypted({ ...recipe, authAttrs: { attributes, tag: 2, areFed: false } })).text).toBe("Hello");
  });
});

describe("signed attributes that are not in DER's order or form", () => {
  const [contentType, messageDigest, signingTime] = usualAttributes(TEXT, { signer: ALICE }) as [Der, Der, Der];

  it("are digested as they were received, in any order", async () => {
    for (const order of [
      [messageDigest, signingTime, contentType],
      [signingTime, contentType, messageDigest],
    ]) {
      const rawAttributes = encode(constructed(0xa0, ...order));
      expect(rawAttributes).not.toEqual(signedAttrs(order));
      const message = signedMail(TEXT, { rawAttributes });
      expect(await verdictOf(message)).toBe("valid none matches");
    }
  });

  it("are digested as they were received, with a length in more octets than it needs", async () => {
    const inside = concatBytes(...[contentType, messageDigest, signingTime].map(encode));
    const rawAttributes = concatBytes(Uint8Array.of(0xa0, 0x82, 0, inside.length), inside);
    expect(await verdictOf(signedMail(TEXT, { rawAttributes }))).toBe("valid none matches");
  });

  it("are digested as they were received, with values in BER", async () => {
    const pieces = Uint8Array.of(
      0x24,
      0x80,
      4,
      16,
      ...digestOf(TEXT).subarray(0, 16),
      4,
      16,
      ...digestOf(TEXT).subarray(16),
      0,
      0,
    );
    const inPieces = attributeOf(Attribute.messageDigest, encoded(pieces));
    expect(await verdictOf(signedMail(TEXT, { attributes: [contentType, inPieces] }))).toBe("valid none matches");
  });

  it("do not fit when a signature was made over another order", async () => {
    const received = signedAttrs([contentType, messageDigest, signingTime]);
    const other = encode(constructed(0x31, messageDigest, signingTime, contentType));
    const signature = signTbs(ALICE.privateKey, "sha-256", other);
    expect(await verdictOf(signedMail(TEXT, { rawAttributes: received, signature }))).toBe("invalid none matches");
  });
});

describe("indefinite lengths and strings in pieces (Outlook, OpenSSL)", () => {
  const files = {
    "alice.pem": ALICE.pem,
    "alice.key": ALICE.privateKeyPem,
    "bob.pem": BOB.pem,
    entity: textEntity("x".repeat(20_000)),
  };
  const signer = ["-signer", "alice.pem", "-inkey", "alice.key"];

  it.each([
    ["signed", ["-sign", "-nodetach", ...signer]],
    ["encrypted", ["-encrypt", "-aes256", "bob.pem"]],
    ["authenticated", ["-encrypt", "-aes-256-gcm", "bob.pem"]],
  ])("are read: %s", async (_name, flags) => {
    const cms = opensslCms(["-in", "entity", "-indef", "-stream", "-binary", "-outform", "DER", ...flags], files);
    expect(cms?.[1]).toBe(0x80);
    const opened = await open(opaque(cms ?? new Uint8Array()), { identities: [bob] });
    expect(opened.content && leafText(opened.content)).toBe("x".repeat(20_000));
    expect(opened.verdict).toMatchObject(flags.includes("-sign") ? { signature: "valid" } : { signature: "none" });
  });
});

describe("recipients by key identifier (Outlook 2010, OWAUseKeyIdentifier)", () => {
  it.each(["issuer-serial", "key-identifier"] as const)("are found by %s", async (rid) => {
    expect((await decrypted({ rid })).text).toBe("Hello");
  });

  it("are found by key identifier after the certificate was renewed with the same key", async () => {
    const renewed = await identityOf(
      certificate().subject("CN=Bob").email("bob@example.com").key(BOB).issuedBy(ROOT).build(),
    );
    const message = opaque(envelope({ content: TEXT, recipient: BOB, rid: "key-identifier" }));
    const { content } = await open(message, { identities: [renewed] });
    expect(content && leafText(content)).toBe("Hello");
  });
});

describe("a p7s with the leaf alone (iOS)", () => {
  const issuer = certificate().subject("CN=Issuer").ca(0).issuedBy(ROOT).build();
  const signer = certificate().email("alice@example.com").key("p-256").issuedBy(issuer).build();
  const message = signedMail(TEXT, { signer }, { certificates: [signer] });

  it("is trusted with the intermediate that is known here, and says whom it misses without", async () => {
    expect(await verdictOf(message, { intermediates: [issuer.certificate] })).toBe("valid none matches");
    const opened = await open(message);
    expect(opened.verdict.signature).toBe("untrusted");
    const [layer] = opened.layers;
    const path = layer && "signers" in layer ? layer.signers[0]?.path : null;
    expect(path).toMatchObject({ reason: "unknown-issuer", certificate: "CN=Issuer" });
  });
});

describe("distinguished names with unknown attribute types and other string types", () => {
  const UNKNOWN = "1.3.6.1.4.1.99999.5";
  const attribute = (type: string, value: Der) => setOf([sequence(oid(type), value)]);
  const utf8 = (text: string) => constructed(Tag.Utf8String, encoded(utf8Bytes(text)));
  const sidWith = (...rdns: readonly Der[]) => sequence(sequence(...rdns), integer(ALICE.certificate.serialNumber));
  const issuer = certificate().subject(`CN=Odd Root,${UNKNOWN}=x,O=Example`).ca().build();
  const signer = certificate()
    .email("alice@example.com")
    .key("p-256")
    .issuedBy(issuer)
    .serialNumber(...ALICE.certificate.serialNumber)
    .build();

  async function found(sid: Der) {
    return verdictOf(signedMail(TEXT, { signer, sid }), { roots: [issuer] });
  }

  it("are the same by their encoding where the type is unknown", async () => {
    expect(await verdictOf(signedMail(TEXT, { signer }), { roots: [issuer] })).toBe("valid none matches");
    const unlike = sidWith(
      attribute("2.5.4.10", utf8("Example")),
      attribute(UNKNOWN, utf8("X")),
      attribute("2.5.4.3", utf8("Odd Root")),
    );
    expect(await found(unlike)).toBe("unsupported none no-address");
  });

  it("are the same as PrintableString and UTF8String, in any case and with more blanks", async () => {
    const printable = (text: string) => asciiString(Tag.PrintableString, text);
    for (const name of ["Odd Root", "ODD ROOT", " Odd  Root "]) {
      const sid = sidWith(
        attribute("2.5.4.10", printable("Example")),
        attribute(UNKNOWN, utf8("x")),
        attribute("2.5.4.3", printable(name)),
      );
      expect(await found(sid)).toBe("valid none matches");
    }
  });

  it("differ in another order or with an attribute less", async () => {
    const [o, x, cn] = [
      attribute("2.5.4.10", utf8("Example")),
      attribute(UNKNOWN, utf8("x")),
      attribute("2.5.4.3", utf8("Odd Root")),
    ];
    expect(await found(sidWith(cn, x, o))).toBe("unsupported none no-address");
    expect(await found(sidWith(o, cn))).toBe("unsupported none no-address");
  });
});

describe("micalg, parameters and letter case", () => {
  it("of digests that are written with NULL or without parameters are read alike", async () => {
    for (const parameters of ["null", "absent"] as const) {
      const recipe: SignerRecipe = { signer: ALICE, digestAlgorithm: algorithmIdentifier(Digest.sha256, parameters) };
      expect(await verdictOf(signedMail(TEXT, recipe))).toBe("valid none matches");
      const cms = signedData({ content: TEXT, eContent: "attached", signers: [recipe] });
      expect(naivelyVerified(cms)).toEqual(TEXT);
    }
  });

  it("of micalg do not matter", async () => {
    for (const micalg of ["sha1", "SHA-512", "unknown", '"sha-256, md5"']) {
      const mail = bytesOf(textOf(signedMail(TEXT)).replace("micalg=sha-256", `micalg=${micalg}`));
      expect(await verdictOf(mail)).toBe("valid none matches");
    }
  });
});

describe("addresses of certificates", () => {
  const person = certificate().key("p-256").issuedBy(ROOT);

  it.each([
    ["in subjectAltName only", person.subject("CN=Alice").email("alice@example.com"), "matches"],
    ["in the common name only", person.subject("CN=alice@example.com"), "no-address"],
    [
      "in subjectAltName, and another in the common name",
      person.subject("CN=boss@example.com").email("alice@example.com"),
      "matches",
    ],
    ["several, the right one last", person.email("a@example.org", "b@example.org", "alice@example.com"), "matches"],
    ["several, none right", person.email("a@example.org", "b@example.org"), "differs"],
  ])("are compared: %s", async (_name, recipe, expected) => {
    expect(await verdictOf(signedMail(TEXT, { signer: recipe.build() }))).toBe(`valid none ${expected}`);
  });
});

describe("trailing and leading matter", () => {
  it("of base64 after its padding is passed over", async () => {
    const mail = textOf(
      opaque(signedData({ content: TEXT, eContent: "attached", signers: [{ signer: ALICE }] })),
    ).trimEnd();
    const padded = mail.endsWith("=") ? mail : `${mail}====`;
    expect(await verdictOf(bytesOf(`${padded}\r\n\r\n-- \r\nmailing list footer\r\n`))).toBe("valid none matches");
  });

  it("of an mbox with one message, LF line ends and empty lines in front", async () => {
    const mail = textOf(signedMail(TEXT)).replaceAll("\r\n", "\n");
    expect(await verdictOf(bytesOf(`\n\nFrom alice@example.com Mon Jun  1 12:00:00 2026\n${mail}\n`))).toBe(
      "valid none matches",
    );
  });
});
