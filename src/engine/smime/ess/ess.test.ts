import { describe, expect, it } from "vitest";
import { attributeOf } from "../../../testing/cms-builder.ts";
import { ALICE, identityOf, open, signedMail, textEntity } from "../../../testing/mail-builder.ts";
import { TEST_TIME } from "../../../testing/certificate-builder.ts";
import { Tag } from "../../asn1/tag.ts";
import {
  asciiString,
  constructed,
  type Der,
  encode,
  implicitPrimitive,
  nullValue,
  octetString,
  oid,
  sequence,
  smallInteger,
} from "../../asn1/writer.ts";
import { toHex } from "../../bytes/hex.ts";
import { issuerAndSerialNumber } from "../../cms/certificate-identifier.ts";
import type { MailingListExpansion, SecurityLabel, SignerClaims } from "../../claims.ts";
import { signMessage } from "../protect.ts";
import { Ess } from "./oids.ts";
import { receiptRecipients } from "./receipt-request.ts";
import { securityLabel } from "./security-label.ts";

const TEXT = textEntity("text");

async function claims(...added: readonly Der[]): Promise<SignerClaims> {
  const { layers } = await open(signedMail(TEXT, { added }));
  const [signer] = layers.flatMap((layer) => ("signers" in layer ? layer.signers : []));
  expect(signer?.integrity.status).toBe("valid");
  return signer!.claims;
}

const LABEL: SecurityLabel = {
  policy: "1.2.3.4",
  classification: 4,
  privacyMark: "FOR THE BOARD",
  categories: [{ type: "1.2.3.4.5", value: encode(smallInteger(7)) }],
};

describe("security labels (RFC 2634 section 3.2)", () => {
  it.each<[string, SecurityLabel]>([
    ["with everything", LABEL],
    ["with a policy alone", { policy: "1.2.3.4", classification: null, privacyMark: null, categories: [] }],
    ["with a mark that is not ASCII", { ...LABEL, privacyMark: "Für den Vorstand" }],
  ])("are written and read %s", async (_name, label) => {
    expect((await claims(securityLabel(label))).securityLabel).toEqual(label);
  });

  it("are written in DER, in the order of their tags", () => {
    const der = toHex(encode(securityLabel(LABEL)));
    const mark = toHex(new TextEncoder().encode("FOR THE BOARD"));
    expect(der).toContain(`312602010406032a0304130d${mark}310d300b80042a030405a103020107`);
  });

  it("are read in whatever order their fields have", async () => {
    const disordered = constructed(Tag.Set, asciiString(Tag.PrintableString, "MARK"), oid("1.2.3"), smallInteger(2));
    expect((await claims(attributeOf(Ess.securityLabel, disordered))).securityLabel).toEqual({
      ...{ policy: "1.2.3", classification: 2, privacyMark: "MARK", categories: [] },
    });
  });

  it.each([
    ["without a policy", constructed(Tag.Set, smallInteger(1))],
    ["with two classifications", constructed(Tag.Set, smallInteger(1), smallInteger(2), oid("1.2.3"))],
    ["with a classification beyond 256", constructed(Tag.Set, smallInteger(257), oid("1.2.3"))],
    ["with too long a mark", constructed(Tag.Set, oid("1.2.3"), asciiString(Tag.PrintableString, "x".repeat(129)))],
    ["that is none", sequence()],
  ])("are none %s", async (_name, value) => {
    expect((await claims(attributeOf(Ess.securityLabel, value))).securityLabel).toBeNull();
  });

  it("have equals in other policies", async () => {
    const label = (policy: string) => constructed(Tag.Set, smallInteger(1), oid(policy));
    const { equivalentLabels } = await claims(
      attributeOf(Ess.equivalentLabels, sequence(label("1.2.5"), label("1.2.6"))),
    );
    expect(equivalentLabels.map(({ policy }) => policy)).toEqual(["1.2.5", "1.2.6"]);
  });

  it("stand on what we sign", async () => {
    const options = {
      identity: await identityOf(ALICE),
      form: "clear",
      signingTime: TEST_TIME,
      securityLabel: LABEL,
    } as const;
    const { layers } = await open(await signMessage(TEXT, options));
    expect(layers[0]).toMatchObject({ signers: [{ claims: { securityLabel: LABEL } }] });
  });
});

describe("mailing lists (RFC 2634 section 4.4)", () => {
  const time = asciiString(Tag.GeneralizedTime, "20260601120000Z");
  const names = (address: string) => sequence(implicitPrimitive(1, new TextEncoder().encode(address)));
  const policies = [
    [null, null],
    [implicitPrimitive(0, new Uint8Array(0)), { kind: "none", to: [] }],
    [constructed(0xa1, names("a@list.example")), { kind: "instead-of", to: ["a@list.example"] }],
    [constructed(0xa2, names("b@list.example")), { kind: "in-addition-to", to: ["b@list.example"] }],
  ] as const;

  it("are read in their order, with what they do to receipts", async () => {
    const history = policies.map(([policy]) => sequence(issuerAndSerialNumber(ALICE.certificate), time, policy));
    const byKey = sequence(octetString(Uint8Array.of(10, 11)), time);
    const { mailingLists } = await claims(attributeOf(Ess.mlExpansionHistory, sequence(...history, byKey)));
    expect(mailingLists.map(({ receipts }) => receipts)).toEqual([...policies.map(([, expected]) => expected), null]);
    expect(mailingLists.at(-1)).toEqual({ list: "0a0b", at: TEST_TIME, receipts: null });
    expect(mailingLists[0]?.list).toContain("CN=Practice Root");
  });

  it("are none where the attribute is broken", async () => {
    expect((await claims(attributeOf(Ess.mlExpansionHistory, nullValue()))).mailingLists).toEqual([]);
  });
});

describe("who gets a receipt (RFC 2634 section 2.3)", () => {
  const list = (receipts: MailingListExpansion["receipts"]): MailingListExpansion => ({
    list: "0a",
    at: TEST_TIME,
    receipts,
  });
  const to = ["alice@example.com"];
  const other = { kind: "instead-of", to: ["list@example.com"] } as const;
  it.each([
    ["everybody is asked", "all", [], to],
    ["everybody is asked, over a list", "all", [list(null)], to],
    ["those of no list are asked", "first-tier", [], to],
    ["those of no list are asked, over one", "first-tier", [list(null)], []],
    ["the reader is named", ["x@example.com", "BOB@example.com"], [], to],
    ["others are named", ["x@example.com"], [], []],
    ["the list wants none", "all", [list({ kind: "none", to: [] })], []],
    ["the list wants them itself", "all", [list(other)], other.to],
    ["the list wants them too", "all", [list({ ...other, kind: "in-addition-to" })], [...to, ...other.to]],
    ["the last of two lists decides", "all", [list({ kind: "none", to: [] }), list(other)], other.to],
  ] as const)("where %s", (_name, from, lists, expected) => {
    expect(receiptRecipients({ from, to }, lists, ["bob@example.com"])).toEqual(expected);
  });
});
