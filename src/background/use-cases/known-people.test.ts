import { describe, expect, it } from "vitest";
import { HEADER_POLICIES } from "../../engine/smime/header-policy.ts";
import { encryptMessage } from "../../engine/smime/protect.ts";
import type { KnownView } from "../../messages/answers.ts";
import type { ContactRow } from "../../storage/contacts.ts";
import { TEST_TIME, type TestCertificate } from "../../testing/certificate-builder.ts";
import {
  ALICE,
  bytesOf,
  HEADER,
  identityOf,
  lines,
  open,
  signedMail,
  somebody,
  textEntity,
} from "../../testing/mail-builder.ts";
import { sha256Hex } from "../../testing/memory-key-store.ts";
import { testPageContext } from "../../testing/page-context.ts";
import { contact } from "../../testing/secure-mail.ts";
import { knownContacts, knownOf } from "./known-people.ts";
import { StorageError } from "../../storage/storage-error.ts";

const BOB = somebody("bob@example.com");
const CAROL = somebody("carol@example.com");
const OLD_BOB = somebody("bob@example.com");

const { verified } = testPageContext();

interface World {
  readonly own?: readonly TestCertificate[];
  readonly contacts?: readonly ContactRow[];
}

async function known(message: Uint8Array, { own = [BOB], contacts = [] }: World = {}): Promise<KnownView> {
  const opened = await open(message, { identities: await Promise.all(own.map(identityOf)) });
  return knownOf(opened, {
    own: own.map(({ certificate }) => certificate),
    contacts,
    people: [],
    verified,
    now: TEST_TIME,
  });
}
const sealed = (...recipients: TestCertificate[]): Promise<Uint8Array> =>
  encryptMessage(bytesOf(lines(...HEADER, "Content-Type: text/plain", "", "words")), {
    recipients: recipients.map(({ certificate }) => certificate),
    cipher: "aes-256-cbc",
    keyTransport: { kind: "rsa-pkcs1" },
    headerPolicy: HEADER_POLICIES.none,
  });
const row = (address: string, certificate: TestCertificate): ContactRow => contact(address, certificate);

describe("whose keys a message is closed to", () => {
  it("says others' where every recipient is a contact, and nothing where one is not known", async () => {
    const message = await sealed(ALICE, CAROL);
    const contacts = [row("alice@example.com", ALICE), row("carol@example.com", CAROL)];
    expect((await known(message, { contacts })).keyHolder).toEqual({ kind: "others" });
    expect((await known(message, { contacts: contacts.slice(1) })).keyHolder).toBeNull();
  });

  it("says one's own, where the key of an own address is not here", async () => {
    const message = await sealed(ALICE, OLD_BOB);
    const contacts = [row("bob@example.com", OLD_BOB)];
    expect((await known(message, { contacts })).keyHolder).toEqual({
      kind: "self",
      endsAt: OLD_BOB.certificate.notAfter,
    });
    expect((await known(message, { contacts, own: [] })).keyHolder).toBeNull();
  });

  it("says nothing of a message that opens, but how long the certificate lasts that opened it", async () => {
    const message = await sealed(ALICE, BOB);
    const view = await known(message, { contacts: [row("alice@example.com", ALICE)] });
    expect([view.keyHolder, view.openedWith?.endsAt]).toEqual([null, BOB.certificate.notAfter]);
    expect(view.openedWith?.fingerprint).toBe(sha256Hex(BOB.der));
  });
});

describe("whom a message is encrypted for", () => {
  it("is said by address, of contacts and of oneself; a stranger's key is nobody's", async () => {
    const message = await sealed(ALICE, BOB, CAROL);
    const contacts = [row("alice@example.com", ALICE)];
    // In the order of their octets (X.690 section 11.6).
    const { recipients } = await known(message, { contacts });
    expect(new Set(recipients)).toEqual(new Set(["alice@example.com", "bob@example.com", null]));
    expect((await known(signedMail(textEntity("words")))).recipients).toEqual([]);
  });
});

describe("who signed", () => {
  const signed = signedMail(textEntity("words"));

  it("is oneself only by one's own certificate, not by one's address", async () => {
    expect((await known(signed, { own: [ALICE] })).isOwnSignature).toBe(true);
    expect((await known(signed, { own: [somebody("alice@example.com")] })).isOwnSignature).toBe(false);
    expect((await known(await sealed(BOB))).isOwnSignature).toBe(false);
  });

  it("usually signs, by what is remembered of the sender", async () => {
    const days = [1, 2, 3].map((day) => new Date(TEST_TIME.getTime() - day * 24 * 60 * 60 * 1000));
    const contacts = [{ ...row("alice@example.com", ALICE), signedMail: days }];
    const plain = bytesOf(lines(...HEADER, "", "words"));
    expect((await known(plain, { contacts })).signedBefore).toBe(3);
    expect((await known(plain, { contacts: [row("alice@example.com", ALICE)] })).signedBefore).toBe(0);
    const several = bytesOf(lines("From: alice@example.com, eve@evil.example", "", "words"));
    expect((await known(several, { contacts })).signedBefore).toBe(0);
  });

  it("imitates a contact, by look-alike letters in From", async () => {
    const host = new URL("http://exаmple.com/").hostname;
    const imitation = bytesOf(lines(`From: Alice <alice@${host}>`, "", "words"));
    const contacts = [row("alice@example.com", ALICE)];
    expect((await known(imitation, { contacts })).imitated).toEqual({
      contact: "alice@example.com",
      plain: `alice@${host}`,
    });
    expect((await known(signed, { contacts })).imitated).toBeNull();
  });
});

describe("contacts that cannot be read", () => {
  const failing = (error: Error) => knownContacts({ list: () => Promise.reject(error) } as never);

  it("keep nobody from reading mail", async () => {
    expect(await failing(new StorageError("storage.refused"))).toEqual([]);
    await expect(failing(new TypeError("bug"))).rejects.toThrow(TypeError);
  });
});
