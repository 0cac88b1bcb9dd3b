import { describe, expect, it } from "vitest";
import { certificate, type TestCertificate } from "../../testing/certificate-builder.ts";
import { crl, distributionPoint, generalizedTime, Reason } from "../../testing/crl-builder.ts";
import { extension } from "../../testing/extension-values.ts";
import { uri } from "../../testing/names.ts";
import { ocsp, ocspError, type OcspOptions } from "../../testing/ocsp-builder.ts";
import { revocation, revocationWords, type TestQuestion } from "../../testing/revocation-question.ts";
import { nullValue, sequence } from "../asn1/writer.ts";
import { KeyPurpose } from "../x509/extended-key-usage.ts";
import { ExtensionId } from "../x509/extension.ts";
import { readOcspResponse } from "./ocsp-response.ts";

const root = certificate().subject("CN=Root").ca().build();
const leaf = certificate().subject("CN=Alice").key("p-256").issuedBy(root).build();
const other = certificate().subject("CN=Bob").key("p-256").issuedBy(root).build();

const judge = async (options: OcspOptions, more: Partial<TestQuestion> = {}): Promise<string> =>
  revocationWords({ leaf, root, ocsp: [ocsp(leaf, root, options)], ...more });

const NO_CHECK = "1.3.6.1.5.5.7.48.1.5";
const plainResponder = () =>
  certificate()
    .subject("CN=Responder")
    .key("p-256")
    .keyUsage("digitalSignature")
    .extendedKeyUsage(KeyPurpose.ocspSigning);
const noCheckResponder = () => plainResponder().extension(NO_CHECK, "not-critical", nullValue());
const by = (signer: TestCertificate): OcspOptions => ({ signer, certificates: [signer] });

describe("an OCSP response of the issuer", () => {
  it("has one of three statuses", async () => {
    expect(await judge({ status: "good" })).toBe("good");
    expect(await judge({ status: "unknown" })).toBe("unknown: responder-does-not-know");
    const at = new Date("2026-05-20T10:00:00Z");
    const revoked = ocsp(leaf, root, { status: { revoked: at, reason: Reason.cessationOfOperation } });
    expect(await revocation({ leaf, root, ocsp: [revoked] })).toEqual({
      status: "revoked",
      reason: "cessationOfOperation",
      at,
      certificate: "CN=Alice",
    });
    expect(await judge({ status: { revoked: at } })).toBe("revoked: unspecified");
  });

  it("names the certificate by SHA-1 or SHA-256, and the responder by name or key", async () => {
    expect(await judge({ hash: "sha1", responderId: "key" })).toBe("good");
    expect(await judge({ hash: "sha256", responderId: "name" })).toBe("good");
  });

  it("says nothing of other certificates", async () => {
    const namesake = certificate().subject("CN=Root").ca().build();
    expect(await revocationWords({ leaf, root, ocsp: [ocsp(other, root)] })).toBe("unknown: no-list-and-no-response");
    // The same issuer name and serial number, the key of another.
    expect(await revocationWords({ leaf, root, ocsp: [ocsp(leaf, namesake, { signer: root })] })).toBe(
      "unknown: no-list-and-no-response",
    );
  });

  it.each([1, 2, 3, 5, 6])("without an answer (status %i) says nothing", async (status) => {
    const answer = { response: readOcspResponse(ocspError(status)), requestNonce: null };
    expect(await revocationWords({ leaf, root, ocsp: [answer] })).toBe("unknown: responder-error");
  });

  it("stands beside lists: who says revoked is believed, then who says good", async () => {
    const lists = [crl(root).revoke(leaf).build()];
    expect(await judge({ status: "good" }, { crls: lists })).toBe("revoked: unspecified");
    expect(await judge({ status: "unknown" }, { crls: [crl(root).build()] })).toBe("good");
  });
});

describe("an OCSP response is current (RFC 6960 section 3.2, 5 and 6)", () => {
  it.each([
    ["from thisUpdate on", "2026-06-01T12:00:00Z", "2026-06-02T00:00:00Z", "good"],
    ["until nextUpdate", "2026-05-31T00:00:00Z", "2026-06-01T12:00:00Z", "good"],
    ["not before", "2026-06-01T12:00:01Z", "2026-06-02T00:00:00Z", "unknown: not-yet-valid"],
    ["not after", "2026-05-31T00:00:00Z", "2026-06-01T11:59:59Z", "unknown: expired"],
    ["without an end for a week", "2026-05-26T00:00:00Z", null, "good"],
    ["and no longer", "2026-05-25T11:00:00Z", null, "unknown: expired"],
  ])("%s", async (_, thisUpdate, nextUpdate, words) => {
    expect(await judge({ thisUpdate, nextUpdate })).toBe(words);
  });
});

describe("the nonce of an OCSP response (RFC 9654)", () => {
  const nonce = Uint8Array.of(1, 2, 3, 4);

  it("is that of the request where both have one", async () => {
    expect(await judge({ nonce, requestNonce: nonce })).toBe("good");
    expect(await judge({ nonce: Uint8Array.of(9), requestNonce: nonce })).toBe("unknown: nonce-differs");
  });

  it("may be missing, as in responses that were made in advance", async () => {
    expect(await judge({ requestNonce: nonce })).toBe("good");
    expect(await judge({ nonce })).toBe("good");
  });
});

describe("the extensions of an OCSP response", () => {
  it("make it useless where a critical one is unknown", async () => {
    const critical = extension("1.3.6.1.4.1.99999.1", true, nullValue());
    const useless = "unknown: unknown-critical-extension";
    expect(await judge({ extensions: [critical] })).toBe(useless);
    expect(await judge({ singleExtensions: [critical] })).toBe(useless);
    expect(await judge({ extensions: [extension("1.3.6.1.4.1.99999.1", false, nullValue())] })).toBe("good");
  });
});

describe("who signs an OCSP response (RFC 6960 section 4.2.2.2)", () => {
  it("has signed it", async () => {
    expect(await judge({ hasBrokenSignature: true })).toBe("unknown: signature-invalid");
    expect(await judge({ digest: "sha-1" })).toBe("unknown: weak-signature-algorithm");
  });

  it("may be a responder to whom the issuer gave a certificate for it", async () => {
    expect(await judge(by(noCheckResponder().issuedBy(root).build()))).toBe("good");
    expect(await judge(by(plainResponder().issuedBy(root).build()))).toBe("good");
    const apart = noCheckResponder().issuedBy(root).build();
    expect(await judge({ signer: apart }, { certificates: [apart] })).toBe("good");
    expect(await judge({ signer: apart })).toBe("unknown: issuer-missing");
  });

  it("has to be allowed to by extendedKeyUsage itself, and by keyUsage", async () => {
    const notAllowed = "unknown: issuer-not-allowed";
    const any = plainResponder().extendedKeyUsage(KeyPurpose.anyExtendedKeyUsage).issuedBy(root).build();
    expect(await judge(by(any))).toBe(notAllowed);
    expect(await judge(by(other))).toBe(notAllowed);
    const silent = plainResponder().withoutExtendedKeyUsage().issuedBy(root).build();
    expect(await judge(by(silent))).toBe(notAllowed);
    const wrongUsage = plainResponder().keyUsage("keyAgreement").issuedBy(root).build();
    expect(await judge(by(wrongUsage))).toBe(notAllowed);
    for (const usages of [["nonRepudiation"], ["digitalSignature", "nonRepudiation"]] as const) {
      const signing = noCheckResponder()
        .keyUsage(...usages)
        .issuedBy(root)
        .build();
      expect(await judge(by(signing))).toBe("good");
    }
    const critical = plainResponder().unknownCriticalExtension().issuedBy(root).build();
    expect(await judge(by(critical))).toBe(notAllowed);
  });

  it("has its certificate from the issuer directly", async () => {
    const ca = certificate().subject("CN=CA").ca().issuedBy(root).build();
    const below = noCheckResponder().issuedBy(ca).build();
    expect(await judge(by(below), { certificates: [ca] })).toBe("unknown: issuer-not-allowed");
    const forged = noCheckResponder().issuerName("CN=Root").build();
    expect(await judge(by(forged))).toBe("unknown: issuer-untrusted");
    const rootOfLeaf = ocsp(leaf, root, { signer: ca, certificates: [ca] });
    expect(await revocationWords({ leaf, root, ocsp: [rootOfLeaf] })).toBe("unknown: issuer-not-allowed");
  });

  it("has a certificate that is valid now", async () => {
    expect(await judge(by(noCheckResponder().expired().issuedBy(root).build()))).toBe("unknown: issuer-untrusted");
    expect(await judge(by(noCheckResponder().notYetValid().issuedBy(root).build()))).toBe("unknown: issuer-untrusted");
  });

  it("is not revoked itself, unless its issuer says not to ask", async () => {
    const plain = plainResponder().issuedBy(root).build();
    const noCheck = noCheckResponder().issuedBy(root).build();
    expect(await judge(by(noCheck), { crls: [partial(noCheck)] })).toBe("good");
    expect(await judge(by(plain), { crls: [partial(plain)] })).toBe("unknown: issuer-revoked");
  });

  it("is asked about where it says where", async () => {
    const point = sequence(distributionPoint({ fullName: [uri("http://crl.example.com/ocsp.crl")] }));
    const pointing = plainResponder().extension(ExtensionId.cRLDistributionPoints, "not-critical", point);
    expect(await judge(by(pointing.issuedBy(root).build()))).toBe("unknown: responder-not-checked");
  });

  /** A list of the responder and for some reasons only, which leaves the leaf to the response. */
  function partial(revoked: TestCertificate) {
    return crl(root)
      .scope({ reasons: [1] })
      .revoke(revoked)
      .build();
  }
});

describe("a certificate that has ended", () => {
  const ended = certificate().key("p-256").valid("2025-01-01T00:00:00Z", "2026-05-01T00:00:00Z").issuedBy(root).build();
  const question = { leaf: ended, root, signedAt: new Date("2026-04-01T00:00:00Z") };

  it("may be forgotten by a later response, unless that says how far it goes back", async () => {
    expect(await revocationWords({ ...question, ocsp: [ocsp(ended, root)] })).toBe("unknown: ended-before-list");
    const cutoff = extension("1.3.6.1.5.5.7.48.1.6", false, generalizedTime(new Date("2026-01-01T00:00:00Z")));
    const archived = ocsp(ended, root, { singleExtensions: [cutoff] });
    expect(await revocationWords({ ...question, ocsp: [archived] })).toBe("good");
  });

  it("is good by a response of its time", async () => {
    const then = { thisUpdate: "2026-04-28T00:00:00Z", nextUpdate: "2026-05-05T00:00:00Z" };
    expect(await revocationWords({ ...question, ocsp: [ocsp(ended, root, then)] })).toBe("good");
  });
});
