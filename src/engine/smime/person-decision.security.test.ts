import { describe, expect, it } from "vitest";
import { certificate, type TestCertificate } from "../../testing/certificate-builder.ts";
import type { SignerRecipe } from "../../testing/cms-builder.ts";
import { HEADER, open, ROOT, signedMail, textEntity, bytesOf, lines } from "../../testing/mail-builder.ts";
import { trustAnchor } from "../x509/trust-anchor.ts";

const TEXT = textEntity("Hello");
const ADDRESS = "alice@example.com";
const HOME = "alice@home.example";
const selfMade = certificate().subject("CN=Alice").email(ADDRESS);
const ALICE = selfMade.key("p-256").build();
const on = (day: string): Date => new Date(`${day}T12:00:00Z`);

const from = (...addresses: readonly string[]): readonly string[] =>
  HEADER.map((line) => (line.startsWith("From:") ? `From: ${addresses.join(", ")}` : line));

interface Case {
  readonly signer: TestCertificate;
  readonly decided: readonly (readonly [TestCertificate, string])[];
  readonly header?: readonly string[];
  readonly entity?: Uint8Array;
  readonly recipe?: Partial<SignerRecipe>;
  readonly certificates?: readonly TestCertificate[];
  readonly at?: Date;
  readonly roots?: readonly TestCertificate[];
}

async function judged(test: Case): Promise<string> {
  const { signer, decided, header = HEADER, entity = TEXT, recipe = {}, certificates, at, roots = [ROOT] } = test;
  const rest = certificates === undefined ? { header } : { header, certificates };
  const { verdict, layers } = await open(signedMail(entity, { signer, ...recipe }, rest), {
    decisions: decided.map(([{ der }, address]) => ({ certificate: der, address })),
    roots,
    ...(at && { at }),
  });
  const [layer] = layers;
  const path = layer && "signers" in layer ? layer.signers[0]?.path : undefined;
  const by = path?.status === "trusted" ? (path.by ?? "anchor") : path?.reason;
  return `${verdict.signature} ${verdict.sender} ${by ?? "-"}`;
}

describe("a person who vouches for one certificate at one address", () => {
  it("is believed, and says so in the verdict", async () => {
    expect(await judged({ signer: ALICE, decided: [[ALICE, ADDRESS]] })).toBe("valid matches person");
    expect(await judged({ signer: ALICE, decided: [] })).toBe("untrusted matches self-signed");
  });

  it("is believed of a certificate whose issuer nobody knows", async () => {
    const stranger = certificate().subject("CN=Stranger").ca().build();
    const signer = selfMade.key("p-256").issuedBy(stranger).build();
    expect(await judged({ signer, decided: [[signer, ADDRESS]] })).toBe("valid matches person");
  });

  it("vouches for no other address, though the certificate names it too", async () => {
    const both = selfMade.email("boss@bank.example").key("p-256").build();
    const header = from("boss@bank.example");
    expect(await judged({ signer: both, decided: [[both, ADDRESS]], header })).toBe("untrusted matches self-signed");
    const two = from(ADDRESS, "boss@bank.example");
    expect(await judged({ signer: both, decided: [[both, ADDRESS]], header: two })).toBe(
      "untrusted matches self-signed",
    );
  });

  it("vouches for no other certificate of the same name and address", async () => {
    const imposter = selfMade.key("p-256").build();
    expect(await judged({ signer: imposter, decided: [[ALICE, ADDRESS]] })).toBe("untrusted matches self-signed");
  });

  it("vouches for nothing that the certificate has issued", async () => {
    const issuer = selfMade.ca().key("p-256").build();
    const signer = selfMade.key("p-256").issuedBy(issuer).build();
    const certificates = [signer, issuer];
    expect(await judged({ signer, decided: [[issuer, ADDRESS]], certificates })).toMatch(/^untrusted matches/);
  });

  it("does not mend a text that was changed, a weak method or a wrong purpose", async () => {
    const decided = (signer: TestCertificate) => ({ signer, decided: [[signer, ADDRESS]] as const });
    expect(await judged({ ...decided(ALICE), recipe: { digestOf: textEntity("other") } })).toMatch(/^invalid/);
    const server = selfMade.key("p-256").extendedKeyUsage("1.3.6.1.5.5.7.3.1").build();
    expect(await judged(decided(server))).toBe("untrusted matches purpose-not-allowed");
  });

  it("does not outlive the certificate", async () => {
    const spring = selfMade.valid("2026-03-01T00:00:00Z", "2026-05-31T00:00:00Z").key("p-256").build();
    const late = { signer: spring, decided: [[spring, ADDRESS]] as const, recipe: { signingTime: on("2026-06-10") } };
    expect(await judged({ ...late, at: on("2026-06-11") })).toBe("untrusted matches expired-at-signing");
  });

  it("does not outvote an issuer that lost its trust", async () => {
    const signer = selfMade.key("p-256").issuedBy(ROOT).build();
    const { verdict } = await open(signedMail(TEXT, { signer }), {
      roots: [],
      anchors: [trustAnchor(ROOT.certificate, "none")],
      decisions: [{ certificate: signer.der, address: ADDRESS }],
    });
    expect([verdict.signature, verdict.reasons[0]]).toEqual(["untrusted", "anchor-distrusted"]);
  });
});

describe("a person who has linked a certificate with another address", () => {
  const signer = selfMade.key("p-256").issuedBy(ROOT).build();
  const nameless = certificate().subject("CN=Alice Example").key("p-256").issuedBy(ROOT).build();

  it("is believed of that address, where an anchor vouches for the certificate", async () => {
    const header = from(HOME);
    expect(await judged({ signer, decided: [[signer, HOME]], header })).toBe("valid matches anchor");
    expect(await judged({ signer: nameless, decided: [[nameless, HOME]], header })).toBe("valid matches anchor");
    expect(await judged({ signer, decided: [], header })).toBe("valid differs anchor");
  });

  it("is not believed of a certificate that nobody vouches for", async () => {
    expect(await judged({ signer: ALICE, decided: [[ALICE, HOME]], header: from(HOME) })).toBe(
      "untrusted matches self-signed",
    );
  });

  it.each([
    ["another address", from("eve@home.example")],
    ["the address with other capitals", from("Alice@home.example")],
    ["one more sender", from(HOME, "eve@home.example")],
  ])("is not believed of %s", async (_, header) => {
    expect(await judged({ signer, decided: [[signer, HOME]], header })).toBe("valid differs anchor");
  });

  it("has to decide anew of a certificate that takes the place of the old one", async () => {
    const replaced = selfMade.key("p-256").issuedBy(ROOT).build();
    expect(await judged({ signer: replaced, decided: [[signer, HOME]], header: from(HOME) })).toBe(
      "valid differs anchor",
    );
  });

  it("is not believed where the sender outside is another than the signed one", async () => {
    const entity = bytesOf(lines(`From: ${HOME}`, 'Content-Type: text/plain; charset=utf-8; hp="clear"', "", "Hello"));
    const test = { signer, decided: [[signer, HOME]] as const, entity };
    expect(await judged({ ...test, header: from(HOME) })).toBe("valid matches anchor");
    expect(await judged({ ...test, header: from("boss@bank.example") })).toBe("valid differs anchor");
    expect(await judged({ ...test, header: from(ADDRESS) })).toBe("valid differs anchor");
  });
});
