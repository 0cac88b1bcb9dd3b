import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { OpenedMessage } from "../../engine/smime/open.ts";
import type { SignerVerdict } from "../../engine/verdicts.ts";
import { certificate } from "../../testing/certificate-builder.ts";
import type { SignerRecipe } from "../../testing/cms-builder.ts";
import { ALICE, open, ROOT, signedMail, textEntity } from "../../testing/mail-builder.ts";
import { testPageContext } from "../../testing/page-context.ts";
import type { Rows } from "../../storage/rows.ts";
import { StorageError } from "../../storage/storage-error.ts";
import type { VerifiedRow } from "../../storage/verified.ts";
import { rememberVerified, verifiedBefore } from "./verified-before.ts";

const on = (day: string): Date => new Date(`${day}T12:00:00Z`);
const [APRIL, NEXT_YEAR] = [on("2026-04-02"), on("2027-01-01")];
const builder = certificate().subject("CN=Alice").email("alice@example.com").key("p-256").issuedBy(ROOT);
const spring = builder.valid("2026-03-01T00:00:00Z", "2026-05-31T00:00:00Z");
const SPRING = spring.build();
const TEXT = "Hello";

let rows: Rows<VerifiedRow>;
beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  rows = testPageContext().verified;
});

const mail = (recipe: Partial<SignerRecipe> = {}, text = TEXT): Uint8Array =>
  signedMail(textEntity(text), { signer: SPRING, signingTime: on("2026-04-01"), ...recipe });
const read = (message: Uint8Array, at = APRIL): Promise<OpenedMessage> => open(message, { at });
const remember = async (opened: OpenedMessage, at = APRIL): Promise<void> => rememberVerified(rows, opened, at);
const known = async (message: Uint8Array, at = NEXT_YEAR) => verifiedBefore(rows, await read(message, at));

/** As if a list had said something of every signer's certificate. */
const withRevocation = (
  { layers, ...rest }: OpenedMessage,
  revocation: SignerVerdict["revocation"],
): OpenedMessage => ({
  ...rest,
  layers: layers.map((layer) =>
    "signers" in layer ? { ...layer, signers: layer.signers.map((signer) => ({ ...signer, revocation })) } : layer,
  ),
});

describe("what was verified here before a certificate ended", () => {
  it("is known of the same message afterwards, by our clock", async () => {
    const message = mail();
    await remember(await read(message));
    expect(await known(message)).toEqual({ at: APRIL, wasInForce: false });
  });

  it.each<[string, Uint8Array]>([
    ["another text, with the same date", mail({}, "Pay Eve")],
    ["the same text with another date", mail({ signingTime: on("2026-04-02") })],
    ["the same text and date by another certificate of the same name", mail({ signer: spring.build() })],
    [
      "one more signature that was never seen",
      signedMail(
        textEntity(TEXT),
        {},
        {
          signers: [
            { signer: SPRING, signingTime: on("2026-04-01") },
            { signer: spring.build(), signingTime: on("2026-04-01") },
          ],
        },
      ),
    ],
  ])("says nothing of %s, made with the old key", async (_, forged) => {
    await remember(await read(mail()));
    expect(await known(forged)).toBeNull();
  });

  it.each<[string, () => Promise<OpenedMessage>]>([
    ["the certificate had ended already", () => read(mail(), NEXT_YEAR)],
    ["nobody vouched for it", () => open(mail(), { at: APRIL, roots: [] })],
    [
      "a person vouched for it",
      () =>
        open(mail(), { at: APRIL, roots: [], decisions: [{ certificate: SPRING.der, address: "alice@example.com" }] }),
    ],
    ["the text had been changed", () => read(mail({ digestOf: textEntity("other") }))],
    [
      "it was withdrawn",
      async () =>
        withRevocation(await read(mail()), { status: "revoked", reason: "superseded", at: APRIL, certificate: "" }),
    ],
  ])("is not remembered where %s", async (_, opened) => {
    await remember(await opened());
    expect(await rows.list()).toEqual([]);
  });

  it("knows whether it was in force, as soon as a list has said so once, and since the first time", async () => {
    const message = mail();
    const opened = await read(message);
    await remember(opened);
    await remember(withRevocation(opened, { status: "good" }), on("2026-04-10"));
    await remember(opened, on("2026-04-12"));
    expect(await known(message)).toEqual({ at: APRIL, wasInForce: true });
  });

  it("tells nobody with a copy of the disk whether a guess of the text is right", async () => {
    // The same text, certificate and date, in a signature that only the key's holder can make.
    const [one, two] = [await read(mail()), await read(mail())];
    await remember(one);
    const [first, second] = [one, two].map(({ layers: [layer] }) => layer && "signers" in layer && layer.signers[0]);
    expect(first && second && Buffer.compare(first.signatureValue, second.signatureValue)).not.toBe(0);
    expect(await verifiedBefore(rows, two)).toBeNull();
  });

  it("holds nothing of the message", async () => {
    await remember(await read(mail()));
    expect(Object.keys((await rows.list())[0] ?? {}).sort()).toEqual(["seal", "verifiedAt", "wasInForce"]);
  });

  it("is nothing of unsigned mail, nor where storage does not answer, and keeps nobody from reading", async () => {
    expect(await known(textEntity("plain"))).toBeNull();
    const refused = () => Promise.reject(new StorageError("storage.refused"));
    const broken = { ...rows, get: refused, put: refused };
    const opened = await read(signedMail(textEntity(TEXT), { signer: ALICE }));
    await rememberVerified(broken, opened, APRIL);
    expect(await verifiedBefore(broken, opened)).toBeNull();
  });
});
