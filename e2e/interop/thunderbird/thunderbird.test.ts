import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HEADER_POLICIES } from "../../../src/engine/smime/header-policy.ts";
import { encryptMessage, protectMessage, signMessage } from "../../../src/engine/smime/protect.ts";
import { identity, makePki, messageFrom } from "../pki.ts";
import { Thunderbird, hasThunderbird } from "./thunderbird.ts";

const KIND = "rsa2048";
const MESSAGE = Buffer.from(messageFrom(KIND));
const TEXT = "Grüße aus Köln,";
const SIGNED = { isSigned: true, isEncrypted: false };
const ENCRYPTED = { isSigned: false, isEncrypted: true };

describe.skipIf(!hasThunderbird)("Thunderbird", () => {
  let thunderbird: Thunderbird;

  beforeAll(async () => {
    makePki([KIND]);
    thunderbird = await Thunderbird.start([KIND]);
  }, 120_000);
  afterAll(() => thunderbird.stop());

  const signing = async (form: "clear" | "opaque") =>
    ({ identity: await identity(KIND), form, signingTime: new Date() }) as const;
  const encryption = async () =>
    ({
      recipients: [(await identity(KIND)).certificate],
      cipher: "aes-256-cbc",
      keyTransport: { kind: "rsa-pkcs1" },
    }) as const;

  it.each(["clear", "opaque"] as const)("reports our %s signature good", async (form) => {
    const judged = await thunderbird.judge(await signMessage(MESSAGE, await signing(form)), SIGNED);
    expect(judged).toMatchObject({ signature: "good", encryption: "none" });
    expect(judged.text).toContain(TEXT);
  });

  it("decrypts what we encrypt", async () => {
    const message = await encryptMessage(MESSAGE, { ...(await encryption()), headerPolicy: HEADER_POLICIES.none });
    const judged = await thunderbird.judge(message, ENCRYPTED);
    expect(judged).toMatchObject({ signature: "none", encryption: "good" });
    expect(judged.text).toContain(TEXT);
  });

  it("reports what we sign and encrypt as both", async () => {
    const options = {
      signing: await signing("clear"),
      encryption: await encryption(),
      headerPolicy: HEADER_POLICIES.none,
    };
    const message = await protectMessage(MESSAGE, { ...options, wrapsTwice: false });
    const judged = await thunderbird.judge(message, { isSigned: true, isEncrypted: true });
    expect(judged).toMatchObject({ signature: "good", encryption: "good" });
    expect(judged.text).toContain(TEXT);
  });

  it("reports a signed message bad once a byte is changed", async () => {
    const signed = Buffer.from(await signMessage(MESSAGE, await signing("clear"))).toString("latin1");
    const altered = signed.replace("start of a line", "start of a Line");
    expect(altered).not.toBe(signed);
    expect(await thunderbird.judge(Buffer.from(altered, "latin1"), SIGNED)).toMatchObject({
      signature: expect.stringMatching(/^bad /) as string,
    });
  });

  it("reports nothing of a message that is neither", async () => {
    const judged = await thunderbird.judge(MESSAGE, SIGNED);
    expect(judged).toMatchObject({ signature: "none", encryption: "none" });
    expect(judged.text).toContain(TEXT);
  });
});
