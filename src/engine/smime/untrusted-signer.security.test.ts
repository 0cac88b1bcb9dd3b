import { describe, expect, it } from "vitest";
import { certificate, type TestCertificate } from "../../testing/certificate-builder.ts";
import { signedData } from "../../testing/cms-builder.ts";
import { directoryName, rfc822Name } from "../../testing/names.ts";
import { ALICE, open, type Reading, ROOT, signedMail, textEntity } from "../../testing/mail-builder.ts";
import { naivelyVerified } from "../../testing/openssl-cms.ts";

const TEXT = textEntity("Hello");

/** A certificate for Alice's address by whoever `issuer` is. */
function fakeAlice(issuer: TestCertificate | null): TestCertificate {
  const recipe = certificate().subject("CN=alice@example.com").email("alice@example.com").key("p-256");
  return (issuer ? recipe.issuedBy(issuer) : recipe).build();
}

async function verdict(signer: TestCertificate, issuers: readonly TestCertificate[] = [], reading: Reading = {}) {
  const message = signedMail(TEXT, { signer }, { certificates: [signer, ...issuers] });
  const { signature, sender, reasons } = (await open(message, reading)).verdict;
  return `${signature}: ${reasons.join(" ")} (${sender})`;
}

describe("attack 5: the signer's certificate is by nobody who may issue it", () => {
  it("is untrusted where it is self-signed, though the signature fits and the address is From's", async () => {
    const self = fakeAlice(null);
    expect(naivelyVerified(signedData({ content: TEXT, eContent: "attached", signers: [{ signer: self }] }))).toEqual(
      TEXT,
    );
    expect(await verdict(self)).toBe("untrusted: self-signed headers-not-protected (matches)");
  });

  it("is untrusted where a CA of the same name and another key issued it", async () => {
    const evilRoot = certificate().subject("CN=Practice Root").ca().build();
    expect(await verdict(fakeAlice(evilRoot))).toMatch(/^untrusted: (wrong-issuer-key|unknown-issuer)/);
    expect(await verdict(fakeAlice(evilRoot), [evilRoot])).toMatch(/^untrusted: (wrong-issuer-key|self-signed)/);
  });

  it("is untrusted where a CA of its own issued it, sent with the message", async () => {
    const evilRoot = certificate().subject("CN=Evil Root").ca().build();
    expect(await verdict(fakeAlice(evilRoot), [evilRoot])).toMatch(/^untrusted: unknown-issuer/);
    expect(await verdict(fakeAlice(evilRoot), [evilRoot, ROOT])).toMatch(/^untrusted: unknown-issuer/);
  });

  it("is untrusted where a leaf acted as CA", async () => {
    const leaf = certificate().subject("CN=Mallory").email("mallory@evil.example").key("p-256").issuedBy(ROOT);
    expect(await verdict(fakeAlice(leaf.notCa().build()), [leaf.notCa().build()])).toMatch(/^untrusted: /);
    const careless = leaf.notCa().keyUsage("digitalSignature", "keyCertSign").build();
    expect(await verdict(fakeAlice(careless), [careless])).toMatch(/^untrusted: issuer-not-a-ca/);
    const silent = leaf.build();
    expect(await verdict(fakeAlice(silent), [silent])).toMatch(/^untrusted: issuer-not-a-ca/);
  });

  it("is untrusted where the trusted root is a leaf that somebody trusts as a person", async () => {
    const friend = certificate().subject("CN=Friend").email("friend@example.com").key("p-256").notCa().build();
    expect(await verdict(fakeAlice(friend), [friend], { roots: [friend] })).toMatch(/^untrusted: /);
  });

  it("is untrusted beyond the path length and outside of the name constraints", async () => {
    const short = certificate().subject("CN=Short").ca(0).issuedBy(ROOT).build();
    const below = certificate().subject("CN=Below").ca().issuedBy(short).build();
    expect(await verdict(fakeAlice(below), [below, short])).toMatch(/^untrusted: path-too-long/);
    const permitted = { permitted: [rfc822Name("evil.example"), directoryName("O=Evil")] };
    const constrained = certificate().subject("CN=Constrained").ca().nameConstraints(permitted).issuedBy(ROOT).build();
    expect(await verdict(fakeAlice(constrained), [constrained])).toMatch(/^untrusted: name-constraint-violated/);
  });

  it("is untrusted where the certificate's own signature is broken, or it is out of its time", async () => {
    const alice = certificate().email("alice@example.com").key("p-256").issuedBy(ROOT);
    expect(await verdict(alice.brokenSignature().build())).toMatch(/^untrusted: wrong-issuer-key/);
    expect(await verdict(alice.expired().build())).toMatch(/^untrusted: expired-at-signing/);
    expect(await verdict(alice.notYetValid().build())).toMatch(/^untrusted: not-yet-valid-at-signing/);
  });

  it("does not trust the certificates that a reader knows, only the roots", async () => {
    const evilRoot = certificate().subject("CN=Evil Root").ca().build();
    const intermediates = [evilRoot.certificate, fakeAlice(null).certificate];
    expect(await verdict(fakeAlice(evilRoot), [], { intermediates })).toMatch(/^untrusted: /);
    expect(await verdict(fakeAlice(null), [], { intermediates })).toMatch(/^untrusted: /);
    expect(await verdict(ALICE, [], { roots: [], intermediates: [ROOT.certificate] })).toMatch(/^untrusted: /);
  });

  it("is trusted over an intermediate that came with the message or is known", async () => {
    const issuer = certificate().subject("CN=Issuer").ca(0).issuedBy(ROOT).build();
    expect(await verdict(fakeAlice(issuer), [issuer])).toMatch(/^valid: /);
    expect(await verdict(fakeAlice(issuer), [], { intermediates: [issuer.certificate] })).toMatch(/^valid: /);
    expect(await verdict(fakeAlice(issuer))).toMatch(/^untrusted: unknown-issuer/);
  });
});
