import { describe, expect, it } from "vitest";
import { attributeOf, digestOf, type SignerRecipe } from "../../testing/cms-builder.ts";
import { certificate } from "../../testing/certificate-builder.ts";
import { open, ROOT, signedMail, textEntity } from "../../testing/mail-builder.ts";
import { Attribute, ContentType } from "../asn1/oids.ts";
import { octetString, oid } from "../asn1/writer.ts";
import { toHex } from "../bytes/hex.ts";

const TEXT = textEntity("Hello");
const person = certificate().subject("CN=Alice").email("alice@example.com").key("p-256").issuedBy(ROOT);
const SPRING = person.valid("2026-03-01T00:00:00Z", "2026-05-31T00:00:00Z").build();
const on = (day: string) => new Date(`${day}T12:00:00Z`);

async function judged(recipe: SignerRecipe, at: Date): Promise<string> {
  const { verdict } = await open(signedMail(TEXT, recipe), { at });
  return [verdict.signature, ...verdict.reasons.filter((reason) => !/headers|date/.test(reason))].join(" ");
}

describe("the time for which a signer's path is judged", () => {
  it.each([
    ["the signing time", "2026-04-01", "2026-04-02", "valid"],
    ["the signing time, after the certificate has ended", "2026-04-01", "2027-01-01", "valid expired-since"],
    ["a signing time after its end", "2026-06-10", "2027-01-01", "untrusted expired-at-signing"],
    ["a signing time before its beginning", "2026-02-01", "2026-04-02", "untrusted not-yet-valid-at-signing"],
    [
      "now, where the signing time is in the future",
      "2026-04-01",
      "2026-02-01",
      "untrusted not-yet-valid-at-signing signing-time-in-future",
    ],
  ])("is %s", async (_name, signingTime, at, expected) => {
    expect(await judged({ signer: SPRING, signingTime: on(signingTime) }, on(at))).toBe(expected);
  });

  it("is now where no signing time is claimed", async () => {
    const attributes = [
      attributeOf(Attribute.contentType, oid(ContentType.data)),
      attributeOf(Attribute.messageDigest, octetString(digestOf(TEXT))),
    ];
    for (const recipe of [
      { signer: SPRING, attributes },
      { signer: SPRING, attributes: null },
    ]) {
      expect(await judged(recipe, on("2026-04-02"))).toBe("valid");
      expect(await judged(recipe, on("2027-01-01"))).toBe("untrusted expired-at-signing");
    }
  });
});

describe("what is said of a signer", () => {
  it("is read from the certificate that signed", async () => {
    const { layers } = await open(signedMail(TEXT, { signer: SPRING, signingTime: on("2026-04-01") }), {
      at: on("2026-04-02"),
    });
    expect(layers).toMatchObject([
      {
        signers: [
          {
            subject: "CN=Alice",
            emails: ["alice@example.com"],
            issuer: "CN=Practice Root",
            serial: toHex(SPRING.certificate.serialNumber),
            certificate: SPRING.der,
            path: { status: "trusted", path: ["CN=Alice", "CN=Practice Root"] },
            revocation: { status: "not-checked" },
          },
        ],
      },
    ]);
  });

  it("is nothing but the algorithms where the certificate is missing", async () => {
    const { layers } = await open(signedMail(TEXT, {}, { certificates: [] }));
    expect(layers).toMatchObject([
      {
        signers: [
          {
            ...{ subject: null, emails: [], issuer: null, serial: null, certificate: null, digest: "sha-256" },
            path: { status: "untrusted", reason: "signer-certificate-missing" },
          },
        ],
      },
    ]);
  });
});
