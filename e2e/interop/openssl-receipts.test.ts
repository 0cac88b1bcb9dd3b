import { beforeAll, describe, expect, it } from "vitest";
import { judgeReceipt } from "../../src/engine/smime/judge-receipt.ts";
import { type OpenedMessage, openMessage } from "../../src/engine/smime/open.ts";
import { signMessage } from "../../src/engine/smime/protect.ts";
import { signReceipt } from "../../src/engine/smime/sign-receipt.ts";
import type { ReceiptRequest } from "../../src/engine/claims.ts";
import { openssl, read, write } from "./openssl.ts";
import { identity, type KeyKind, makePki, messageFrom, practiceAnchors } from "./pki.ts";

const encoder = new TextEncoder();
const FORMS = ["clear", "opaque"] as const;

beforeAll(() => {
  makePki(["rsa2048", "p256"]);
});

const open = (message: Uint8Array): Promise<OpenedMessage> =>
  openMessage(message, { identities: [], intermediates: [], anchors: practiceAnchors(), at: new Date() });

async function requestOf(message: Uint8Array): Promise<ReceiptRequest> {
  const { layers } = await open(message);
  const signer = layers.flatMap((layer) => ("signers" in layer ? layer.signers : []))[0];
  if (!signer?.claims.receiptRequest) throw new Error("no receipt was asked for");
  return signer.claims.receiptRequest;
}

function opensslSigns(name: string, kind: KeyKind, ...options: readonly string[]): Uint8Array {
  write("message.txt", `message for ${name}`);
  const signer = ["-signer", `${kind}.pem`, "-inkey", `${kind}.key`];
  openssl("cms", "-sign", "-text", "-in", "message.txt", "-out", name, ...signer, ...options);
  return read(name);
}

const ASKING = ["-receipt_request_to", "p256@example.com", "-receipt_request_all"];

async function weSign(form: "clear" | "opaque", from: ReceiptRequest["from"] = "all"): Promise<Uint8Array> {
  const receiptRequest = { from, to: ["p256@example.com"] };
  const options = { identity: await identity("p256"), form, signingTime: new Date(), receiptRequest };
  return signMessage(encoder.encode(messageFrom("p256")), options);
}

/** A receipt by OpenSSL for a message in this file, with a header that it does not write itself. */
function opensslReceipt(message: string, kind: KeyKind = "rsa2048"): Uint8Array {
  const signer = ["-signer", `${kind}.pem`, "-inkey", `${kind}.key`];
  openssl("cms", "-sign_receipt", "-in", message, "-out", "receipt.eml", ...signer);
  return Uint8Array.from([...encoder.encode(`From: ${kind}@example.com\n`), ...read("receipt.eml")]);
}

describe("a receipt that we write for a message that OpenSSL signed", () => {
  it.each([["clear", []] as const, ["opaque", ["-nodetach"]] as const])(
    "fits for OpenSSL, %s",
    async (_form, options) => {
      const message = opensslSigns("asking.eml", "p256", ...ASKING, ...options);
      const request = await requestOf(message);
      expect(request).toMatchObject({ from: "all", to: ["p256@example.com"] });
      const signing = { identity: await identity("rsa2048"), signingTime: new Date() };
      write("ours.eml", await signReceipt([], request.message, signing));
      expect(() =>
        openssl("cms", "-verify_receipt", "ours.eml", "-in", "asking.eml", "-CAfile", "ca.pem"),
      ).not.toThrow();
      opensslSigns("other.eml", "p256", ...ASKING, ...options);
      expect(() => openssl("cms", "-verify_receipt", "ours.eml", "-in", "other.eml", "-CAfile", "ca.pem")).toThrow();
    },
  );

  it("is for those whom OpenSSL's message names", async () => {
    const list = ["-receipt_request_to", "p256@example.com", "-receipt_request_from", "rsa2048@example.com"];
    expect((await requestOf(opensslSigns("asking.eml", "p256", ...list))).from).toEqual(["rsa2048@example.com"]);
    const first = ["-receipt_request_to", "p256@example.com", "-receipt_request_first"];
    expect((await requestOf(opensslSigns("asking.eml", "p256", ...first))).from).toBe("first-tier");
  });
});

describe("a receipt that OpenSSL writes for a message that we signed", () => {
  it.each(FORMS)("proves that its signer had the message, %s", async (form) => {
    const message = await weSign(form);
    write("ours.eml", message);
    const receipt = await open(opensslReceipt("ours.eml"));
    expect(receipt.receipt).not.toBeNull();
    expect(judgeReceipt(receipt, await requestOf(message), ["rsa2048@example.com"])).toMatchObject({
      status: "proof",
      by: ["rsa2048@example.com"],
    });
  });

  it("proves nothing of another message, by nobody who was not asked, and without a confirmed sender", async () => {
    const message = await weSign("clear");
    write("ours.eml", message);
    const receipt = opensslReceipt("ours.eml");
    const other = await requestOf(await weSign("clear"));
    expect(judgeReceipt(await open(receipt), other, ["rsa2048@example.com"])).toEqual({
      status: "no-proof",
      reason: "other-message",
    });
    const request = await requestOf(message);
    expect(judgeReceipt(await open(receipt), request, ["bob@example.com"])).toMatchObject({
      reason: "signer-not-asked",
    });
    const unnamed = receipt.subarray(receipt.indexOf(0x0a) + 1);
    expect(judgeReceipt(await open(unnamed), request, ["rsa2048@example.com"])).toMatchObject({
      reason: "receipt-not-confirmed",
    });
    expect(judgeReceipt(await open(message), request, ["rsa2048@example.com"])).toMatchObject({ reason: "no-receipt" });
  });

  it("is not made where only somebody else is asked", async () => {
    write("ours.eml", await weSign("clear", ["bob@example.com"]));
    const request = await requestOf(read("ours.eml"));
    const receipt = await open(opensslReceipt("ours.eml"));
    expect(judgeReceipt(receipt, request, ["rsa2048@example.com"])).toMatchObject({ reason: "signer-not-asked" });
  });
});
