import { describe, expect, it } from "vitest";
import { certificate, type TestCertificate } from "../../testing/certificate-builder.ts";
import { crl, distributionPoint, Reason, relativeName, type CrlBuilder } from "../../testing/crl-builder.ts";
import { directoryName, distinguishedName, uri, utf8String } from "../../testing/names.ts";
import { revocation, revocationWords, type TestQuestion } from "../../testing/revocation-question.ts";
import { boolean, octetString, oid, sequence } from "../asn1/writer.ts";
import { ExtensionId } from "../x509/extension.ts";

const root = certificate().subject("CN=Root").ca().build();
const alice = () => certificate().subject("CN=Alice").key("p-256").issuedBy(root);
const leaf = alice().build();
const other = alice().build();

const judge = async (...lists: readonly CrlBuilder[]): Promise<string> => judgeLeaf(leaf, ...lists);
const judgeLeaf = async (of: TestCertificate, ...lists: readonly CrlBuilder[]): Promise<string> =>
  revocationWords({ leaf: of, root, crls: lists.map((list) => list.build()) });

const pointTo = (options: Parameters<typeof distributionPoint>[0]): TestCertificate =>
  alice()
    .extension(ExtensionId.cRLDistributionPoints, "not-critical", sequence(distributionPoint(options)))
    .build();
const MAIN = uri("http://crl.example.com/main.crl");
const PART = uri("http://crl.example.com/part.crl");

describe("a CRL of the issuer", () => {
  it("that does not list the certificate shows it good", async () => {
    expect(await judge(crl(root))).toBe("good");
    expect(await judge(crl(root).revoke(other))).toBe("good");
  });

  it("that lists it shows when and why it was revoked", async () => {
    const at = new Date("2026-05-20T10:00:00Z");
    const list = crl(root).revoke(other).revoke(leaf, { reason: Reason.keyCompromise, at });
    expect(await revocation({ leaf, root, crls: [list.build()] })).toEqual({
      status: "revoked",
      reason: "keyCompromise",
      at,
      certificate: "CN=Alice",
    });
  });

  it.each(Object.entries(Reason).filter(([name]) => name !== "removeFromCRL"))(
    "names the reason %s",
    async (name, reason) => {
      expect(await judge(crl(root).revoke(leaf, { reason }))).toBe(`revoked: ${name}`);
    },
  );

  it("revokes without a reason, and for one that has no name", async () => {
    expect(await judge(crl(root).revoke(leaf))).toBe("revoked: unspecified");
    expect(await judge(crl(root).revoke(leaf, { reason: 99 }))).toBe("revoked: unspecified");
  });

  it("revokes from the moment it lists a certificate, whatever the date of the entry", async () => {
    expect(await judge(crl(root).revoke(leaf, { at: new Date("2027-01-01T00:00:00Z") }))).toBe("revoked: unspecified");
  });

  it("of version 1 counts", async () => {
    expect(await judge(crl(root).version(1))).toBe("good");
    expect(await judge(crl(root).version(1).revoke(leaf))).toBe("revoked: unspecified");
  });

  it("says nothing of the certificate of another issuer with the same serial number", async () => {
    const rival = certificate().subject("CN=Rival").ca().build();
    const list = crl(rival).revoke(leaf).build();
    expect(await revocationWords({ leaf, root, crls: [list], certificates: [rival] })).toBe(
      "unknown: no-list-and-no-response",
    );
  });
});

describe("a CRL is current (RFC 5280 sections 5.1.2.4 and 5.1.2.5)", () => {
  it.each([
    ["from thisUpdate on", "2026-06-01T12:00:00Z", "2026-07-01T00:00:00Z", "good"],
    ["until nextUpdate", "2026-05-01T00:00:00Z", "2026-06-01T12:00:00Z", "good"],
    ["not before", "2026-06-01T12:00:01Z", "2026-07-01T00:00:00Z", "unknown: not-yet-valid"],
    ["not after", "2026-05-01T00:00:00Z", "2026-06-01T11:59:59Z", "unknown: expired"],
    ["never without an end", "2026-05-01T00:00:00Z", null, "unknown: without-end"],
  ])("%s", async (_, thisUpdate, nextUpdate, words) => {
    expect(await judge(crl(root).window(thisUpdate, nextUpdate))).toBe(words);
  });

  it("and an older one that is still current says nothing beside it", async () => {
    const older = crl(root).window("2026-05-01T00:00:00Z", "2026-06-25T00:00:00Z");
    expect(await judge(older.revoke(leaf, { reason: Reason.certificateHold }), crl(root))).toBe("good");
  });
});

describe("the extensions of a CRL", () => {
  const unknown = "1.3.6.1.4.1.99999.1";

  it("make it useless where a critical one is unknown, of the list or of an entry", async () => {
    const value = octetString(new Uint8Array(0));
    const useless = "unknown: unknown-critical-extension";
    expect(await judge(crl(root).extension(unknown, "critical", value))).toBe(useless);
    const entry = sequence(oid(unknown), boolean(true), octetString(new Uint8Array(0)));
    expect(await judge(crl(root).revoke(other, { extensions: [entry] }))).toBe(useless);
    expect(await judge(crl(root).extension(unknown, "not-critical", value))).toBe("good");
  });
});

describe("the scope of a CRL (RFC 5280 section 6.3.3 (b))", () => {
  const ca = certificate().subject("CN=CA").ca().issuedBy(root).build();
  const below = certificate().subject("CN=Bob").key("p-256").issuedBy(ca).build();
  const chain = async (rootList: CrlBuilder): Promise<string> =>
    revocationWords({ leaf: below, root, intermediates: [ca], crls: [rootList.build(), crl(ca).build()] });

  it("holds user certificates only where it says so", async () => {
    const list = crl(root).scope({ only: "user" });
    expect(await judge(list)).toBe("good");
    expect(await chain(list)).toBe("unknown: other-scope");
  });

  it("holds CA certificates only where it says so", async () => {
    const list = crl(root).scope({ only: "ca" });
    expect(await judge(list)).toBe("unknown: other-scope");
    expect(await chain(list)).toBe("good");
  });

  it("holds no certificate of a key where it holds attribute certificates", async () => {
    expect(await judge(crl(root).scope({ only: "attribute" }))).toBe("unknown: other-scope");
  });

  it("is met by one equal name of the two distribution points", async () => {
    const inMain = pointTo({ fullName: [MAIN] });
    expect(await judgeLeaf(inMain, crl(root).scope({ fullName: [PART, MAIN] }))).toBe("good");
    expect(await judgeLeaf(inMain, crl(root).scope({ fullName: [PART] }))).toBe("unknown: other-scope");
    expect(await judgeLeaf(inMain, crl(root))).toBe("good");
  });

  it("is not met by a certificate that names no distribution point", async () => {
    expect(await judge(crl(root).scope({ fullName: [MAIN] }))).toBe("unknown: other-scope");
    expect(await judge(crl(root).scope({ fullName: [directoryName("CN=Root")] }))).toBe("good");
  });

  it("is not met by the issuer's own name where the certificate names another point", async () => {
    const asIssuer = crl(root).scope({ fullName: [directoryName("CN=Root")] });
    expect(await judgeLeaf(pointTo({ fullName: [MAIN] }), asIssuer)).toBe("unknown: other-scope");
  });

  it("may be named relative to the issuer of the list", async () => {
    const relative = relativeName(utf8String("part 1"));
    const inPart = pointTo({ relativeName: relative });
    expect(await judgeLeaf(inPart, crl(root).scope({ relativeName: relative }))).toBe("good");
    expect(await judgeLeaf(inPart, crl(root).scope({ fullName: [directoryName("CN=part 1,CN=Root")] }))).toBe("good");
    expect(await judgeLeaf(inPart, crl(root).scope({ relativeName: relativeName(utf8String("part 2")) }))).toBe(
      "unknown: other-scope",
    );
  });
});

describe("lists for some reasons (RFC 5280 section 6.3.3 (d), (e) and (l))", () => {
  const compromise = [1, 2];
  const rest = [3, 4, 5, 6, 7, 8];

  it("are good together where they have all reasons, and unknown where one is missing", async () => {
    const first = crl(root).scope({ reasons: compromise });
    expect(await judge(first)).toBe("unknown: some-reasons-only");
    expect(await judge(first, crl(root).scope({ reasons: rest }))).toBe("good");
    expect(await judge(first, crl(root).scope({ reasons: rest }).revoke(leaf, { reason: Reason.superseded }))).toBe(
      "revoked: superseded",
    );
  });

  it("are counted as the certificate's distribution point has them", async () => {
    const forCompromise = pointTo({ fullName: [MAIN], reasons: compromise });
    expect(await judgeLeaf(forCompromise, crl(root).scope({ fullName: [MAIN] }))).toBe("unknown: some-reasons-only");
    expect(
      await judgeLeaf(
        forCompromise,
        crl(root)
          .scope({ fullName: [MAIN] })
          .revoke(forCompromise),
      ),
    ).toBe("revoked: unspecified");
  });
});

describe("an indirect CRL (RFC 5280 section 5.3.3)", () => {
  const lister = certificate().subject("CN=Lister").ca().keyUsage("cRLSign").issuedBy(root).build();
  const listed = pointTo({ crlIssuer: [directoryName("CN=Lister")] });
  const indirect = crl(lister).scope({ indirect: true });
  const ask = async (list: CrlBuilder, more: Partial<TestQuestion> = {}): Promise<string> =>
    revocationWords({ leaf: listed, root, crls: [list.build()], certificates: [lister], ...more });

  it("of the issuer that the certificate names is asked", async () => {
    expect(await ask(indirect)).toBe("good");
    expect(await ask(indirect.revoke(listed, { issuer: [directoryName("CN=Root")] }))).toBe("revoked: unspecified");
  });

  it("has the issuer of the entry before where an entry names none", async () => {
    const first = indirect.revoke(other, { issuer: [directoryName("CN=Root")] });
    expect(await ask(first.revoke(listed))).toBe("revoked: unspecified");
    expect(await ask(indirect.revoke(listed))).toBe("good");
    expect(await ask(first.revoke(other, { issuer: [directoryName("CN=Lister")] }).revoke(listed))).toBe("good");
  });

  it("has to say that it is one", async () => {
    expect(await ask(crl(lister))).toBe("unknown: other-scope");
  });

  it("is not asked where the certificate does not name its issuer", async () => {
    expect(await ask(indirect, { leaf })).toBe("unknown: no-list-and-no-response");
  });

  it("may not be by anybody without a path to the same anchor", async () => {
    const stranger = certificate().subject("CN=Lister").ca().keyUsage("cRLSign").build();
    expect(await ask(crl(stranger).scope({ indirect: true }), { certificates: [stranger] })).toBe(
      "unknown: issuer-untrusted",
    );
  });

  it("may not be by anybody whose certificate was revoked", async () => {
    const crls = [indirect.build(), crl(root).scope({ only: "ca" }).revoke(lister).build()];
    expect(await revocationWords({ leaf: listed, root, crls, certificates: [lister] })).toBe("unknown: issuer-revoked");
  });
});

describe("a delta CRL (RFC 5280 section 5.2.4)", () => {
  const complete = crl(root).number(5);
  const delta = crl(root).number(7).deltaOf(5).window("2026-05-31T00:00:00Z", "2026-06-03T00:00:00Z");

  it("adds to the complete one that it continues", async () => {
    expect(await judge(complete, delta)).toBe("good");
    expect(await judge(complete, delta.revoke(leaf, { reason: Reason.superseded }))).toBe("revoked: superseded");
    expect(await judge(complete.revoke(leaf), delta)).toBe("revoked: unspecified");
  });

  it("takes off the list what was on hold", async () => {
    const onHold = complete.revoke(leaf, { reason: Reason.certificateHold });
    expect(await judge(onHold, delta)).toBe("revoked: certificateHold");
    expect(await judge(onHold, delta.revoke(leaf, { reason: Reason.removeFromCRL }))).toBe("good");
  });

  it("makes a complete one current that has ended", async () => {
    const ended = complete.window("2026-05-01T00:00:00Z", "2026-05-31T00:00:00Z");
    expect(await judge(ended)).toBe("unknown: expired");
    expect(await judge(ended, delta)).toBe("good");
    expect(await judge(ended.revoke(leaf), delta)).toBe("revoked: unspecified");
  });

  it("says nothing alone", async () => {
    expect(await judge(delta)).toBe("unknown: complete-list-missing");
    expect(await judge(delta.revoke(leaf))).toBe("unknown: complete-list-missing");
  });

  it.each([
    ["starts after the complete one", crl(root).number(7).deltaOf(6)],
    ["is no newer than it", crl(root).number(5).deltaOf(4)],
    ["has another scope", crl(root).number(7).deltaOf(5).scope({ only: "user" })],
    ["has ended", crl(root).number(7).deltaOf(5).window("2026-05-26T00:00:00Z", "2026-05-27T00:00:00Z")],
    ["is not signed by the issuer", crl(root).number(7).deltaOf(5).brokenSignature()],
  ])("is passed over where it %s", async (_, wrong) => {
    expect(await judge(complete, wrong.revoke(leaf))).toBe("good");
  });
});

describe("the issuer of a CRL (RFC 5280 section 6.3.3 (f) and (g))", () => {
  it("has to have signed it", async () => {
    expect(await judge(crl(root).brokenSignature())).toBe("unknown: signature-invalid");
    const namesake = certificate().subject("CN=Root").ca().build();
    const list = crl(namesake).build();
    expect(await revocationWords({ leaf, root, crls: [list] })).toBe("unknown: signature-invalid");
    expect(await revocationWords({ leaf, root, crls: [list], certificates: [namesake] })).toBe(
      "unknown: issuer-untrusted",
    );
  });

  it("has cRLSign in its keyUsage, where it has one, an anchor too", async () => {
    const unable = certificate().subject("CN=Unable").ca().keyUsage("keyCertSign").build();
    const below = certificate().key("p-256").issuedBy(unable).build();
    expect(await revocationWords({ leaf: below, root: unable, crls: [crl(unable).build()] })).toBe(
      "unknown: issuer-not-allowed",
    );
    const silent = certificate().subject("CN=Silent").ca().withoutKeyUsage().build();
    const belowSilent = certificate().key("p-256").issuedBy(silent).build();
    expect(await revocationWords({ leaf: belowSilent, root: silent, crls: [crl(silent).build()] })).toBe("good");
  });

  it("may have a key for lists alone", async () => {
    const signer = certificate().subject("CN=Root").ca().keyUsage("cRLSign").issuedBy(root).build();
    const question = { leaf, root, certificates: [signer] };
    expect(await revocationWords({ ...question, crls: [crl(signer).build()] })).toBe("good");
    expect(await revocationWords({ ...question, crls: [crl(signer).revoke(leaf).build()] })).toBe(
      "revoked: unspecified",
    );
  });

  it("signs with no broken digest", async () => {
    expect(await judge(crl(root).signedWith("sha-1"))).toBe("unknown: weak-signature-algorithm");
  });

  it("is not the certificate itself that is asked about", async () => {
    const ownLister = certificate().subject("CN=Root").ca().issuedBy(root).build();
    const list = crl(ownLister).issuerName(distinguishedName("CN=Root")).build();
    expect(await revocationWords({ leaf: ownLister, root, crls: [list] })).toBe("unknown: signature-invalid");
  });
});
