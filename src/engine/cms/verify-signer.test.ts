import { describe, expect, it } from "vitest";
import { algorithmIdentifier } from "../asn1/algorithm-identifier.ts";
import { ContentType } from "../asn1/oids.ts";
import { Asn1Reader } from "../asn1/reader.ts";
import { encode } from "../asn1/writer.ts";
import { certificate } from "../../testing/certificate-builder.ts";
import { signerInfo, type SignerRecipe } from "../../testing/cms-builder.ts";
import { readSignerInfo } from "./signer-info.ts";
import { signedContent, verifySigner } from "./verify-signer.ts";

const CONTENT = new TextEncoder().encode("Hello");
const TST_INFO = "1.2.840.113549.1.9.16.1.4";
const alice = certificate().email("alice@example.com").key("p-256").build();
const rsa = certificate().email("alice@example.com").key("rsa-1024").build();

async function verify(
  recipe: Partial<SignerRecipe> = {},
  contentType: string = ContentType.data,
  certificates = [alice, rsa],
) {
  const der = encode(signerInfo(CONTENT, { signer: alice, ...recipe }));
  const info = readSignerInfo(new Asn1Reader(der, "ber"));
  const content = signedContent(contentType, CONTENT);
  return verifySigner(
    info,
    content,
    certificates.map((each) => each.certificate),
  );
}

describe("verifySigner (RFC 5652 section 5.6)", () => {
  it("says what was verified", async () => {
    expect(await verify()).toMatchObject({
      integrity: { status: "valid" },
      digest: "sha-256",
      signature: "ecdsa",
      signingTime: new Date("2026-06-01T12:00:00Z"),
      weaknesses: [],
    });
  });

  it("takes other content types with the attribute that names them, and never without", async () => {
    expect((await verify({ contentType: TST_INFO }, TST_INFO)).integrity).toEqual({ status: "valid" });
    expect((await verify({}, TST_INFO)).integrity).toMatchObject({ reason: "content-type-mismatch" });
    expect((await verify({ attributes: null }, TST_INFO)).integrity).toMatchObject({
      reason: "required-attribute-missing",
    });
    expect((await verify({ attributes: null })).integrity).toEqual({ status: "valid" });
  });

  it("says what it cannot check", async () => {
    const unknown = algorithmIdentifier("1.3.6.1.4.1.99999.1", "absent");
    expect((await verify({ digestAlgorithm: unknown })).integrity).toMatchObject({ reason: "unknown-digest" });
    expect((await verify({ signatureAlgorithm: unknown })).integrity).toMatchObject({
      reason: "unknown-signature-algorithm",
    });
    expect((await verify({}, ContentType.data, [rsa])).integrity).toMatchObject({
      reason: "signer-certificate-missing",
    });
  });

  it("names every weakness, of what fits and of what does not", async () => {
    expect((await verify({ signer: rsa, digest: "sha-1" })).weaknesses).toEqual(["weak-digest", "weak-key"]);
    expect((await verify({ signer: rsa, digest: "md5", digestOf: Uint8Array.of(1) })).weaknesses).toEqual([
      "weak-digest",
      "weak-key",
    ]);
  });

  it("looks at a few certificates that one identifier names, not at all", async () => {
    const twins = Array.from({ length: 5 }, () =>
      certificate()
        .key("p-256")
        .issuerName("CN=Alice")
        .serialNumber(...alice.certificate.serialNumber)
        .build(),
    );
    expect((await verify({}, ContentType.data, [...twins.slice(0, 3), alice])).integrity.status).toBe("valid");
    expect((await verify({}, ContentType.data, [...twins, alice])).integrity.status).toBe("invalid");
    // The same certificate over and over is one.
    const copies = Array.from({ length: 5 }, () => twins[0] ?? alice);
    expect((await verify({}, ContentType.data, [...copies, alice])).integrity.status).toBe("valid");
  });

  it("computes the digest of a content once for each algorithm", async () => {
    const content = signedContent(ContentType.data, CONTENT);
    expect(content.digest("sha-256")).toBe(content.digest("sha-256"));
    expect(await content.digest("sha-256")).not.toEqual(await content.digest("sha-512"));
  });
});
