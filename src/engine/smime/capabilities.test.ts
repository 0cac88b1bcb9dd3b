import { describe, expect, it } from "vitest";
import { certificate } from "../../testing/certificate-builder.ts";
import { toHex } from "../bytes/hex.ts";
import { encode } from "../asn1/writer.ts";
import { smimeCapabilities, smimeEncryptionKeyPreference } from "./capabilities.ts";

/** RFC 3565 section 4.1 gives these encodings of the capabilities in hexadecimal. */
const AES_128_CBC = "300b0609608648016503040102";
const AES_192_CBC = "300b0609608648016503040116";
const AES_256_CBC = "300b060960864801650304012a";

describe("sMIMECapabilities", () => {
  it("names what every program reads, the strongest first, in the encodings of RFC 3565", () => {
    const hex = toHex(encode(smimeCapabilities()));
    expect(hex.endsWith(`3027${AES_256_CBC}${AES_192_CBC}${AES_128_CBC}`)).toBe(true);
    // RFC 8551 appendix A: smimeCapabilities is { pkcs-9 15 }, with exactly one value.
    expect(hex.startsWith("303606092a864886f70d01090f3129")).toBe(true);
  });
});

describe("sMIMEEncryptionKeyPreference", () => {
  it("names the certificate by issuer and serial number, tagged [0] IMPLICIT (RFC 8551 section 2.5.3)", () => {
    const root = certificate().subject("CN=Root").ca().build();
    const leaf = certificate().key("p-256").serialNumber(0x0a, 0x1b).issuedBy(root).build();
    const hex = toHex(encode(smimeEncryptionKeyPreference(leaf.certificate)));
    const issuer = toHex(root.certificate.subject.der);
    expect(hex).toContain("060b2a864886f70d010910020b31");
    expect(hex.endsWith(`a0${(issuer.length / 2 + 4).toString(16)}${issuer}02020a1b`)).toBe(true);
  });
});
