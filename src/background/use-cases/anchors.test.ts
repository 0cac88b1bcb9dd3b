import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { trustAnchor } from "../../engine/x509/trust-anchor.ts";
import { certificate, type TestCertificate } from "../../testing/certificate-builder.ts";
import { sha256Hex } from "../../testing/memory-key-store.ts";
import { testPageContext, type TestContext } from "../../testing/page-context.ts";
import * as anchors from "./anchors.ts";

const mozilla = certificate().subject("CN=Mozilla's").ca().build();
const own = certificate().subject("CN=Own").ca().build();
const other = certificate().subject("CN=Other").ca().build();
const name = ({ der }: TestCertificate): string => sha256Hex(der);
const pem = new TextEncoder().encode(own.pem + other.pem + mozilla.pem);

const make = (): TestContext =>
  testPageContext({ builtInRoots: () => Promise.resolve([trustAnchor(mozilla.certificate, "email")]) });
let context: TestContext;
beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  context = make();
});
const listed = async (): Promise<string[]> =>
  (await anchors.listAnchors(context)).map(({ subject, origin, isTrusted }) => `${subject} ${origin} ${isTrusted}`);
const used = async (): Promise<string[]> =>
  (await anchors.currentAnchors(context)).map(
    ({ certificate: { der }, purpose }) =>
      `${[own, other, mozilla].findIndex((each) => name(each) === sha256Hex(der))} ${purpose}`,
  );

describe("issuers", () => {
  it("are all listed of a file, and none is trusted by that (attack 48)", async () => {
    const found = await anchors.inspectAnchors(pem);
    expect(found.map(({ subject }) => subject)).toEqual(["CN=Own", "CN=Other", "CN=Mozilla's"]);
    expect(await listed()).toEqual(["CN=Mozilla's built-in true"]);
  });

  it("are trusted by name and no others, also in the next life of the worker", async () => {
    await anchors.trustAnchors(context, pem, [name(own)]);
    context = make();
    expect(await listed()).toEqual(["CN=Own user true", "CN=Mozilla's built-in true"]);
    expect(await used()).toEqual(["0 email", "2 email"]);
    const none = anchors.trustAnchors(context, pem, ["00".repeat(32)]);
    await expect(none).rejects.toMatchObject({ code: "choice.empty" });
  });

  it("that are switched off are distrusted, the built-in ones too, and can be switched on again", async () => {
    await anchors.trustAnchors(context, pem, [name(own)]);
    await anchors.switchAnchor(context, name(own), false);
    await anchors.switchAnchor(context, name(mozilla), false);
    context = make();
    expect(await listed()).toEqual(["CN=Own user false", "CN=Mozilla's built-in false"]);
    expect(await used()).toEqual(["0 none", "2 none"]);
    await anchors.switchAnchor(context, name(own), true);
    await anchors.switchAnchor(context, name(mozilla), true);
    expect(await used()).toEqual(["0 email", "2 email"]);
    const unknown = anchors.switchAnchor(context, name(other), true);
    await expect(unknown).rejects.toMatchObject({ code: "anchor.unknown" });
  });

  it("that are built in have one entry, and are switched on by a file", async () => {
    await anchors.switchAnchor(context, name(mozilla), false);
    await anchors.trustAnchors(context, pem, [name(mozilla)]);
    expect(await listed()).toEqual(["CN=Mozilla's built-in true"]);
  });

  it("of one's own are removed; built-in ones are not", async () => {
    await anchors.trustAnchors(context, pem, [name(own), name(other)]);
    await anchors.removeAnchor(context, name(own));
    const builtIn = anchors.removeAnchor(context, name(mozilla));
    await expect(builtIn).rejects.toMatchObject({ code: "anchor.unknown" });
    await anchors.switchAnchor(context, name(mozilla), false);
    await anchors.removeOwnAnchors(context);
    expect(await listed()).toEqual(["CN=Mozilla's built-in false"]);
  });
});
