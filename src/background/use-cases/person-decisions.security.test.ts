import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { certificate, type TestCertificate, TEST_TIME } from "../../testing/certificate-builder.ts";
import { HEADER, signedMail, textEntity } from "../../testing/mail-builder.ts";
import { sha256Hex } from "../../testing/memory-key-store.ts";
import { testPageContext, type TestContext } from "../../testing/page-context.ts";
import type { MessageView } from "../../messages/answers.ts";
import { StorageError } from "../../storage/storage-error.ts";
import { openMessage } from "./open-message.ts";
import { currentPeople, decidePerson, forgetPerson, listPeople } from "./person-decisions.ts";

const ADDRESS = "alice@example.com";
const HOME = "alice@home.example";
const builder = certificate().subject("CN=Alice").email(ADDRESS).key("p-256");
const alice = builder.build();

let context: TestContext;
beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  context = testPageContext({ now: () => TEST_TIME.getTime() });
});

async function read(signer: TestCertificate, from = ADDRESS): Promise<MessageView> {
  const header = HEADER.map((line) => (line.startsWith("From:") ? `From: ${from}` : line));
  const message = new Blob([signedMail(textEntity("hello"), { signer }, { header }).slice()]);
  for await (const event of openMessage({ name: "openMessage", message }, context)) {
    if (event.kind === "opened") return event.view;
  }
  throw new Error("not opened");
}
const verdict = async (signer: TestCertificate, from = ADDRESS): Promise<string> =>
  (await read(signer, from)).verdict.signature;

describe("what a person decides of one certificate", () => {
  it("counts from then on, with the day of it, until it is taken back", async () => {
    expect(await verdict(alice)).toBe("untrusted");
    await decidePerson(context, alice.der, ADDRESS);
    const view = await read(alice);
    expect([view.verdict.signature, view.known.decidedAt]).toEqual(["valid", TEST_TIME]);
    const [{ decision, kind } = { decision: "", kind: "" }] = await listPeople(context);
    expect([decision, kind]).toEqual([`${sha256Hex(alice.der)}/${ADDRESS}`, "trusted"]);
    expect(await forgetPerson(context, decision)).toEqual([]);
    expect(await read(alice)).toMatchObject({ verdict: { signature: "untrusted" }, known: { decidedAt: null } });
  });

  it("counts of an address with other capitals in From, and knows the day", async () => {
    await decidePerson(context, alice.der, ADDRESS);
    const view = await read(alice, "Alice@Example.com");
    expect([view.verdict.signature, view.known.decidedAt]).toEqual(["valid", TEST_TIME]);
  });

  it("counts for no other address and no other certificate", async () => {
    const both = builder.email("boss@bank.example").build();
    await decidePerson(context, both.der, ADDRESS);
    expect(await verdict(both)).toBe("valid");
    expect(await verdict(both, "boss@bank.example")).toBe("untrusted");
    expect(await verdict(builder.email("boss@bank.example").build())).toBe("untrusted");
    expect((await read(both, "boss@bank.example")).known.decidedAt).toBeNull();
  });

  it("makes no contact of an address that is only linked", async () => {
    await decidePerson(context, alice.der, HOME);
    expect((await listPeople(context))[0]?.kind).toBe("linked");
    // A link vouches for nobody.
    expect(await verdict(alice, HOME)).toBe("untrusted");
    expect(await context.contacts.list()).toEqual([]);
  });

  it.each([
    ["no certificate", new Uint8Array([1]), ADDRESS],
    ["no address", alice.der, "Alice"],
    ["several addresses", alice.der, "alice@example.com, eve@evil.example"],
  ])("is nothing where it is of %s", async (_, der, address) => {
    await expect(decidePerson(context, der, address)).rejects.toThrow();
    expect(await listPeople(context)).toEqual([]);
  });

  it("is none where the decisions cannot be read, and keeps nobody from reading mail", async () => {
    const failing = (error: Error) =>
      currentPeople({ people: { ...context.people, list: () => Promise.reject(error) } });
    expect(await failing(new StorageError("storage.refused"))).toEqual([]);
    await expect(failing(new TypeError("bug"))).rejects.toThrow(TypeError);
  });
});
