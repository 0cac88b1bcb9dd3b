import { describe, expect, it } from "vitest";
import { certificate } from "../../testing/certificate-builder.ts";
import { directoryName, dnsName, ipAddress, otherName, registeredId, uri, utf8String } from "../../testing/names.ts";
import { encoded } from "../asn1/writer.ts";
import { fromHex, toHex } from "../bytes/hex.ts";
import { SmimeError } from "../errors.ts";
import { basicConstraints } from "./basic-constraints.ts";
import type { Certificate } from "./certificate.ts";
import { extendedKeyUsage, KeyPurpose } from "./extended-key-usage.ts";
import { ExtensionId } from "./extension.ts";
import { authorityKeyIdentifier, readSubjectKeyIdentifier, subjectKeyIdentifier } from "./key-identifiers.ts";
import { keyUsage } from "./key-usage.ts";
import { nameConstraints } from "./name-constraints.ts";
import { subjectAltName } from "./subject-alt-name.ts";

const plain = certificate().key("p-256").withoutKeyUsage().withoutExtendedKeyUsage().withoutKeyIdentifiers();

function withExtension(oid: string, hex: string): Certificate {
  const value = fromHex(hex);
  if (!value) throw new Error(hex);
  return plain.extension(oid, "critical", encoded(value)).build().certificate;
}

describe("extensions", () => {
  it("are absent where a certificate has none", () => {
    const bare = plain.build().certificate;
    expect([keyUsage, extendedKeyUsage, basicConstraints, nameConstraints].map((read) => read(bare))).toEqual(
      Array.from({ length: 4 }, () => null),
    );
    expect(subjectAltName(bare)).toEqual([]);
    expect(subjectKeyIdentifier(bare)).toBeNull();
    expect(authorityKeyIdentifier(bare)).toBeNull();
  });

  it("are read as they were built", () => {
    const root = certificate().subject("CN=Root").ca(3).build().certificate;
    expect(basicConstraints(root)).toEqual({ cA: true, pathLenConstraint: 3 });
    expect([...(keyUsage(root) ?? [])]).toEqual(["keyCertSign", "cRLSign"]);
    const leaf = plain.keyUsage("digitalSignature", "decipherOnly").extendedKeyUsage(KeyPurpose.emailProtection);
    expect([...(keyUsage(leaf.build().certificate) ?? [])]).toEqual(["digitalSignature", "decipherOnly"]);
    expect(extendedKeyUsage(leaf.build().certificate)).toEqual([KeyPurpose.emailProtection]);
  });

  it("link a certificate to its issuer by key identifiers", () => {
    const root = certificate().subject("CN=Root").ca().build();
    const leaf = certificate().key("p-256").issuedBy(root).build();
    const identifier = subjectKeyIdentifier(root.certificate);
    expect(identifier).toHaveLength(20);
    expect(toHex(authorityKeyIdentifier(leaf.certificate) ?? new Uint8Array())).toBe(
      toHex(identifier ?? new Uint8Array()),
    );
  });

  it("give alternative names of every form", () => {
    const names = [
      dnsName("example.com"),
      uri("https://example.com/"),
      directoryName("CN=Alice"),
      ipAddress(192, 0, 2, 1),
      otherName("1.2.3", utf8String("x")),
      registeredId("1.2.3"),
    ];
    const kinds = subjectAltName(plain.altName(...names).build().certificate).map(({ kind }) => kind);
    const expected = [
      "dNSName",
      "uniformResourceIdentifier",
      "directoryName",
      "iPAddress",
      "otherName",
      "registeredID",
    ];
    expect(kinds).toEqual(expected);
  });

  it("say which subtrees have a minimum or a maximum", () => {
    // permittedSubtrees { rfc822Name "a", minimum 1 }, then the same without it.
    const constraints = nameConstraints(
      withExtension(ExtensionId.nameConstraints, "300fa00d30068101618001013003810161"),
    );
    expect(constraints?.permittedSubtrees.map(({ isWhole }) => isWhole)).toEqual([false, true]);
  });

  it.each<[string, (certificate: Certificate) => unknown, string, string]>([
    ["keyUsage with padding bits that are set", keyUsage, ExtensionId.keyUsage, "030207ff"],
    ["keyUsage that is an OCTET STRING", keyUsage, ExtensionId.keyUsage, "040180"],
    ["keyUsage with trailing data", keyUsage, ExtensionId.keyUsage, "030207800500"],
    ["extendedKeyUsage without a purpose", extendedKeyUsage, ExtensionId.extKeyUsage, "3000"],
    [
      "basicConstraints with a negative path length",
      basicConstraints,
      ExtensionId.basicConstraints,
      "30060101ff0201ff",
    ],
    ["basicConstraints whose boolean is not DER", basicConstraints, ExtensionId.basicConstraints, "3003010101"],
    ["subjectAltName without a name", subjectAltName, ExtensionId.subjectAltName, "3000"],
    ["subjectAltName with an unknown form", subjectAltName, ExtensionId.subjectAltName, "30038a0161"],
    ["nameConstraints without subtrees", nameConstraints, ExtensionId.nameConstraints, "3000"],
    ["nameConstraints with an empty list", nameConstraints, ExtensionId.nameConstraints, "3002a000"],
    ["subjectKeyIdentifier of another type", readSubjectKeyIdentifier, ExtensionId.subjectKeyIdentifier, "0500"],
  ])("refuse %s", (_, read, oid, hex) => {
    const built = withExtension(oid, hex);
    const refused = (): unknown => {
      try {
        return read(built);
      } catch (error) {
        return error instanceof SmimeError ? [error.code, error.context["extension"]] : error;
      }
    };
    expect(refused()).toEqual(["malformed.certificate", oid]);
    expect(refused()).toEqual(["malformed.certificate", oid]);
  });

  it("take a key identifier that cannot be read for none: it is a hint", () => {
    expect(subjectKeyIdentifier(withExtension(ExtensionId.subjectKeyIdentifier, "0500"))).toBeNull();
  });
});
