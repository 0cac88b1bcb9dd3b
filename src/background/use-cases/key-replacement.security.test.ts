import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { certificate, TEST_TIME, type TestCertificate } from "../../testing/certificate-builder.ts";
import { ALICE, HEADER, MALLORY, open, ROOT, signedMail, textEntity } from "../../testing/mail-builder.ts";
import { sha256Hex } from "../../testing/memory-key-store.ts";
import { testPageContext, type TestContext } from "../../testing/page-context.ts";
import { contactCertificate, decideReplacement, importContacts, listContacts, rememberSigner } from "./contacts.ts";

const ADDRESS = "alice@example.com";
const entity = textEntity("hello");
const builder = certificate().subject(`CN=${ADDRESS}`).email(ADDRESS);
const otherRoot = certificate().subject("CN=Other Root").ca().build();
const otherKey = builder.key("p-256").issuedBy(ROOT).build();
const otherIssuer = builder.key(ALICE).issuedBy(otherRoot).build();
const reissued = builder.key(ALICE).issuedBy(ROOT).build();
const roots = [ROOT, otherRoot];

let context: TestContext;
beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  context = testPageContext({ now: () => TEST_TIME.getTime() });
});

const receive = async (message: Uint8Array): ReturnType<typeof rememberSigner> =>
  rememberSigner(context, await open(message, { roots }));
const receiveFrom = (signer: TestCertificate, header = HEADER): ReturnType<typeof rememberSigner> =>
  receive(signedMail(entity, { signer }, { header }));
const names = async () =>
  (await listContacts(context)).map(({ address, certificate: { fingerprint }, replacement }) => ({
    address,
    current: fingerprint,
    waiting: replacement?.certificate.fingerprint ?? null,
  }));
const name = ({ der }: TestCertificate): string => sha256Hex(der);

describe("replacement of a contact's key by mail (attack 33)", () => {
  it("takes the first certificate of an address from verified mail", async () => {
    await receiveFrom(ALICE);
    expect(await names()).toEqual([{ address: ADDRESS, current: name(ALICE), waiting: null }]);
  });

  it.each([
    ["of another key", otherKey],
    ["by another issuer", otherIssuer],
  ])("lets a certificate %s wait, and keeps the known one in use", async (_, fresh) => {
    await receiveFrom(ALICE);
    await receiveFrom(fresh);
    expect(await names()).toEqual([{ address: ADDRESS, current: name(ALICE), waiting: name(fresh) }]);
  });

  it("tells what was learned once, and what waits until a person has decided", async () => {
    expect(await receiveFrom(ALICE)).toEqual({ address: ADDRESS, outcome: "learned" });
    expect(await receiveFrom(ALICE)).toBeNull();
    expect(await receiveFrom(otherKey)).toEqual({ address: ADDRESS, outcome: "waits" });
    expect(await receiveFrom(otherKey)).toEqual({ address: ADDRESS, outcome: "waits" });
    await decideReplacement(context, ADDRESS, "old", name(otherKey));
    expect(await receiveFrom(otherKey)).toBeNull();
    expect(await receiveFrom(reissued)).toBeNull();
  });

  it("takes a new certificate of the same key by the same issuer, and keeps the old one in history", async () => {
    await receiveFrom(ALICE);
    await receiveFrom(reissued);
    expect(await names()).toEqual([{ address: ADDRESS, current: name(reissued), waiting: null }]);
    expect((await context.contacts.get(ADDRESS))?.history.map(({ fingerprint }) => fingerprint)).toEqual([name(ALICE)]);
    await receiveFrom(ALICE);
    expect(await names()).toEqual([{ address: ADDRESS, current: name(reissued), waiting: null }]);
  });

  it("takes the new one when a person says so, with the old one in history", async () => {
    await receiveFrom(ALICE);
    await receiveFrom(otherKey);
    await decideReplacement(context, ADDRESS, "new", name(otherKey));
    expect(await names()).toEqual([{ address: ADDRESS, current: name(otherKey), waiting: null }]);
    expect((await context.contacts.get(ADDRESS))?.history.map(({ fingerprint }) => fingerprint)).toEqual([name(ALICE)]);
  });

  it("does not ask again for one that a person has turned down", async () => {
    await receiveFrom(ALICE);
    await receiveFrom(otherKey);
    await decideReplacement(context, ADDRESS, "old", name(otherKey));
    await receiveFrom(otherKey);
    expect(await names()).toEqual([{ address: ADDRESS, current: name(ALICE), waiting: null }]);
  });

  it("takes no certificate that came in while the person was looking at another", async () => {
    await receiveFrom(ALICE);
    await receiveFrom(otherKey);
    await receiveFrom(otherIssuer);
    const decision = decideReplacement(context, ADDRESS, "new", name(otherKey));
    await expect(decision).rejects.toMatchObject({ code: "contact.changed" });
    expect((await names())[0]?.current).toBe(name(ALICE));
    const nobody = decideReplacement(context, "nobody@example.com", "new", name(otherKey));
    await expect(nobody).rejects.toMatchObject({ code: "contact.unknown" });
  });

  it("hands out for a decision only the certificate that was shown, and never one that waits", async () => {
    await receiveFrom(ALICE);
    await receiveFrom(otherKey);
    expect(sha256Hex(await contactCertificate(context, ADDRESS, name(ALICE)))).toBe(name(ALICE));
    const waiting = contactCertificate(context, ADDRESS, name(otherKey));
    await expect(waiting).rejects.toMatchObject({ code: "contact.changed" });
    const nobody = contactCertificate(context, "nobody@example.com", name(ALICE));
    await expect(nobody).rejects.toMatchObject({ code: "contact.unknown" });
  });

  it("lets also a certificate from a file wait where another is known", async () => {
    await receiveFrom(ALICE);
    await importContacts(context, otherKey.der, [name(otherKey)]);
    expect(await names()).toEqual([{ address: ADDRESS, current: name(ALICE), waiting: name(otherKey) }]);
  });

  it("keeps one contact for an address, whatever its capitals", async () => {
    await receiveFrom(ALICE);
    const capitals = certificate().email("ALICE@Example.COM").key("p-256").issuedBy(ROOT).build();
    await importContacts(context, capitals.der, [name(capitals)]);
    expect(await names()).toEqual([{ address: ADDRESS, current: name(ALICE), waiting: name(capitals) }]);
  });
});

describe("what makes no contact (attacks 33 and 34)", () => {
  const changed = (): Uint8Array => {
    const message = signedMail(entity, { signer: ALICE });
    const text = Buffer.from(message).toString("latin1").replace("hello", "jello");
    return new Uint8Array(Buffer.from(text, "latin1"));
  };
  const stranger = certificate().subject("CN=Self").email(ADDRESS).key("p-256").build();
  const ended = builder.key("p-256").issuedBy(ROOT).expired().build();
  const withAttachedCertificate = (): Uint8Array =>
    signedMail(
      new Uint8Array(
        Buffer.from(
          `Content-Type: application/pkix-cert; name=bob.cer\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(otherKey.der).toString("base64")}`,
        ),
      ),
      { signer: MALLORY },
      { header: HEADER.map((line) => (line.startsWith("From:") ? "From: mallory@evil.example" : line)) },
    );

  it.each<[string, () => Uint8Array]>([
    ["a message that was changed", changed],
    ["a signer whose issuer is not trusted", () => signedMail(entity, { signer: stranger })],
    ["a certificate that has ended", () => signedMail(entity, { signer: ended })],
    ["a signer who is not in From", () => signedMail(entity, { signer: MALLORY })],
    [
      "two signers, one of them another",
      () => signedMail(entity, {}, { signers: [{ signer: ALICE }, { signer: MALLORY }] }),
    ],
    ["a message without a signature", () => new TextEncoder().encode(`${HEADER.join("\r\n")}\r\n\r\nhi`)],
  ])("is %s", async (_, message) => {
    await receive(message());
    expect(await names()).toEqual([]);
  });

  it("is a certificate that a signed message brings along for somebody else", async () => {
    await receive(withAttachedCertificate());
    expect(await names()).toEqual([{ address: "mallory@evil.example", current: name(MALLORY), waiting: null }]);
  });

  it("is a certificate of a file that nobody chose", async () => {
    const none = importContacts(context, otherKey.der, [name(ALICE)]);
    await expect(none).rejects.toMatchObject({ code: "choice.empty" });
    const authority = importContacts(context, ROOT.der, [name(ROOT)]);
    await expect(authority).rejects.toMatchObject({ code: "choice.empty" });
    expect(await names()).toEqual([]);
  });
});

describe("a full disk", () => {
  it("keeps nobody from reading", async () => {
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("", "QuotaExceededError");
    });
    await receiveFrom(ALICE);
    vi.restoreAllMocks();
    expect(await names()).toEqual([]);
  });
});
