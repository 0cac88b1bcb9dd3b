import { describe, expect, it } from "vitest";
import { certificate, TEST_TIME } from "../../testing/certificate-builder.ts";
import { signedData } from "../../testing/cms-builder.ts";
import { ALICE, identityOf, open, opaque, ROOT, textEntity } from "../../testing/mail-builder.ts";
import { ContentType } from "../asn1/oids.ts";
import { toHex } from "../bytes/hex.ts";
import { Ess } from "./ess/oids.ts";
import { encodeReceipt } from "./ess/receipt.ts";
import { HEADER_POLICIES } from "./header-policy.ts";
import { judgeReceipt } from "./judge-receipt.ts";
import { protectMessage, signMessage } from "./protect.ts";
import { signReceipt } from "./sign-receipt.ts";

const BOB = certificate().subject("CN=Bob").email("bob@example.com").key("rsa-2048").issuedBy(ROOT).build();
const TEXT = textEntity("text");
const asking = async () => ({
  ...({ identity: await identityOf(ALICE), form: "clear", signingTime: TEST_TIME } as const),
  receiptRequest: { from: "all", to: ["alice@example.com"] } as const,
});
const requestIn = async (message: Uint8Array) => {
  const { layers } = await open(message, { identities: [await identityOf(BOB)] });
  const signers = layers.flatMap((layer) => ("signers" in layer ? layer.signers : []));
  return signers.map(({ claims: { receiptRequest } }) => receiptRequest);
};
const [request] = await requestIn(await signMessage(TEXT, await asking()));
const { message } = request!;
const FROM_BOB = new TextEncoder().encode("From: bob@example.com\r\n");
const answer = async (of = message) =>
  open(await signReceipt([FROM_BOB], of, { identity: await identityOf(BOB), signingTime: TEST_TIME }));
const verdictOn = (receipt: Awaited<ReturnType<typeof answer>>) => judgeReceipt(receipt, request!, ["bob@example.com"]);

describe("signed receipts (RFC 2634 section 2)", () => {
  it("prove by whom a message was read, and when", async () => {
    expect(verdictOn(await answer())).toEqual({ status: "proof", by: ["bob@example.com"], at: TEST_TIME });
  });

  it.each([
    ["other-message", { contentIdentifier: new Uint8Array(32) }],
    ["other-content-type", { contentType: "1.2.3" }],
    ["other-signature", { signatureValue: new Uint8Array(64) }],
    ["digest-differs", { signatureDigest: new Uint8Array(32) }],
  ] as const)("prove nothing: %s", async (reason, change) => {
    expect(verdictOn(await answer({ ...message, ...change }))).toEqual({ status: "no-proof", reason });
  });

  it("prove nothing without the digest of the signed attributes, or altered", async () => {
    const receipt = encodeReceipt(message);
    const signer = { signer: BOB, contentType: Ess.receipt };
    const signed = (more: object) =>
      open(
        opaque(
          signedData({
            content: receipt,
            eContent: "attached",
            eContentType: Ess.receipt,
            signers: [{ ...signer, ...more }],
          }),
          ["From: bob@example.com"],
        ),
      );
    expect(verdictOn(await signed({}))).toMatchObject({ reason: "digest-missing" });
    expect(verdictOn(await signed({ digestOf: TEXT }))).toMatchObject({ reason: "receipt-not-confirmed" });
    expect(verdictOn(await signed({ contentType: ContentType.data }))).toMatchObject({
      reason: "receipt-not-confirmed",
    });
  });

  it("are asked for by the inner signature of a triple wrap alone (RFC 2634 section 1.3.4)", async () => {
    const encryption = {
      recipients: [BOB.certificate],
      cipher: "aes-256-cbc",
      keyTransport: { kind: "rsa-pkcs1" },
    } as const;
    const options = { signing: await asking(), encryption, headerPolicy: HEADER_POLICIES.none, wrapsTwice: true };
    const asked = await requestIn(await protectMessage(TEXT, options));
    expect(asked.map((found) => found !== null)).toEqual([false, true]);
  });

  it("are each for one message, though the same is signed twice", async () => {
    const [other] = await requestIn(await signMessage(TEXT, await asking()));
    expect(toHex(other!.message.contentIdentifier)).not.toBe(toHex(message.contentIdentifier));
  });

  it("are no text: nothing of them is shown as signed content", async () => {
    const receipt = await answer();
    expect([receipt.content, receipt.parts, receipt.verdict.signature]).toEqual([null, [], "valid"]);
  });
});
